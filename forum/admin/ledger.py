"""Read-only books: the ledger of points, the log and the revisions, none of which names an anonymous author."""

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.safestring import SafeString

from accounts.models import User
from accounts.names import clean_name, name_key
from forum.admin import history, words
from forum.admin.base import ForumAdmin, is_administrator, is_id
from forum.admin.index import panel
from forum.models import Event, ReputationChange, Revision

LONG_TEXTS = ("post__body", "post__body_html", "post__question__body", "post__question__body_html")


class BookAdmin(ForumAdmin):
    """A list of lines that have no page of their own."""

    list_display_links = None
    search_fields = ("pk",)
    actions = None

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Lines have no page of their own."""
        raise Http404("Lines have no page of their own.")


@admin.register(ReputationChange, site=panel)
class ReputationChangeAdmin(BookAdmin):
    """Points and why, without the lines that would lead to who wrote anonymously or how somebody voted."""

    heading = "Points"
    list_display = ("member_column", "points_column", "reason", "post_column", "day_column")
    list_filter = ("reason",)
    search_help_text = "A member’s name."

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The itemised ledger is for its member, on their own page, and for administrators."""
        return is_administrator(request)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Leave out what is its member's alone; load what a row needs, and no bodies."""
        lines: Any = super().get_queryset(request)
        return lines.listed().select_related("member", "post__question").defer(*LONG_TEXTS)

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Find by the member's name."""
        return of_member(queryset, search_term, "member")

    @admin.display(description="Member")
    def member_column(self, change: ReputationChange) -> SafeString | str:
        """Whose points."""
        return words.member_link(change.member)

    @admin.display(description="Points")
    def points_column(self, change: Any) -> str:
        """How many others see, with their sign."""
        return f"{change.shown_points:+,}".replace("-", "\N{MINUS SIGN}")

    @admin.display(description="Post")
    def post_column(self, change: ReputationChange) -> SafeString | str:
        """The cause."""
        return words.post_link(change.post) if change.post else words.NOBODY

    @admin.display(description="Day")
    def day_column(self, change: ReputationChange) -> str:
        """The day only: a time to the second would find the anonymous post that was posted then."""
        return f"{change.created_at:%-d %B %Y}"


@admin.register(Event, site=panel)
class EventAdmin(BookAdmin):
    """What people did on the site; votes and bookmarks are not in the list, and acts of the team have their own."""

    heading = "What happened"
    list_display = ("what_column", "who_column", "about_column", "reason_column", "details_column", "when_column")
    search_help_text = "A post’s number or a member’s name, to see what was done."

    def get_queryset(self, request: HttpRequest) -> Any:
        """Leave out what is nobody's business; load what a row needs."""
        loaded = super().get_queryset(request).exclude(history.PRIVATE)
        loaded = loaded.exclude(verb__in=history.TEAM_VERBS)
        loaded = loaded.select_related("actor", "member", "post__author")
        return loaded.defer("post__body", "post__body_html")

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Find by post, or by member in what is about them: never what an author did."""
        term = search_term.strip().lstrip("#")
        if not term:
            return queryset, False
        if is_id(term):
            return queryset.filter(post_id=int(term)), False
        member = member_called(term)
        if member is None:
            return queryset.none(), False
        return queryset.filter(member=member, post=None), False

    @admin.display(description="What")
    def what_column(self, event: Event) -> str:
        """What happened."""
        return history.line_of(event).what

    @admin.display(description="Who")
    def who_column(self, event: Event) -> str:
        """Who did it, when that may be known."""
        return history.who_did(event)

    @admin.display(description="About")
    def about_column(self, event: Event) -> SafeString | str:
        """The post or the member."""
        return words.post_link(event.post) if event.post else words.member_link(event.member)

    @admin.display(description="Why")
    def reason_column(self, event: Event) -> str:
        """The reason given."""
        return history.line_of(event).reason

    @admin.display(description="Details")
    def details_column(self, event: Event) -> str:
        """What else the log says of an act of the team."""
        return history.details_of(event)

    @admin.display(description="When")
    def when_column(self, event: Event) -> str:
        """How long ago."""
        return words.ago(event.created_at)


@admin.register(Revision, site=panel)
class RevisionAdmin(BookAdmin):
    """Every saved text; read in full on the page of its post."""

    heading = "Versions"
    list_display = ("post_column", "number", "editor_column", "reason_column", "when_column")
    search_help_text = "A post’s number."

    def get_queryset(self, request: HttpRequest) -> Any:
        """Load what a row needs, and no bodies."""
        loaded = super().get_queryset(request).select_related("editor", "post__author")
        return loaded.defer("body", "post__body", "post__body_html")

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Find by post alone: by editor would say who wrote anonymously."""
        return of_post(queryset, search_term), False

    @admin.display(description="Post")
    def post_column(self, revision: Revision) -> SafeString:
        """The post, as a link."""
        return words.post_link(revision.post)

    @admin.display(description="Saved by")
    def editor_column(self, revision: Revision) -> str:
        """Who saved it, when that may be known."""
        return history.editor_of(revision)

    @admin.display(description="Why")
    def reason_column(self, revision: Revision) -> str:
        """The reason given, unless the text is hidden: a reason may hold the same details."""
        return "Hidden" if revision.hidden_at else revision.reason

    @admin.display(description="When")
    def when_column(self, revision: Revision) -> str:
        """How long ago."""
        return words.ago(revision.created_at)


def of_post(rows: Any, search_term: str, column: str = "post_id") -> Any:
    """Return the rows about the post of this number: all of them without a number, none for anything else."""
    term = search_term.strip().lstrip("#")
    if not term:
        return rows
    return rows.filter(**{column: int(term)}) if is_id(term) else rows.none()


def of_member(queryset: Any, search_term: str, column: str) -> tuple[Any, bool]:
    """Return the rows of the member of this name, as a list's search wants them."""
    term = clean_name(search_term)
    if not term:
        return queryset, False
    member = member_called(term)
    return (queryset.filter(**{column: member}) if member else queryset.none()), False


def member_called(name: str) -> User | None:
    """Return the member of this name, whatever its case."""
    member: User | None = User.objects.filter(name_key=name_key(name)).first()
    return member
