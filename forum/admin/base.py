"""What every list and form of the administration shares: it reads, and asks actions to write."""

from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, TypeGuard

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.db import models
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse

from accounts.fields import LineField, TextField

if TYPE_CHECKING:
    _Base = admin.ModelAdmin[Any]
    _Paginator = Paginator[Any]
else:
    _Base = admin.ModelAdmin
    _Paginator = Paginator

ROWS_A_PAGE = 50
_ID_DIGITS = 15  # what every database can hold
_PAGES_MOST = 2_000  # nobody turns more pages than that
_PAGES_AHEAD = 10  # how far "more" is counted; a whole table never is


class NearPaginator(_Paginator):
    """Counts only as far as ten pages past the one that is shown, so that a huge table costs what a small one does."""

    def __init__(self, rows: Any, per_page: int, *, page: int) -> None:
        super().__init__(rows, per_page)
        self.horizon = (max(page, 1) + _PAGES_AHEAD) * per_page

    @cached_property
    def count(self) -> int:
        """Rows there are, or as many as were looked for."""
        rows: Any = self.object_list
        near = rows.order_by()[: self.horizon]
        return int(near.count())


class FixedOrder(ChangeList):
    """Sorts by the columns that may be sorted, also when the address asks for others: those have no index."""

    def get_ordering_field(self, field_name: Any) -> Any:
        """Return what to sort by, or None for a column that stays as it is."""
        return super().get_ordering_field(field_name) if field_name in (self.sortable_by or ()) else None


class ForumAdmin(_Base):
    """A list that only reads, for moderators; what it changes, it changes by an action of the forum."""

    # What is typed here is made regular as everywhere; the words of a row stand on one line, its texts on several.
    formfield_overrides: ClassVar[Any] = {
        models.CharField: {"form_class": LineField},
        models.TextField: {"form_class": TextField},
        models.SlugField: {"form_class": forms.SlugField},
    }
    heading = ""  # what people call the rows, where that is another word than the table's

    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = ROWS_A_PAGE
    list_max_show_all = 0
    ordering: ClassVar[Any] = ("-pk",)
    sortable_by: ClassVar[Any] = ()
    view_on_site = False
    save_on_top = False
    actions_on_top = True

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Moderators read."""
        return is_moderator(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nothing is added here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is changed by a form here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is erased here."""
        return False

    def has_module_permission(self, request: HttpRequest) -> bool:
        """The list stands on the first page for those who may read it."""
        return self.has_view_permission(request)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Allow the filters of the list and nothing else: `?author=5` would say who wrote anonymously."""
        filters: list[Any] = list(self.get_list_filter(request))
        fields = {each for each in filters if isinstance(each, str)}
        ours = {each.parameter_name for each in filters if not isinstance(each, str)}
        return lookup in fields | ours | {f"{field}__exact" for field in fields}

    def get_changelist(self, request: HttpRequest, **_options: Any) -> type[ChangeList]:
        """Return the list that sorts by nothing the database would have to sort by hand."""
        return FixedOrder

    def get_paginator(  # type: ignore[override]
        self, request: HttpRequest, queryset: Any, per_page: int, **_options: Any
    ) -> NearPaginator:
        """Return a paginator that counts no whole table."""
        asked = request.GET.get("p", "1")
        return NearPaginator(queryset, per_page, page=min(int(asked), _PAGES_MOST) if is_id(asked) else 1)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """Show the list under the name that people use."""
        return super().changelist_view(request, {"heading": self.heading, **(extra_context or {})})

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """There is one log, the forum's own; it has a list of its own."""
        raise Http404("The log has its own list.")

    def save_model(self, request: HttpRequest, obj: models.Model, form: Any, change: bool) -> None:  # noqa: FBT001
        """Refuse: only subclasses that name an action save."""
        raise NotImplementedError

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:  # noqa: FBT001
        """Write nothing: an action has saved all there is."""

    def delete_model(self, request: HttpRequest, obj: models.Model) -> None:
        """Refuse: only subclasses that name an action delete."""
        raise NotImplementedError

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        """Refuse: nothing is deleted by the list."""
        raise NotImplementedError

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]
        """Keep no second log beside the forum's own."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]
        """Keep no second log beside the forum's own."""

    def log_deletions(self, request: HttpRequest, queryset: Any) -> None:  # type: ignore[override]
        """Keep no second log beside the forum's own."""


def actor_of(request: HttpRequest) -> Any:
    """Return who acts: the signed-in member. Actions ask for their permission."""
    return request.user


def is_moderator(request: HttpRequest) -> bool:
    """Say whether the member may read what moderators read."""
    return bool(getattr(request.user, "is_staff", False))


def is_administrator(request: HttpRequest) -> bool:
    """Say whether the member may change settings, pages and topics."""
    return bool(getattr(request.user, "is_superuser", False))


def is_id(text: str | None) -> TypeGuard[str]:
    """Say whether `text` can be the number of a row; longer ones are no database's."""
    return text is not None and text.isascii() and text.isdecimal() and len(text) <= _ID_DIGITS


def first_error(form: Form) -> str:
    """Return the first thing to put right in `form`, as a sentence."""
    return next((str(error) for errors in form.errors.values() for error in errors), "")
