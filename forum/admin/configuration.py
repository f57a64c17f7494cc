"""What an owner edits: forms whose every save and deletion goes through the action that asks, checks and logs."""

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponseRedirect
from django.utils.text import slugify

from forum.actions import configuring
from forum.admin.base import ForumAdmin, actor_of, is_administrator
from forum.effects import texts

if TYPE_CHECKING:
    _ModelForm = forms.ModelForm[Any]
else:
    _ModelForm = forms.ModelForm


class ConfigurationForm(_ModelForm):
    """A form that shows what the action refused, beside its field, with everything typed kept."""

    refusal: ValidationError | None = None

    def clean(self) -> dict[str, Any]:
        """Add what the action said when it was asked to save this."""
        cleaned = super().clean() or {}
        if self.refusal is not None:
            for field, sentences in _by_field(self.refusal).items():
                self.add_error(field if field in self.fields else None, sentences)
        return cleaned


class AuditedAdmin(ForumAdmin):
    """Configuration: administrators change it, moderators read it, and every save is an action's."""

    form = ConfigurationForm
    sortable_by: ClassVar[tuple[str, ...] | None] = ()
    ordering: ClassVar[tuple[str, ...]] = ("pk",)
    formfield_overrides = {
        **ForumAdmin.formfield_overrides,
        models.DateField: {"widget": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})},
        models.URLField: {"assume_scheme": "https"},
    }

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Administrators add."""
        return is_administrator(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Administrators change."""
        return is_administrator(request)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002
        """Return the form, which knows what the action has just refused."""
        form: Any = super().get_form(request, obj, change, **kwargs)  # a class made for this request alone
        form.refusal = getattr(request, "refusal", None)
        return form

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Offer our own; the stock deletion of several rows goes past the log."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Name the thing alone: what else hangs on it makes the action refuse."""
        things = list(objs)
        return [str(thing) for thing in things], {self.opts.verbose_name_plural: len(things)}, set(), []

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        """Save by the action that asks for permission, renders and logs."""
        configuring.save_configuration(actor_of(request), obj)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Delete by the action that asks for permission and logs."""
        configuring.delete_configuration(actor_of(request), obj)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Show the form again with what the action refuses."""
        try:
            response = super().changeform_view(request, object_id, form_url, extra_context)
        except ValidationError as refusal:
            request.refusal = refusal  # type: ignore[attr-defined]
            response = super().changeform_view(request, object_id, form_url, extra_context)
        if (getattr(response, "context_data", None) or {}).get("errors"):
            response.status_code = 422
        return response

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None) -> Any:
        """Say why something cannot be deleted, on its own page."""
        try:
            return super().delete_view(request, object_id, extra_context)
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
            return HttpResponseRedirect(self.path_of(object_id))

    def path_of(self, object_id: Any) -> str:
        """Return the address of a row's page here."""
        return f"/admin/{self.opts.app_label}/{self.opts.model_name}/{object_id}/change/"


class FewRowsAdmin(AuditedAdmin):
    """Configuration of a few rows, which may be sorted by its columns and deleted one at a time."""

    sortable_by: ClassVar[tuple[str, ...] | None] = None

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Administrators delete."""
        return is_administrator(request)


class KeyedAdmin(FewRowsAdmin):
    """Configuration whose rows have a key: made once, of the row's own words, and kept when these change."""

    named_by = "label"

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Administrators delete what they have made; what the site comes with is switched off."""
        return super().has_delete_permission(request, obj) and (obj is None or not texts.came_with_the_site(obj))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        """Give a new row a key of its own, and save it by the action that logs."""
        if not change:
            obj.key = _free_key(self.model, getattr(obj, self.named_by))
        super().save_model(request, obj, form, change)

    @admin.display(description="Offered", boolean=True, ordering="is_active")
    def offered_column(self, row: Any) -> bool:
        """Whether it can be chosen."""
        return bool(row.is_active)


class OnSiteAdmin(FewRowsAdmin):
    """Configuration that readers see at an address of its own."""

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """Return the address, once there is one."""
        return obj.get_absolute_url() if obj is not None and obj.pk else None


def _free_key(table: type[models.Model], words: str) -> str:
    """Return a key made of these words that no other row has."""
    column: Any = table._meta.get_field("key")  # noqa: SLF001 - Django's documented name
    stem = slugify(words).replace("-", "_")[: column.max_length - 4].strip("_") or "text"
    taken = set(table._default_manager.filter(key__startswith=stem).values_list("key", flat=True))  # noqa: SLF001
    keys = (stem, *(f"{stem}_{number}" for number in range(2, 1000)))
    return next(key for key in keys if key not in taken)


def _by_field(refusal: ValidationError) -> dict[str | None, list[str]]:
    if hasattr(refusal, "error_dict"):
        return {field: list(sentences) for field, sentences in refusal.message_dict.items()}
    return {None: refusal.messages}
