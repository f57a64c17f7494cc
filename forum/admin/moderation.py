"""Flags in the administration: most urgent first, decided one by one or several at once."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.safestring import SafeString

from forum.admin import words
from forum.admin.acts import Act, ActingAdmin
from forum.admin.base import is_id
from forum.admin.index import panel
from forum.admin.posts import AUTHOR_READS
from forum.choices import FlagState
from forum.models import Flag

ACTS = (
    Act(
        "hide-flagged",
        "Hide the post",
        "Hide the post?",
        "Upholds every open report on it. Its author still sees it; no one else does.",
        "Hidden. Reports upheld.",
        "eye-off",
        readers=AUTHOR_READS,
    ),
    Act(
        "keep-flagged",
        "Keep",
        "Keep the post?",
        "Declines every open report on it.",
        "Kept. Reports declined.",
        "check",
    ),
    Act(
        "uphold",
        "Uphold",
        "Is the report right?",
        "Closes the report. The post stays as it is until someone acts on it.",
        "Upheld.",
        "check-c",
    ),
    Act("decline", "Decline", "Nothing to do?", "Closes the report. The post stays.", "Declined.", "x"),
)


class StateFilter(admin.SimpleListFilter):
    """By what became of the flag; the open ones unless somebody asks for others."""

    title = "result"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return every state but the open one, which is the list's own."""
        return [("upheld", "Upheld"), ("declined", "Declined"), ("all", "All")]

    def choices(self, changelist: Any) -> Any:
        """Call the list without a choice what it is: the open ones."""
        first, *others = super().choices(changelist)
        return [{**first, "display": FlagState.OPEN.label}, *others]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Keep the flags of the chosen state."""
        if self.value() == "all":
            return queryset.order_by("-pk")
        if self.value() in {FlagState.UPHELD, FlagState.DECLINED}:
            return queryset.filter(state=self.value()).order_by("-pk")
        return queryset.open().most_urgent_first()


@admin.register(Flag, site=panel)
class FlagAdmin(ActingAdmin):
    """What members reported."""

    heading = "Reports"
    acts = ACTS
    ordering = ()
    list_display = (
        "reason_column",
        "post_column",
        "author_column",
        "text",
        "reporter_column",
        "age_column",
        "state_column",
    )
    list_display_links = None
    list_filter = (StateFilter, "reason")
    search_fields = ("pk",)
    search_help_text = "The number of a post."

    def get_queryset(self, request: HttpRequest) -> Any:
        """Load what a row needs, and no bodies."""
        loaded = super().get_queryset(request).select_related("post__author", "member", "reporter", "reason")
        return loaded.defer("post__body", "post__body_html")

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Find by the post's number alone."""
        term = search_term.strip().lstrip("#")
        if not term:
            return queryset, False
        return (queryset.filter(post_id=int(term)) if is_id(term) else queryset.none()), False

    @admin.display(description="Report")
    def reason_column(self, flag: Flag) -> SafeString:
        """What is wrong."""
        return words.reason_pill(flag)

    @admin.display(description="About")
    def post_column(self, flag: Flag) -> SafeString | str:
        """The post or the member, as a link."""
        return words.post_link(flag.post) if flag.post else words.member_link(flag.member)

    @admin.display(description="Author")
    def author_column(self, flag: Flag) -> str:
        """The name every reader sees; a report on a member has no author."""
        return words.author_of(flag.post) if flag.post else words.NOBODY

    @admin.display(description="Reported by")
    def reporter_column(self, flag: Flag) -> str:
        """Who reported it."""
        return words.name_of(flag.reporter)

    @admin.display(description="Age")
    def age_column(self, flag: Flag) -> str:
        """How long ago."""
        return words.ago(flag.created_at)

    @admin.display(description="State")
    def state_column(self, flag: Flag) -> SafeString:
        """What became of it."""
        return words.flag_state_pill(flag)

    def described(self, thing: Flag) -> dict[str, Any]:
        """Return what the confirmation page says of a flag."""
        report = f"{thing.reason.label}: {thing.text}" if thing.text else thing.reason.label
        return {"title": words.title_of(thing.post) if thing.post else words.name_of(thing.member), "note": report}

    def fitting(self, thing: Flag) -> list[Act]:
        """Return the acts that would change the flag: none once it is settled; a member cannot be hidden."""
        fitting = [act for act in self.acts if thing.post_id or act.name != "hide-flagged"]
        return fitting if thing.state == FlagState.OPEN else []

    def path_of(self, pk: int) -> str:
        """Return the list: a flag is read on the page of its post."""
        return "/admin/forum/flag/"

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """A flag is read on the page of its post, beside everything else about it."""
        if request.method not in {"GET", "HEAD"} or object_id is None or not self.has_view_permission(request):
            raise PermissionDenied("Use the buttons below the post to settle reports, each with a reason.")
        flag = Flag.objects.filter(pk=int(object_id)).first() if is_id(object_id) else None
        if flag is None:
            raise Http404("This report does not exist.")
        if flag.post_id is None:
            return HttpResponseRedirect(f"/admin/accounts/user/{flag.member_id}/change/")
        return HttpResponseRedirect(f"/admin/forum/post/{flag.post_id}/change/#reports")
