"""Which name stands on a post, for whom: the only reader of a post's author."""

from dataclasses import dataclass

from accounts.avatars import drawn_avatar
from accounts.models import User
from forum.models import Person, Post
from forum.permissions import is_author

ANONYMOUS = "Anonymous"
ANONYMOUS_AVATAR = "anon"
FORMER = "Former member"


@dataclass(frozen=True)
class Byline:
    """What a reader learns of who wrote something.

    `avatar` is a symbol of the drawn pictures (`a17`, `anon`) or the path of an uploaded one.
    `url` is empty and `points` is None where there is no page to go to. `is_you` marks the viewer's own.
    """

    name: str
    avatar: str
    url: str = ""
    points: int | None = None
    label: str = ""
    is_anonymous: bool = False
    is_you: bool = False


def byline(post: Post, viewer: Person) -> Byline:
    """Return the byline of `post` that `viewer` may see; load `author` with the post."""
    is_you = is_author(viewer, post)
    if post.is_anonymous or (post.author is None and not post.guest_name):
        return Byline(ANONYMOUS, ANONYMOUS_AVATAR, is_anonymous=True, is_you=is_you)
    if post.author is None:
        return Byline(post.guest_name, ANONYMOUS_AVATAR, label="Guest", is_you=is_you)
    return member_byline(post.author, viewer)


def editor_byline(post: Post, viewer: Person) -> Byline | None:
    """Return who last edited `post`, or None when that was its author or nobody may know."""
    if post.edited_by is None or post.edited_by_id == post.author_id:
        return None
    return member_byline(post.edited_by, viewer)


def member_byline(member: User, viewer: Person) -> Byline:
    """Return how a member is shown where they act under their name."""
    if member.closed_at is not None:
        return Byline(FORMER, ANONYMOUS_AVATAR)
    is_you = viewer.is_authenticated and viewer.pk == member.pk
    return Byline(
        name=member.username,
        avatar=(member.picture and f"/media/{member.picture}") or drawn_avatar(member.pk),
        url=member.get_absolute_url(),
        points=member.reputation if is_you else member.public_points,
        label="Moderator" if member.is_moderator else "",
        is_you=is_you,
    )
