"""Tags and their other names: described by administrators, changed and decided by acts with a reason."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.safestring import SafeString

from forum.actions import describing
from forum.admin import words
from forum.admin.acts import Act, ActingAdmin
from forum.admin.base import actor_of, is_id
from forum.admin.configuration import AuditedAdmin
from forum.admin.forms import MergeTagForm, TagNameForm
from forum.admin.index import panel
from forum.choices import SynonymState
from forum.models import Tag, TagSynonym

_RENAME = Act(
    "rename-tag",
    "Rename",
    "Give this tag another name?",
    "Every question shows the new name. The old one still leads here, in addresses and searches.",
    "Renamed.",
    "edit",
    form=TagNameForm,
    in_lists=False,
)
_MERGE = Act(
    "merge-tag",
    "Merge",
    "Merge into another tag?",
    "Questions, followers and other names move there. You can undo this.",
    "Merged.",
    "arrow",
    form=MergeTagForm,
)
_DELETE = Act(
    "delete-tag",
    "Delete",
    "Delete from every question?",
    "The questions stay, without this tag. You can undo this.",
    "Deleted.",
    "trash",
    is_danger=True,
)
_RESERVE = Act(
    "reserve-tag",
    "Reserve",
    "Keep for moderators?",
    "From now on only moderators can add it. Questions that have it keep it.",
    "Reserved.",
    "lock",
)
_FREE = Act(
    "free-tag",
    "Let everyone use it",
    "Let everyone use it?",
    "Anyone who asks can add it again.",
    "Everyone can use it.",
    "restore",
)
_APPROVE = Act(
    "approve-name",
    "Approve",
    "Approve as another name?",
    "Typing it gives the tag. If it is a tag itself, the two are merged.",
    "Approved.",
    "check",
    readers="Everyone reads this next to the tag.",
)
_DECLINE = Act(
    "decline-name",
    "Decline",
    "Decline this name?",
    "The person who suggested it reads why.",
    "Declined.",
    "x",
    readers="Everyone reads this next to the tag.",
)
_REMOVE = Act(
    "remove-name",
    "Remove",
    "Remove this name?",
    "It no longer leads to the tag, in addresses or in searches.",
    "Removed.",
    "trash",
    is_danger=True,
    readers="Everyone reads this next to the tag.",
)
_STATES = {
    SynonymState.ASKED: "honey",
    SynonymState.APPROVED: "leaf",
    SynonymState.DECLINED: "fill",
    SynonymState.REMOVED: "fill",
}


class StandsFilter(admin.SimpleListFilter):
    """By whether it can be used."""

    title = "whether it can be used"
    parameter_name = "stands"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return both."""
        return [("yes", "Can be used"), ("no", "Deleted or merged")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Keep the chosen ones."""
        chosen = {"yes": True, "no": False}.get(self.value() or "")
        return queryset if chosen is None else queryset.filter(removed_at__isnull=chosen)


@admin.register(Tag, site=panel)
class TagAdmin(ActingAdmin, AuditedAdmin):
    """Tags; they are made by those who ask, and described here."""

    change_form_template = "admin/tag.html"
    acts = (_RENAME, _MERGE, _RESERVE, _FREE, _DELETE)
    list_display = ("name", "question_count", "excerpt", "state_column")
    list_filter = (StandsFilter, "is_reserved")
    ordering = ("-question_count", "name")
    search_fields = ("name",)
    search_help_text = "How a tag’s name begins."
    fields = ("name", "excerpt", "guide", "question_count")
    readonly_fields = ("name", "question_count")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Tags come with the questions that carry them."""
        return False

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Find by the beginning of the name."""
        term = search_term.strip().lower().replace(" ", "-")
        return (queryset.filter(name__startswith=term) if term else queryset), False

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """Return the address of the tag's questions, while it has any."""
        return obj.get_absolute_url() if obj is not None and obj.removed_at is None else None

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Show the tag with what can be done."""
        tag = self.get_queryset(request).filter(pk=int(object_id)).first() if is_id(object_id) else None
        extra = {"acts": self.fitting(tag) if tag else []}
        return super().changeform_view(request, object_id, form_url, {**extra, **(extra_context or {})})

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        """Describe the tag by the action that keeps every text and logs it."""
        describing.describe_tag(actor_of(request), obj, excerpt=obj.excerpt, guide=obj.guide)

    def described(self, thing: Tag) -> dict[str, Any]:
        """Return what the confirmation page says of a tag."""
        return {"title": thing.name, "note": f"{thing.question_count:,} questions"}

    def fitting(self, thing: Tag) -> list[Act]:
        """Return the acts that would change the tag as it stands: none once it is gone, but by the log."""
        unfit = _RESERVE if thing.is_reserved else _FREE
        return [act for act in self.acts if act is not unfit] if thing.removed_at is None else []

    @admin.display(description="State")
    def state_column(self, tag: Tag) -> SafeString:
        """Whether it can be used, and by whom."""
        if tag.removed_at is not None:
            return words.pill("Deleted or merged", "fill")
        return words.pill("Only moderators", "honey") if tag.is_reserved else words.pill("In use", "leaf")


@admin.register(TagSynonym, site=panel)
class TagSynonymAdmin(ActingAdmin):
    """Other names of tags: asked for by members, or left behind by a renaming or merging."""

    heading = "Other names of tags"
    acts = (_APPROVE, _DECLINE, _REMOVE)
    list_display = ("name", "tag", "state_column", "asked_column", "decided_column", "reason")
    list_display_links = None
    list_filter = ("state",)
    search_fields = ("name",)
    search_help_text = "How a name begins."

    def get_queryset(self, request: HttpRequest) -> Any:
        """Load what a row needs."""
        return super().get_queryset(request).select_related("tag", "asked_by", "decided_by")

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Find by the beginning of the name."""
        term = search_term.strip().lower().replace(" ", "-")
        return (queryset.filter(name__startswith=term) if term else queryset), False

    def path_of(self, pk: int) -> str:
        """Return the list: a name has no page of its own."""
        return "/admin/forum/tagsynonym/"

    def described(self, thing: TagSynonym) -> dict[str, Any]:
        """Return what the confirmation page says of a name."""
        return {"title": thing.name, "note": f"For “{thing.tag.name}”"}

    def fitting(self, thing: TagSynonym) -> list[Act]:
        """Return the acts that would change the name as it stands."""
        fits = {SynonymState.ASKED: [_APPROVE, _DECLINE], SynonymState.APPROVED: [_REMOVE]}
        return fits.get(SynonymState(thing.state), [])

    @admin.display(description="State")
    def state_column(self, synonym: TagSynonym) -> SafeString:
        """What became of it."""
        return words.pill(synonym.get_state_display(), _STATES[SynonymState(synonym.state)])

    @admin.display(description="Asked by")
    def asked_column(self, synonym: TagSynonym) -> str:
        """Who asked for it."""
        return words.name_of(synonym.asked_by)

    @admin.display(description="Decided by")
    def decided_column(self, synonym: TagSynonym) -> str:
        """Who decided."""
        return words.name_of(synonym.decided_by)
