"""The ledger of a member's points: every line, linked to its cause, for the member and administrators alone."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from accounts.models import User
from forum.bylines import Byline, member_byline
from forum.choices import ReputationReason
from forum.limits import LEDGER_A_PAGE
from forum.models import Person, Post, ReputationChange
from forum.queries.paging import Page, Place, get_page
from forum.queries.question_place import question_place
from forum.queries.user_page import sees_ledger

NOT_YOURS = "The lines of a ledger are shown to its member alone. Totals are on the member’s page."

_VOTE_REASONS = {ReputationReason.QUESTION_VOTES, ReputationReason.ANSWER_VOTES}


@dataclass(frozen=True)
class LedgerLine:
    """One line. Without a `path` its cause is not the viewer's to see; `has_time` is for the member alone."""

    created_at: datetime
    has_time: bool
    points: int
    label: str
    title: str
    path: str


@dataclass(frozen=True)
class Ledger:
    """One page of a member's ledger."""

    byline: Byline
    path: str
    page: Page[LedgerLine]


def get_ledger(member: User, viewer: Person, place: Place) -> Ledger:
    """Return a page of the ledger, newest first; raise `Http404` for everybody who may not see it."""
    if not sees_ledger(member, viewer):
        raise Http404(NOT_YOURS)
    path = member.get_absolute_url()
    lines = ReputationChange.objects.filter(member=member)
    page = get_page(lines, ("-created_at", "-pk"), LEDGER_A_PAGE, place, f"{path}points/")
    found = ReputationChange.objects.in_bulk(list(page.rows)) if page.rows else {}
    changes = [found[key] for key in page.rows if key in found]
    posts = _causes(changes, viewer)
    rows = [_line(change, posts, viewer, is_own=viewer.pk == member.pk) for change in changes]
    return Ledger(member_byline(member, viewer), path, page.with_rows(rows))


def _causes(changes: list[ReputationChange], viewer: Person) -> dict[int, Post]:
    """Return the posts behind the lines that `viewer` may read."""
    ids = {change.post_id for change in changes if change.post_id}
    if not ids:
        return {}
    own = ("kind", "title", "slug", "status", "audience", "author", "guest")
    columns = ("is_anonymous", *own, *(f"question__{name}" for name in own))
    posts = Post.objects.filter(pk__in=ids).visible_to(viewer).select_related("question").only(*columns)
    return {post.pk: post for post in posts}


def _line(change: ReputationChange, posts: dict[int, Post], viewer: Person, *, is_own: bool) -> LedgerLine:
    """Tell a line; to an administrator it never says which posts are anonymous, or which got the member's votes."""
    post = posts.get(change.post_id or 0)
    is_secret = change.reason == ReputationReason.VOTE_CAST or (post is not None and post.is_anonymous)
    if post is None or (is_secret and not is_own):
        return LedgerLine(change.created_at, is_own, change.points, _label(change), "", "")
    place = question_place(post, viewer)
    path = place.path if post.is_question or not place.path else f"{place.path}#{post.anchor}"
    return LedgerLine(change.created_at, is_own, change.points, _label(change), place.title, path)


def _label(change: ReputationChange) -> str:
    reason = ReputationReason(change.reason)
    if change.points < 0 and reason not in _VOTE_REASONS:
        return f"{reason.label}, taken back"
    return str(reason.label)
