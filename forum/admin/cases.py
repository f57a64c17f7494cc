"""What people are asked to decide: the cases of the queue, appeals and suggested edits, read here and decided there."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from forum.admin import words
from forum.admin.index import panel
from forum.admin.ledger import LONG_TEXTS, BookAdmin, of_post
from forum.choices import AppealState, SuggestionState
from forum.models import Appeal, Case, Suggestion
from forum.permissions import is_author
from forum.queries.log_words import NEEDED

_NOT_OF_THE_TEAM = ("", "kept", "withdrawn")  # what closed a case by itself, or because its author took something away
_APPEAL_COLOURS = {AppealState.OPEN: "honey", AppealState.GRANTED: "leaf", AppealState.DECLINED: "fill"}
_DECIDED = (SuggestionState.APPROVED, SuggestionState.REJECTED)
_EDIT_COLOURS = {SuggestionState.OPEN: "honey", SuggestionState.APPROVED: "leaf"}


class WaitingFilter(admin.SimpleListFilter):
    """The open cases by urgency, unless somebody asks for those that are decided."""

    title = "whether it is decided"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return every choice but the open ones, which are the list's own."""
        return [("decided", "Decided"), ("all", "All")]

    def choices(self, changelist: Any) -> Any:
        """Call the list without a choice what it is: the open ones."""
        first, *others = super().choices(changelist)
        return [{**first, "display": "Open"}, *others]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Keep the chosen ones, in the order that suits them."""
        if self.value() == "all":
            return queryset.order_by("-pk")
        if self.value() == "decided":
            return queryset.filter(closed_at__isnull=False).order_by("-closed_at", "-pk")
        return queryset.open().most_urgent_first()


@admin.register(Case, site=panel)
class CaseAdmin(BookAdmin):
    """The cases of the queue."""

    heading = "Cases"
    ordering = ()
    list_display = (
        *("kind_column", "urgency_column", "about_column", "author_column", "why_column", "opened_column"),
        *("claimed_column", "outcome_column", "decided_column"),
    )
    list_filter = (WaitingFilter, "kind", "urgency")
    search_help_text = "The number of a post."

    def get_queryset(self, request: HttpRequest) -> Any:
        """Load what a row needs, and no bodies."""
        loaded = super().get_queryset(request)
        return loaded.select_related("post__author", "member", "claimed_by", "closed_by").defer(
            "post__body", "post__body_html"
        )

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Find by the post's number alone."""
        return of_post(queryset, search_term), False

    @admin.display(description="Case")
    def kind_column(self, case: Case) -> SafeString | str:
        """What is asked; an open one leads to the queue."""
        if case.closed_at is not None:
            return case.get_kind_display()
        return format_html('<a href="/moderation/?case={}">{}</a>', case.pk, case.get_kind_display())

    @admin.display(description="Urgency")
    def urgency_column(self, case: Case) -> SafeString:
        """How soon somebody should look."""
        return words.urgency_pill(case.urgency)

    @admin.display(description="About")
    def about_column(self, case: Case) -> SafeString | str:
        """The post, or the member where there is none: never who wrote the post."""
        return words.post_link(case.post) if case.post else words.member_link(case.member)

    @admin.display(description="Author")
    def author_column(self, case: Case) -> str:
        """The name every reader sees."""
        return words.author_of(case.post) if case.post else words.NOBODY

    @admin.display(description="Reason")
    def why_column(self, case: Case) -> str:
        """What the software saw."""
        return " ".join(case.details)

    @admin.display(description="Opened")
    def opened_column(self, case: Case) -> SafeString | str:
        """How long ago."""
        return words.ago(case.opened_at)

    @admin.display(description="Claimed by")
    def claimed_column(self, case: Case) -> str:
        """Who looks after it just now."""
        return words.name_of(case.claimer) if case.closed_at is None else words.NOBODY

    @admin.display(description="Outcome")
    def outcome_column(self, case: Case) -> str:
        """The act that decided it, and who did that."""
        if case.closed_at is None or _is_veiled(case):
            return words.NOBODY
        act = case.outcome.replace(".", " ").replace("_", " ").capitalize()
        is_named = case.closed_by is not None and case.outcome not in _NOT_OF_THE_TEAM
        return f"{act}, by {words.name_of(case.closed_by)}" if is_named else act

    @admin.display(description="Decided")
    def decided_column(self, case: Case) -> SafeString | str:
        """How long ago."""
        return words.NOBODY if _is_veiled(case) else words.ago(case.closed_at)


@admin.register(Appeal, site=panel)
class AppealAdmin(BookAdmin):
    """Acts that somebody asks to be looked at again; who asks stands here only where the act names them."""

    heading = "Appeals"
    list_display = ("act_column", "member_column", "text", "state_column", "outcome", "decider_column", "when_column")
    list_filter = ("state",)
    search_help_text = "The number of a post."

    def get_queryset(self, request: HttpRequest) -> Any:
        """Load what a row needs, and no bodies."""
        needed = [f"entry__{name}" for name in NEEDED]
        loaded = super().get_queryset(request).select_related("decided_by", *needed)
        return loaded.defer(*(f"entry__{name}" for name in LONG_TEXTS))

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Find by the post's number alone: by name would say who wrote anonymously."""
        return of_post(queryset, search_term), False

    @admin.display(description="Against")
    def act_column(self, appeal: Appeal) -> SafeString:
        """The act, as the log says it."""
        return words.act_of(appeal.entry)

    @admin.display(description="From")
    def member_column(self, appeal: Appeal) -> SafeString | str:
        """Whom the act was about; about a post it is its author, whom the post itself names or does not."""
        return words.member_link(appeal.entry.member) if appeal.entry.post is None else "The author"

    @admin.display(description="State")
    def state_column(self, appeal: Appeal) -> SafeString:
        """What became of it."""
        return words.pill(appeal.get_state_display(), _APPEAL_COLOURS[AppealState(appeal.state)])

    @admin.display(description="Decided by")
    def decider_column(self, appeal: Appeal) -> str:
        """Who decided it."""
        return words.name_of(appeal.decided_by)

    @admin.display(description="When")
    def when_column(self, appeal: Appeal) -> SafeString | str:
        """How long ago it was made."""
        return words.ago(appeal.created_at)


@admin.register(Suggestion, site=panel)
class SuggestionAdmin(BookAdmin):
    """Edits that members and guests suggest; their words stand on their own pages, as far as they may be read."""

    heading = "Suggested edits"
    list_display = ("number_column", "post_column", "member_column", "state_column", "decider_column", "when_column")
    list_filter = ("state",)
    search_help_text = "The number of a post."

    def get_queryset(self, request: HttpRequest) -> Any:
        """Load what a row needs, and no texts."""
        loaded = super().get_queryset(request).select_related("post__author", "member", "decided_by")
        return loaded.defer("body", "post__body", "post__body_html")

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Find by the post's number alone."""
        return of_post(queryset, search_term), False

    @admin.display(description="Edit")
    def number_column(self, suggestion: Suggestion) -> SafeString:
        """Its page, where it is read and decided."""
        return format_html('<a href="/suggestions/{0}/">Edit {0}</a>', suggestion.pk)

    @admin.display(description="Of")
    def post_column(self, suggestion: Suggestion) -> SafeString:
        """The post."""
        return words.post_link(suggestion.post)

    @admin.display(description="Suggested by")
    def member_column(self, suggestion: Suggestion) -> SafeString | str:
        """Who suggests it, but for who wrote the post meanwhile."""
        if suggestion.member is None:
            return words.suggester_of(suggestion)
        is_authors = is_author(suggestion.member, suggestion.post)
        return words.NOBODY if is_authors else words.member_link(suggestion.member)

    @admin.display(description="State")
    def state_column(self, suggestion: Suggestion) -> SafeString:
        """What became of it."""
        colour = _EDIT_COLOURS.get(SuggestionState(suggestion.state), "fill")
        return words.pill(suggestion.get_state_display(), colour)

    @admin.display(description="Decided by")
    def decider_column(self, suggestion: Suggestion) -> str:
        """Who decided it; an author by the name that stands on the post."""
        return words.decider_of(suggestion) if suggestion.state in _DECIDED else words.NOBODY

    @admin.display(description="When")
    def when_column(self, suggestion: Suggestion) -> SafeString | str:
        """How long ago it was made."""
        return words.ago(suggestion.created_at)


def _is_veiled(case: Case) -> bool:
    """Say whether how and when it was closed would lead from an account to what it wrote anonymously."""
    return case.post is not None and case.post.is_anonymous and case.outcome.startswith("account.")
