"""Save a post for later, with a word on why and a day to be reminded of it.

The log tells nothing of it: what someone saves is theirs alone, and a button pressed all day would fill it.
"""

from datetime import date

from django.core.exceptions import ValidationError

from accounts.transactions import atomic_with_retry
from forum import permissions, rules
from forum.effects import bookmarks
from forum.models import Bookmark, Person, Post
from forum.plaintext import clean_line

_AT_ONCE = 200
_NOTE_LENGTH = 200


@atomic_with_retry
def bookmark_post(member: Person, post: Post) -> bool:
    """Leave `post` among the saved ones of `member`; return whether it was new there."""
    permissions.require(permissions.can_bookmark(member, post, rules.current()))
    _, is_new = Bookmark.objects.get_or_create(member_id=member.pk, post_id=post.pk)
    return is_new


@atomic_with_retry
def unbookmark_post(member: Person, post: Post) -> bool:
    """Leave `post` out of the saved ones of `member`, with its note; return whether it was there."""
    permissions.require(permissions.can_unbookmark(member, post, rules.current()))
    removed, _ = Bookmark.objects.filter(member_id=member.pk, post_id=post.pk).delete()
    return bool(removed)


@atomic_with_retry
def annotate_bookmark(member: Person, post: Post, *, note: str, remind_on: date | None, today: date) -> None:
    """Bookmark `post` for `member`, with a note and a day to be reminded.

    A day that has passed is refused; `today` is the member's.
    """
    permissions.require(permissions.can_bookmark(member, post, rules.current()))
    note = clean_line(note)
    if len(note) > _NOTE_LENGTH:
        raise ValidationError({"note": f"Use at most {_NOTE_LENGTH} characters."})
    if remind_on is not None and remind_on <= today:
        raise ValidationError({"remind_on": "Choose a date in the future."})
    if note or remind_on is not None:
        Bookmark.objects.get_or_create(member_id=member.pk, post_id=post.pk)
    Bookmark.objects.filter(member_id=member.pk, post_id=post.pk).update(note=note, remind_on=remind_on)


def remind(today: date) -> int:
    """Tell every member whose day has come, each once, a few hundred in a transaction; return how many were told."""
    reminded = 0
    while count := _remind_some(today):
        reminded += count
    return reminded


@atomic_with_retry
def _remind_some(today: date) -> int:
    due = Bookmark.objects.select_for_update(of=("self",)).filter(remind_on__lte=today)
    some = list(due.select_related("member", "post").order_by("remind_on", "pk")[:_AT_ONCE])
    for bookmark in some:
        bookmarks.remind(bookmark)
    Bookmark.objects.filter(pk__in=[bookmark.pk for bookmark in some]).update(remind_on=None)
    return len(some)
