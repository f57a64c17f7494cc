"""Save a post for later; follow a question, a topic or a tag; get no more mails as a guest."""

from typing import Any

from django.db import transaction

from forum import permissions, rules
from forum.effects import guests
from forum.models import Bookmark, Category, Follow, Guest, Person, Post, Tag


@transaction.atomic
def bookmark_post(member: Person, post: Post) -> bool:
    """Leave `post` among the saved ones of `member`; return whether it was new there.

    The log tells nothing of it: what somebody saves is theirs alone, and a button pressed all day would fill it.
    """
    permissions.require(permissions.can_bookmark(member, post, rules.current()))
    _, is_new = Bookmark.objects.get_or_create(member_id=member.pk, post_id=post.pk)
    return is_new


@transaction.atomic
def unbookmark_post(member: Person, post: Post) -> bool:
    """Leave `post` out of the saved ones of `member`; return whether it was there."""
    permissions.require(permissions.can_unbookmark(member, post, rules.current()))
    removed, _ = Bookmark.objects.filter(member_id=member.pk, post_id=post.pk).delete()
    return bool(removed)


@transaction.atomic
def follow(member: Person, thing: Post | Category | Tag) -> bool:
    """Leave `thing` among what `member` follows; return whether it was new there.

    The log tells nothing of it, as with bookmarks: what somebody wants to hear of is theirs alone.
    """
    permissions.require(permissions.can_follow(member, thing, rules.current()))
    _, is_new = Follow.objects.get_or_create(member_id=member.pk, **_column(thing))
    return is_new


@transaction.atomic
def unfollow(member: Person, thing: Post | Category | Tag) -> bool:
    """Leave `thing` out of what `member` follows; return whether it was there."""
    permissions.require(permissions.can_unfollow(member, thing, rules.current()))
    removed, _ = Follow.objects.filter(member_id=member.pk, **_column(thing)).delete()
    return bool(removed)


def _column(thing: Post | Category | Tag) -> dict[str, Any]:
    if isinstance(thing, Post):
        return {"question_id": thing.pk}
    return {"category_id" if isinstance(thing, Category) else "tag_id": thing.pk}


@transaction.atomic
def stop_mails(guest: Guest) -> bool:
    """Forget the address `guest` left, so that no more mails go there; return whether there was one."""
    return guests.forget_address(guest)
