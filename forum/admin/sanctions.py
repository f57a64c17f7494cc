"""What holds for members and posts: suspensions, measures, closures, and what was taken back at once; read only."""

from typing import Any

from django.contrib import admin
from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString

from forum.admin import words
from forum.admin.index import panel
from forum.admin.ledger import BookAdmin, of_member, of_post
from forum.dates import day
from forum.models import Closure, LogEntry, Measure, Reversal, Suspension

_TAKEN = {"posts": "posts", "votes": "votes", "flags": "reports", "suggestions": "suggested edits"}


class HoldsFilter(admin.SimpleListFilter):
    """By whether somebody has lifted it."""

    title = "whether it was lifted"
    parameter_name = "lifted"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return both."""
        return [("no", "Not lifted"), ("yes", "Lifted")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Keep the chosen ones."""
        chosen = {"no": True, "yes": False}.get(self.value() or "")
        return queryset if chosen is None else queryset.filter(lifted_at__isnull=chosen)


class LaidAdmin(BookAdmin):
    """Rows that somebody laid on a post or a member, and that may be lifted."""

    @admin.display(description="State")
    def state_column(self, row: Any) -> SafeString:
        """Whether it holds."""
        if row.lifted_at is not None:
            return words.pill("Lifted", "fill")
        until = getattr(row, "until", None)
        return words.pill("Over", "fill") if until and until <= timezone.now() else words.pill("Holds", "honey")

    @admin.display(description="When")
    def when_column(self, row: Any) -> SafeString | str:
        """How long ago."""
        return words.ago(row.created_at)

    @admin.display(description="Until")
    def until_column(self, row: Any) -> str:
        """The day on which it ends by itself."""
        return day(row.until) if row.until else words.NOBODY


@admin.register(Suspension, site=panel)
class SuspensionAdmin(LaidAdmin):
    """Who is without what, until when and why; spam below an anonymous post suspends as well, and names nobody."""

    heading = "Suspensions"
    list_display = (
        *("member_column", "ability", "until_column", "state_column", "reason", "actor_column", "when_column"),
    )
    list_filter = (HoldsFilter, "ability")
    search_help_text = "A member’s name."

    def get_queryset(self, request: HttpRequest) -> Any:
        """Load what a row needs, and whether the log names the member for it."""
        return _with_names(super().get_queryset(request), "suspension:")

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Find by the member's name, where the log names them."""
        return _of_named(queryset, search_term)

    @admin.display(description="Member")
    def member_column(self, suspension: Any) -> SafeString | str:
        """Who is suspended, where that may be known."""
        return words.member_link(suspension.member) if suspension.is_named else words.NOBODY

    @admin.display(description="By")
    def actor_column(self, suspension: Suspension) -> str:
        """Who decided it."""
        return words.name_of(suspension.actor)


@admin.register(Measure, site=panel)
class MeasureAdmin(LaidAdmin):
    """Locks, protections, slow modes, pins and notices on posts."""

    heading = "Restrictions on posts"
    list_display = (
        *("post_column", "kind", "text_column", "until_column", "state_column"),
        *("reason", "actor_column", "when_column"),
    )
    list_filter = (HoldsFilter, "kind")
    search_help_text = "The number of a post."

    def get_queryset(self, request: HttpRequest) -> Any:
        """Load what a row needs, and no bodies."""
        return super().get_queryset(request).select_related("post", "actor").defer("post__body", "post__body_html")

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Find by the post's number alone."""
        return of_post(queryset, search_term), False

    @admin.display(description="Post")
    def post_column(self, measure: Measure) -> SafeString:
        """What it lies on."""
        return words.post_link(measure.post)

    @admin.display(description="What it says")
    def text_column(self, measure: Measure) -> str:
        """The words of a notice, or the pause of slow mode."""
        return measure.text or (f"{measure.minutes} minutes" if measure.minutes else words.NOBODY)

    @admin.display(description="By")
    def actor_column(self, measure: Measure) -> str:
        """Who laid it."""
        return words.name_of(measure.actor)


@admin.register(Closure, site=panel)
class ClosureAdmin(LaidAdmin):
    """Questions that take no more answers, and why."""

    heading = "Closures"
    list_display = ("post_column", "reason", "note", "state_column", "actor_column", "when_column")
    list_filter = (HoldsFilter, "reason")
    search_help_text = "The number of a question."

    def get_queryset(self, request: HttpRequest) -> Any:
        """Load what a row needs, and no bodies."""
        loaded = super().get_queryset(request).select_related("question", "reason", "closed_by")
        return loaded.defer("question__body", "question__body_html")

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Find by the question's number alone."""
        return of_post(queryset, search_term, "question_id"), False

    @admin.display(description="Question")
    def post_column(self, closure: Closure) -> SafeString:
        """What is closed."""
        return words.post_link(closure.question)

    @admin.display(description="By")
    def actor_column(self, closure: Closure) -> str:
        """Which moderator closed it; otherwise members did, by their votes."""
        return words.name_of(closure.closed_by) if closure.closed_by else "Members’ votes"


@admin.register(Reversal, site=panel)
class ReversalAdmin(LaidAdmin):
    """What was taken back at once; whose it was stands here only where the log names them."""

    heading = "Undone right away"
    list_display = (
        *("kind", "member_column", "why_column", "size_column", "state_column", "actor_column", "when_column"),
    )
    list_filter = (HoldsFilter, "kind")
    search_help_text = "A member’s name."

    def get_queryset(self, request: HttpRequest) -> Any:
        """Load what a row needs, and whether the log names the member for it."""
        return _with_names(super().get_queryset(request), "reversal:")

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Find by the member's name, where the log names them."""
        return _of_named(queryset, search_term)

    @admin.display(description="Member")
    def member_column(self, reversal: Any) -> SafeString | str:
        """Whose it was, where that may be known."""
        return words.member_link(reversal.member) if reversal.is_named else words.NOBODY

    @admin.display(description="Why")
    def why_column(self, reversal: Reversal) -> str:
        """What was seen."""
        return " ".join(reversal.why)

    @admin.display(description="How much")
    def size_column(self, reversal: Reversal) -> str:
        """How many things of each kind."""
        counted = [(len(reversal.data.get(key, [])), name) for key, name in _TAKEN.items()]
        return ", ".join(f"{count} {name}" for count, name in counted if count) or words.NOBODY

    @admin.display(description="By")
    def actor_column(self, reversal: Reversal) -> str:
        """Who did it."""
        return words.name_of(reversal.actor) if reversal.actor else "The nightly vote check"


def _with_names(rows: Any, kind: str) -> Any:
    """Load members and actors, and as `is_named` whether an entry of the log about this row names its member."""
    thing = Concat(Value(kind), Cast(OuterRef("pk"), CharField()))
    entries = LogEntry.objects.filter(member=OuterRef("member"), post=None, thing=thing)
    return rows.select_related("member", "actor").annotate(is_named=Exists(entries))


def _of_named(rows: Any, search_term: str) -> tuple[Any, bool]:
    found, _ = of_member(rows, search_term, "member")
    return (found.filter(is_named=True) if search_term.strip() else found), False
