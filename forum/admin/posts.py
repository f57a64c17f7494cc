"""Posts in the administration: found, read and acted on; their words are edited on the site."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Value
from django.db.models.functions import Concat
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from forum import bylines, search
from forum.admin import history, words
from forum.admin.acts import Act, ActingAdmin
from forum.admin.base import actor_of, is_id
from forum.admin.forms import CloseForm
from forum.admin.index import panel
from forum.choices import AWAITING, FlagState, PostKind, PostStatus, RemovalKind
from forum.models import Closure, Flag, Post, Removal

_FOUND_MOST = 200
AUTHOR_READS = "The author reads this next to the post, without your name."

ACTS = (
    Act(
        "approve",
        "Approve",
        "Publish it?",
        "Everyone can read it from now on. If it is an answer, the asker is told.",
        "Approved.",
        "check-c",
    ),
    Act(
        "hide",
        "Hide",
        "Hide it?",
        "Its author still sees it; no one else does. Points don’t change.",
        "Hidden.",
        "eye-off",
        readers=AUTHOR_READS,
    ),
    Act("show", "Show", "Show it again?", "Everyone can read it again.", "Shown again.", "eye"),
    Act(
        "close",
        "Close",
        "Close it to new answers?",
        "It stays up with its answers, but no one can add another.",
        "Closed.",
        "lock",
        form=CloseForm,
        readers="Everyone reads this next to the question, without your name.",
    ),
    Act("reopen", "Reopen", "Open it to answers again?", "People can answer it again.", "Open again.", "key"),
    Act(
        "delete",
        "Delete",
        "Delete it?",
        "Only moderators will see it. Nothing is erased, and points don’t change.",
        "Deleted.",
        "trash",
        is_danger=True,
        readers=AUTHOR_READS,
    ),
    Act("restore", "Restore", "Restore it?", "It goes back to where it was.", "Restored.", "restore"),
)


class KindFilter(admin.SimpleListFilter):
    """By what the post is."""

    title = "kind"
    parameter_name = "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return every kind."""
        return [(str(value), str(label)) for value, label in PostKind.choices]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Keep the posts of the chosen kind."""
        if self.value() not in PostKind.values:
            return queryset
        # A third of all posts are of one kind: walking back from the newest finds fifty of them at once, where an index
        # by kind would have SQLite sort them all (1.6 s of 100,000). An expression is what no index is of.
        return queryset.alias(plain_kind=Concat("kind", Value(""))).filter(plain_kind=self.value())


class StatusFilter(admin.SimpleListFilter):
    """By who can see the post."""

    title = "who can see it"
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Return every status."""
        return [(str(value), str(label)) for value, label in PostStatus.choices]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        """Keep the posts of the chosen status."""
        if self.value() not in PostStatus.values:
            return queryset
        if self.value() == PostStatus.PUBLISHED:
            return queryset.filter(status=self.value())
        # The index begins with the kind; naming every kind lets it find the few that are not published.
        return queryset.filter(kind__in=PostKind.values, status=self.value())


@admin.register(Post, site=panel)
class PostAdmin(ActingAdmin):
    """Questions, answers and comments."""

    acts = ACTS
    list_display = ("title_column", "kind", "author_column", "status_column", "score", "posted_column", "site_column")
    list_display_links = None
    list_filter = (KindFilter, StatusFilter)
    search_fields = ("pk",)
    search_help_text = "A post’s number, or words in its title or body (published posts)."

    def get_queryset(self, request: HttpRequest) -> Any:
        """Load what a row needs, and no bodies."""
        return super().get_queryset(request).select_related("author").defer("body", "body_html")

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Find by number, or by the site's own search: never by who wrote it."""
        term = search_term.strip().lstrip("#")
        if not term:
            return queryset, False
        if is_id(term):
            return queryset.filter(pk=int(term)), False
        return queryset.filter(pk__in=search.find(term, _FOUND_MOST)), False

    @admin.display(description="Post")
    def title_column(self, post: Post) -> SafeString:
        """The title or the beginning, as a link."""
        return words.post_link(post)

    @admin.display(description="Author")
    def author_column(self, post: Post) -> str:
        """The name every reader sees."""
        return words.author_of(post)

    @admin.display(description="Seen by")
    def status_column(self, post: Post) -> SafeString:
        """Who can see it, and whether it is closed."""
        closed = words.pill("Closed", "dusk") if post.is_closed else ""
        return format_html("{} {}", words.status_pill(post), closed)

    @admin.display(description="Posted")
    def posted_column(self, post: Post) -> str:
        """How long ago."""
        return words.ago(post.created_at)

    @admin.display(description="On the site")
    def site_column(self, post: Post) -> SafeString:
        """A link to the post's own page."""
        return format_html(
            '<a href="{}">Open<span class="vh"> post {} on the site</span></a>', post.get_absolute_url(), post.pk
        )

    def described(self, thing: Post) -> dict[str, Any]:
        """Return what the confirmation page says of a post."""
        kind = thing.get_kind_display()
        return {"title": words.title_of(thing), "note": f"{kind} by {words.author_of(thing)}"}

    def fitting(self, thing: Post) -> list[Act]:
        """Return the acts that would change the post as it stands."""
        removed = set(Removal.objects.open().filter(post_id=thing.pk).values_list("kind", flat=True))
        fits = {
            "approve": not removed.isdisjoint(AWAITING),
            "hide": RemovalKind.HIDDEN not in removed,
            "show": RemovalKind.HIDDEN in removed,
            "close": thing.is_question and not thing.is_closed,
            "reopen": thing.is_question and thing.is_closed,
            "delete": RemovalKind.DELETED not in removed,
            "restore": RemovalKind.DELETED in removed,
        }
        return [act for act in self.acts if fits[act.name]]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show the post with what was done to it, and what can be done. Nothing is saved here."""
        if request.method not in {"GET", "HEAD"} or object_id is None or not self.has_view_permission(request):
            raise PermissionDenied("Use the buttons below a post to change it, each with a reason.")
        posts = Post.objects.select_related("author", "question", "category").prefetch_related("notes")
        post = posts.filter(pk=int(object_id)).first() if is_id(object_id) else None
        if post is None:
            raise Http404("This post does not exist.")
        return TemplateResponse(request, "admin/post.html", self._page(request, post))

    def _page(self, request: HttpRequest, post: Post) -> dict[str, Any]:
        flags = list(Flag.objects.filter(post=post).select_related("reporter", "settled_by").most_urgent_first())
        return {
            **self.admin_site.each_context(request),
            "title": words.title_of(post),
            "opts": self.opts,
            "post": post,
            "byline": bylines.byline(post, actor_of(request)),
            "status": self.status_column(post),
            "fold": words.fold_of([note.name for note in post.notes.all()], flags),
            "acts": self.fitting(post),
            "flags": [_flag(flag) for flag in flags],
            "removals": [*_removals(post), *_closures(post)],
            "revisions": history.revisions_of(post, actor_of(request)),
            "log": history.log_of(post),
        }


def _flag(flag: Flag) -> dict[str, Any]:
    return {
        "pk": flag.pk,
        "reason": words.reason_pill(flag),
        "state": words.flag_state_pill(flag),
        "is_open": flag.state == FlagState.OPEN,
        "text": flag.text,
        "who": words.name_of(flag.reporter),
        "created_at": flag.created_at,
        "settled_at": flag.settled_at,
        "settled_by": words.name_of(flag.settled_by),
        "outcome": flag.outcome,
    }


def _removals(post: Post) -> list[dict[str, Any]]:
    rows = Removal.objects.filter(post=post).select_related("actor", "lifted_by").order_by("-pk")
    return [
        {
            "what": row.get_kind_display(),
            # An author's own deletion is theirs: it would name who wrote anonymously.
            "who": "Its author" if row.kind == RemovalKind.WITHDRAWN else words.name_of(row.actor),
            "reason": row.reason,
            "created_at": row.created_at,
            "lifted_at": row.lifted_at,
        }
        for row in rows
    ]


def _closures(post: Post) -> list[dict[str, Any]]:
    rows = Closure.objects.filter(question=post).select_related("closed_by", "reason").order_by("-pk")
    return [
        {
            "what": f"Closed: {row.reason.label}",
            "who": words.name_of(row.closed_by),
            "reason": row.note,
            "created_at": row.created_at,
            "lifted_at": row.lifted_at,
        }
        for row in rows
    ]
