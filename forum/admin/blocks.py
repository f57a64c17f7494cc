"""Who is kept out: networks, addresses and domains, for administrators alone."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.safestring import SafeString

from forum.actions import blocking
from forum.admin import words
from forum.admin.acts import Act, ActingAdmin
from forum.admin.base import actor_of, is_administrator
from forum.admin.configuration import AuditedAdmin, ConfigurationForm
from forum.admin.index import panel
from forum.choices import BlockKind
from forum.dates import day
from forum.models import Block, LogEntry
from forum.views import undo

_LIST = "/admin/forum/block/"
_DAYS = [(1, "1 day"), (7, "1 week"), (30, "1 month"), (90, "3 months"), (365, "1 year")]
_LIFT = Act(
    "lift-block",
    "Lift",
    "Lift the block?",
    "People at this address can write, vote and sign up again right away.",
    "Lifted.",
    "restore",
    readers="Only the team reads it, in the log.",
)


class BlockForm(ConfigurationForm):
    """What to keep out, for how long and why."""

    days = forms.TypedChoiceField(label="For how long?", choices=_DAYS, coerce=int, initial=7)

    class Meta:
        model = Block
        fields = ("kind", "value", "reason")
        labels = {"kind": "What", "value": "Which", "reason": "Why?"}
        help_texts = {
            "value": "Such as 203.0.113.7, 203.0.113.0/24, name@example.org or example.org. An IPv6 address covers "
            "its household (/64).",
            "reason": "A sentence or two. Only the team reads it, in the log. Leave out the address itself.",
        }
        widgets = {"reason": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("kind", BlockKind.ADDRESS)


class HoldsFilter(admin.SimpleListFilter):
    """By whether they keep anybody out now."""

    title = "whether it applies"
    parameter_name = "holds"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return the one choice beside all of them."""
        return [("yes", "In force")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Keep those that hold."""
        return queryset.holding() if self.value() == "yes" else queryset


@admin.register(Block, site=panel)
class BlockAdmin(ActingAdmin, AuditedAdmin):
    """Blocks, the newest first."""

    heading = "Blocks"
    acts = (_LIFT,)
    form = BlockForm
    fields = ("kind", "value", "days", "reason")
    list_display = ("value", "kind", "reason", "until_column", "state_column", "actor_column")
    list_display_links = None
    list_filter = (HoldsFilter, "kind")
    search_fields = ("value",)
    search_help_text = "An address, network or domain, as it is in the list."
    ordering = ("-pk",)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Addresses tell who somebody is: administrators read them."""
        return is_administrator(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A block is lifted and set anew, so that the log tells both."""
        return False

    def get_queryset(self, request: HttpRequest) -> Any:
        """Load who set each."""
        return super().get_queryset(request).select_related("actor")

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Find what is written just so."""
        term = search_term.strip().lower()
        return (queryset.filter(value=term) if term else queryset), False

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Show the form for a new one; those that are there stand in the list."""
        if object_id is not None and self.has_view_permission(request):
            return HttpResponseRedirect(_LIST)
        extra = {"show_save_and_add_another": False, "show_save_and_continue": False, **(extra_context or {})}
        return super().changeform_view(request, object_id, form_url, extra)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        """Set by the action that asks for permission, checks and logs."""
        given = form.cleaned_data
        until = timezone.now() + timedelta(days=given["days"])
        own_address: str = request.address  # type: ignore[attr-defined]
        block = blocking.set_block(
            actor_of(request),
            kind=given["kind"],
            value=given["value"],
            until=until,
            reason=given["reason"],
            own_address=own_address,
        )
        obj.pk = block.pk

    def response_add(self, request: HttpRequest, obj: Any, post_url_continue: str | None = None) -> HttpResponse:
        """Go to the list, where it stands on top."""
        number = LogEntry.objects.filter(thing=f"block:{obj.pk}").newest_first()[0].number
        undo.offer(request, "Blocked. They can still read.", since=number - 1)  # type: ignore[arg-type]
        return HttpResponseRedirect(_LIST)

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None) -> Any:
        """A block is lifted, and stays in the list."""
        raise Http404("Lift blocks in their list.")

    def path_of(self, object_id: Any) -> str:
        """Return the list: a block has no page of its own."""
        return _LIST

    def described(self, thing: Block) -> dict[str, Any]:
        """Return what the confirmation page says of a block."""
        return {"title": thing.value, "note": thing.reason}

    def fitting(self, thing: Block) -> list[Act]:
        """Return the act that would change the block: none once it is lifted."""
        return list(self.acts) if thing.lifted_at is None else []

    @admin.display(description="Until")
    def until_column(self, block: Block) -> str:
        """The last day."""
        return day(block.until)

    @admin.display(description="State")
    def state_column(self, block: Block) -> SafeString:
        """Whether it keeps anybody out."""
        if block.lifted_at is not None:
            return words.pill("Lifted", "fill")
        return words.pill("In force", "clay") if block.until > timezone.now() else words.pill("Expired", "fill")

    @admin.display(description="Set by")
    def actor_column(self, block: Block) -> str:
        """Who set it."""
        return words.name_of(block.actor)
