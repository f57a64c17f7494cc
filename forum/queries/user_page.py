"""A member's page: what they gave, what came back, and what they wrote under their name."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from accounts.models import User
from forum.bylines import Byline, member_byline
from forum.choices import Followable, MemberPart, PostKind
from forum.models import Guest, Person
from forum.queries.followers import FollowCounts, count_follows
from forum.queries.following import mode_of
from forum.queries.member_blocks import is_blocked
from forum.queries.paging import Page, Place
from forum.queries.pauses import Pause, get_pauses
from forum.queries.points_curve import PointsCurve, get_points_curve
from forum.queries.strengths import Strengths, best_answers, get_strengths
from forum.queries.team_member import team_path
from forum.queries.user_posts import (
    ActivityRow,
    PostCounts,
    activity_rows,
    count_posts,
    get_activity,
    get_own_anonymous,
    own_anonymous_posts,
    public_posts,
)
from forum.queries.visibility import Visibility, preferences_of, visibility_of

_RECENT = 10


@dataclass(frozen=True)
class MemberHead:
    """What stands on each of a member's pages; `feed` is the address of its feed, without the ending.

    `shows_posts` is false where the member keeps what they wrote from this viewer.
    """

    byline: Byline
    about: str
    joined_at: datetime
    path: str
    feed: str
    counts: PostCounts
    shows_posts: bool


@dataclass(frozen=True)
class MemberPage:
    """A member's page; what its viewer is not shown is None, or empty.

    `is_own` is for whoever it is about, who may look at it as others do (`as_others`). `hides_sensitive` says that
    posts in sensitive topics are kept from others.
    """

    head: MemberHead
    id: int
    follow_mode: str
    rank: int
    curve: PointsCurve | None
    follows: FollowCounts | None
    best: tuple[ActivityRow, ...]
    activity: tuple[ActivityRow, ...]
    unnamed: tuple[ActivityRow, ...]  # for the member alone
    strengths: Strengths
    is_own: bool
    as_others: bool
    hides_sensitive: bool
    shows_ledger: bool
    is_blocked: bool | None  # None where nobody can block
    pauses: tuple[Pause, ...]  # for the member alone
    team_path: str  # for moderators alone


@dataclass(frozen=True)
class MemberPosts:
    """A page of a member's posts."""

    head: MemberHead
    page: Page[ActivityRow]


def get_member_page(member: User, viewer: Person, *, as_others: bool = False) -> MemberPage:
    """Return the page of `member` as `viewer` may see it, with eleven queries, and two more for a member.

    With `as_others` its member sees what a guest is shown.
    """
    is_own = viewer.is_authenticated and viewer.pk == member.pk
    as_others = as_others and is_own
    viewer = Guest() if as_others else viewer
    unnamed = list(own_anonymous_posts(member, viewer).newest_first().values_list("pk", flat=True)[:_RECENT])
    visible = visibility_of(member, viewer)
    best = best_answers(member, viewer)
    # What stands above is not listed again.
    recent = list(
        public_posts(member, viewer).exclude(pk__in=best).newest_first().values_list("pk", flat=True)[:_RECENT]
    )
    rows = {row.id: row for row in activity_rows([*best, *recent, *unnamed])}
    return MemberPage(
        head=_head(member, viewer, visible),
        id=member.pk,
        follow_mode=mode_of(Followable.MEMBER, member.pk, viewer),
        rank=_rank(member),
        curve=_curve(member, viewer) if visible.shows(MemberPart.CURVE) else None,
        follows=count_follows(member) if visible.shows(MemberPart.FOLLOWS) else None,
        best=tuple(rows[key] for key in best if key in rows),
        activity=tuple(rows[key] for key in recent if key in rows),
        unnamed=tuple(rows[key] for key in unnamed if key in rows),
        strengths=get_strengths(member, viewer),
        is_own=is_own,
        as_others=as_others,
        hides_sensitive=not preferences_of(member).shows_sensitive,
        is_blocked=is_blocked(member, viewer),
        shows_ledger=not as_others and sees_ledger(member, viewer),
        pauses=get_pauses(member) if is_own and not as_others else (),
        team_path=team_path(member) if viewer.is_moderator else "",
    )


def get_member_head(member: User, viewer: Person) -> MemberHead:
    """Return who `member` is, as a card beside their name tells it."""
    return _head(member, viewer, visibility_of(member, viewer))


def _curve(member: User, viewer: Person) -> PointsCurve | None:
    """Return the curve of someone who has been here for more than a month; before that it would be one line."""
    curve = get_points_curve(member, viewer)
    return curve if len(curve.months) > 1 else None


def get_member_posts(member: User, viewer: Person, place: Place, url: str, kind: PostKind | None) -> MemberPosts:
    """Return a page of the public posts of `member`, all or of one kind."""
    return MemberPosts(
        _head(member, viewer, visibility_of(member, viewer)), get_activity(member, viewer, place, url, kind)
    )


def get_member_anonymous(member: User, viewer: Person, place: Place, url: str) -> MemberPosts:
    """Return a page of what `member` wrote without their name; raise `Http404` for everybody but them."""
    if not viewer.is_authenticated or viewer.pk != member.pk:
        raise Http404
    head = _head(member, viewer, visibility_of(member, viewer))
    return MemberPosts(head, get_own_anonymous(member, viewer, place, url))


def sees_ledger(member: User, viewer: Person) -> bool:
    """Say whether `viewer` may read the lines of the member's ledger."""
    return viewer.is_authenticated and (viewer.pk == member.pk or viewer.is_administrator)


def _head(member: User, viewer: Person, visible: Visibility) -> MemberHead:
    return MemberHead(
        byline=member_byline(member, viewer),
        about=member.about,
        joined_at=member.date_joined,
        path=member.get_absolute_url(),
        feed=f"/feed{member.get_absolute_url().removesuffix('/')}",
        counts=count_posts(member, viewer),
        shows_posts=visible.shows(MemberPart.POSTS),
    )


def _rank(member: User) -> int:
    """Return the member's place by the points others see: 1 has the most, and equals share a place."""
    ahead: int = User.objects.open().filter(is_active=True, public_points__gt=member.public_points).count()
    return ahead + 1
