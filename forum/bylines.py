"""Which name stands on a post, for whom: the only reader of a post's author."""

from dataclasses import dataclass

from accounts.avatars import avatar_of_name, drawn_avatar
from accounts.models import User
from forum.models import Person, Post, Revision, Suggestion
from forum.permissions import is_author

ANONYMOUS = "Anonymous"
ANONYMOUS_AVATAR = "anon"
FORMER = "Former member"
NO_ACCOUNT = "A guest"


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
        return Byline(post.guest_name, avatar_of_name(post.guest_name), label="Guest", is_you=is_you)
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


def reviser_byline(revision: Revision, viewer: Person, *, is_suggested: bool = False) -> Byline:
    """Return who saved a text, which for its author is the byline of the post; load `editor` and the post's `author`.

    Only a suggestion lets a guest save a text of somebody else's post. Beside an anonymous author nobody is named.
    """
    post, editor = revision.post, revision.editor
    if revision.editor_id == post.author_id if editor is not None else not is_suggested:
        return byline(post, viewer)
    return _helping_hand(post, editor, viewer)


def suggester_byline(suggestion: Suggestion, viewer: Person) -> Byline:
    """Return who suggested an edit, for those who decide about it; load `member`."""
    if suggestion.member is not None:
        return member_byline(suggestion.member, viewer)
    is_you = not viewer.is_authenticated and viewer.pk is not None and viewer.pk == suggestion.guest_id
    return Byline(NO_ACCOUNT, ANONYMOUS_AVATAR, label="Guest", is_you=is_you)


def decider_byline(suggestion: Suggestion, viewer: Person) -> Byline:
    """Return who decided about a suggested edit; its author decided where nobody is kept. Load `decided_by`."""
    if suggestion.decided_by is None:
        return byline(suggestion.post, viewer)
    return _helping_hand(suggestion.post, suggestion.decided_by, viewer)


def _helping_hand(post: Post, member: User | None, viewer: Person) -> Byline:
    if member is None:
        return Byline(NO_ACCOUNT, ANONYMOUS_AVATAR, label="Guest")
    if not post.is_anonymous:
        return member_byline(member, viewer)
    is_you = viewer.is_authenticated and viewer.pk == member.pk
    return Byline("A moderator" if member.is_moderator else "Another member", ANONYMOUS_AVATAR, is_you=is_you)
