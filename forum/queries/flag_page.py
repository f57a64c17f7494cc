"""The page that asks what is wrong with a post or a member."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from forum.bylines import Byline, byline, member_byline
from forum.models import Flag, Person
from forum.queries.lookups import get_post_or_404


@dataclass(frozen=True)
class FlagPage:
    """The post or the member a report is about, and whether the viewer has an open report on it already."""

    kind: str
    byline: Byline
    title: str
    excerpt: str
    created_at: datetime | None
    is_flagged: bool


def get_flag_page(post_id: int, *, viewer: Person) -> FlagPage:
    """Return what the page says of the post; 404 unless `viewer` may read it."""
    post = get_post_or_404(post_id, viewer=viewer)
    return FlagPage(
        kind=str(post.get_kind_display()).lower(),
        byline=byline(post, viewer),
        title=post.title,
        excerpt=post.excerpt,
        created_at=post.created_at,
        is_flagged=_has_reported(viewer, post=post.pk),
    )


def get_member_flag_page(member: User, *, viewer: Person) -> FlagPage:
    """Return what the page says of a member."""
    return FlagPage(
        kind="member",
        byline=member_byline(member, viewer),
        title="",
        excerpt="",
        created_at=None,
        is_flagged=_has_reported(viewer, member=member),
    )


def _has_reported(viewer: Person, **about: object) -> bool:
    return viewer.is_authenticated and Flag.objects.open().filter(reporter=viewer.pk, **about).exists()
