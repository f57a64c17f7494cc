"""The ledger of a member's points: for the member every line, for administrators what leads to no hidden name."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F
from django.http import Http404

from accounts.models import User
from forum.bylines import Byline, member_byline
from forum.choices import ReputationReason
from forum.limits import LEDGER_A_PAGE
from forum.models import Person, Post, ReputationChange
from forum.queries.paging import Page, Place, get_page
from forum.queries.question_place import question_place
from forum.queries.user_page import sees_ledger

NOT_YOURS = "Only members themselves can see their points history. Totals are on their profile."

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
    is_own = viewer.pk == member.pk
    lines = _lines(member, is_own=is_own)
    page = get_page(lines, ("-created_at", "-pk"), LEDGER_A_PAGE, place, f"{path}points/")
    found = lines.in_bulk(list(page.rows)) if page.rows else {}
    changes = [found[key] for key in page.rows if key in found]
    posts = _causes(changes, viewer)
    rows = [_line(change, posts, viewer, is_own=is_own) for change in changes]
    return Ledger(member_byline(member, viewer), path, page.with_rows(rows))


def _lines(member: User, *, is_own: bool) -> Any:
    """Return the lines with the points they show: to their member those that are theirs, all of them."""
    lines = ReputationChange.objects.filter(member=member)
    return lines.exclude(points=0).annotate(shown_points=F("points")) if is_own else lines.listed()


def _causes(changes: list[Any], viewer: Person) -> dict[int, Post]:
    """Return the posts behind the lines that `viewer` may read."""
    ids = {change.post_id for change in changes if change.post_id}
    if not ids:
        return {}
    own = ("kind", "title", "slug", "status", "audience", "author", "guest")
    columns = ("is_anonymous", *own, *(f"question__{name}" for name in own))
    posts = Post.objects.filter(pk__in=ids).visible_to(viewer).select_related("question").only(*columns)
    return {post.pk: post for post in posts}


def _line(change: Any, posts: dict[int, Post], viewer: Person, *, is_own: bool) -> LedgerLine:
    label = _label(change.reason, change.shown_points)
    post = posts.get(change.post_id or 0)
    if post is None:
        return LedgerLine(change.created_at, is_own, change.shown_points, label, "", "")
    place = question_place(post, viewer)
    path = place.path if post.is_question or not place.path else f"{place.path}#{post.anchor}"
    return LedgerLine(change.created_at, is_own, change.shown_points, label, place.title, path)


def _label(of: str, points: int) -> str:
    reason = ReputationReason(of)
    if points < 0 and reason not in _VOTE_REASONS:
        return f"{reason.label}, undone"
    return str(reason.label)
