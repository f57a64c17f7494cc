"""The log of moderation, read-only: the same sentences as on the site, and none that names an anonymous author."""

from typing import Any

from django.contrib import admin
from django.db.models import Prefetch, Q
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.models import User
from accounts.names import name_key
from forum.admin import words
from forum.admin.base import is_id
from forum.admin.index import panel
from forum.admin.ledger import BookAdmin
from forum.models import Guest, LogEntry
from forum.queries.log_words import NEEDED, actor_of, sentence_of

_ANYBODY = Guest()  # the sentences are the same for all who read them here


@admin.register(LogEntry, site=panel)
class LogEntryAdmin(BookAdmin):
    """Every act of the team; taken back on the site's own page of the log."""

    heading = "Team actions"
    list_display = ("number_column", "sentence_column", "reason_column", "undone_column", "when_column")
    ordering = ("-number",)
    search_help_text = "A post’s number or a member’s name, to see what they did for the team and what was done."

    def get_queryset(self, request: HttpRequest) -> Any:
        """Load what a sentence needs, and no bodies."""
        undone = Prefetch("undone_by", LogEntry.objects.select_related("actor", "text"))
        loaded = super().get_queryset(request).select_related(*NEEDED).prefetch_related(undone)
        return loaded.defer("post__body", "post__body_html", "post__question__body", "post__question__body_html")

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Find by post, or by member: the log holds no act of an author, and no author beside a post."""
        term = search_term.strip().lstrip("#")
        if not term:
            return queryset, False
        if is_id(term):
            return queryset.filter(post_id=int(term)), False
        member = User.objects.filter(name_key=name_key(term)).first()
        if member is None:
            return queryset.none(), False
        return queryset.filter(Q(actor=member) | Q(member=member, post=None)), False

    @admin.display(description="Act")
    def number_column(self, entry: LogEntry) -> SafeString:
        """The number, as a link to the page where it can be taken back."""
        around = f"/moderation/acts/?older={entry.number + 1}#act-{entry.number}"
        return format_html('<a href="{}">{}</a>', around, entry.number)

    @admin.display(description="What was done")
    def sentence_column(self, entry: LogEntry) -> SafeString | str:
        """Who did what to what."""
        said = sentence_of(entry, _ANYBODY)
        if entry.post is None or not said.about_path:
            return str(said)
        return format_html("{} {} {}", said.who, said.did, words.post_link(entry.post))

    @admin.display(description="Why")
    def reason_column(self, entry: LogEntry) -> str:
        """The reason given."""
        return entry.text.reason

    @admin.display(description="Undone by")
    def undone_column(self, entry: LogEntry) -> str:
        """Who took it back."""
        return next((actor_of(undone) for undone in entry.undone_by.all()), words.NOBODY)

    @admin.display(description="When")
    def when_column(self, entry: LogEntry) -> str:
        """How long ago."""
        return words.ago(entry.created_at)
