"""Save a post for later; get no more mails as a guest."""

from django.db import transaction

from forum import permissions, rules
from forum.effects import events
from forum.models import Bookmark, Guest, Person, Post


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
def stop_mails(guest: Guest) -> bool:
    """Forget the address `guest` left, so that no more mails go there; return whether there was one."""
    stopped = Guest.objects.filter(pk=guest.pk).exclude(email="").update(email="")
    if stopped:
        events.record("guest.mails_stopped", actor=guest)
    guest.email = ""
    return bool(stopped)
