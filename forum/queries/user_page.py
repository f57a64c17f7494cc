"""A member's page: what they gave, what came back, and what they wrote under their name."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from accounts.models import User
from forum.bylines import Byline, member_byline
from forum.choices import Followable, PostKind
from forum.models import Person, TaggedPost
from forum.queries.following import mode_of
from forum.queries.paging import Page, Place
from forum.queries.pauses import Pause, get_pauses
from forum.queries.points_curve import PointsCurve, get_points_curve
from forum.queries.question_rows import TagLink, tag_link
from forum.queries.team_member import team_path
from forum.queries.user_posts import ActivityRow, PostCounts, activity_rows, count_posts, get_activity, public_posts

_RECENT = 10
_TAGS = 5


@dataclass(frozen=True)
class MemberHead:
    """What stands on each of a member's pages; `feed` is the address of its feed, without the ending."""

    byline: Byline
    about: str
    joined_at: datetime
    path: str
    feed: str
    counts: PostCounts


@dataclass(frozen=True)
class MemberPage:
    """A member's page."""

    head: MemberHead
    id: int
    follow_mode: str
    rank: int
    curve: PointsCurve
    activity: tuple[ActivityRow, ...]
    tags: tuple[TagLink, ...]
    shows_ledger: bool
    pauses: tuple[Pause, ...]  # for the member alone
    team_path: str  # for moderators alone


@dataclass(frozen=True)
class MemberPosts:
    """A page of a member's posts."""

    head: MemberHead
    page: Page[ActivityRow]


def get_member_page(member: User, viewer: Person) -> MemberPage:
    """Return the page of `member` as `viewer` may see it, with six queries, and one more for a member."""
    recent = public_posts(member, viewer).newest_first().values_list("pk", flat=True)[:_RECENT]
    return MemberPage(
        head=_head(member, viewer),
        id=member.pk,
        follow_mode=mode_of(Followable.MEMBER, member.pk, viewer),
        rank=_rank(member),
        curve=get_points_curve(member, viewer),
        activity=activity_rows(list(recent)),
        tags=_tags(member, viewer),
        shows_ledger=sees_ledger(member, viewer),
        pauses=get_pauses(member) if viewer.is_authenticated and viewer.pk == member.pk else (),
        team_path=team_path(member) if viewer.is_moderator else "",
    )


def get_member_posts(member: User, viewer: Person, place: Place, url: str, kind: PostKind | None) -> MemberPosts:
    """Return a page of the public posts of `member`, all or of one kind."""
    return MemberPosts(_head(member, viewer), get_activity(member, viewer, place, url, kind))


def sees_ledger(member: User, viewer: Person) -> bool:
    """Say whether `viewer` may read the lines of the member's ledger."""
    return viewer.is_authenticated and (viewer.pk == member.pk or viewer.is_administrator)


def _head(member: User, viewer: Person) -> MemberHead:
    return MemberHead(
        byline=member_byline(member, viewer),
        about=member.about,
        joined_at=member.date_joined,
        path=member.get_absolute_url(),
        feed=f"/feed{member.get_absolute_url().removesuffix('/')}",
        counts=count_posts(member, viewer),
    )


def _rank(member: User) -> int:
    """Return the member's place by the points others see: 1 has the most, and equals share a place."""
    ahead: int = User.objects.open().filter(is_active=True, public_points__gt=member.public_points).count()
    return ahead + 1


def _tags(member: User, viewer: Person) -> tuple[TagLink, ...]:
    """Return the tags of the questions that the member answered under their name, most frequent first."""
    answers = public_posts(member, viewer).filter(kind=PostKind.ANSWER)
    tags = (
        TaggedPost.objects.filter(content_object__in=answers.values("question"))
        .values("tag__name", "tag__slug")
        .annotate(questions=Count("pk"))
        .order_by("-questions", "tag__name")[:_TAGS]
    )
    return tuple(tag_link(row["tag__name"], row["tag__slug"]) for row in tags)
