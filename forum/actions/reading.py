"""Say what of one's inbox one has read, or wants to find unread again.

The log tells nothing of it: what somebody reads is theirs alone. Everything here is for one's own lines; a number of
somebody else's line is as one that does not exist.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from accounts.transactions import atomic_with_retry
from forum.choices import NotificationKind
from forum.effects import inboxes
from forum.models import Bundle, Notification, Person, Post
from forum.models.notifications import BundleQuerySet

# What stands elsewhere than on the page of the question it is about.
_ELSEWHERE = (NotificationKind.MESSAGE, NotificationKind.REPORTED, NotificationKind.POINTS)


@atomic_with_retry
def mark_read(member: Person, bundle_ids: Iterable[int]) -> bool:
    """Leave these lines of `member` read; return whether any was not."""
    lines = Bundle.objects.filter(pk__in=list(bundle_ids))
    return _read(lines, member) is not None


@atomic_with_retry
def mark_unread(member: Person, bundle_ids: Iterable[int]) -> bool:
    """Leave these lines of `member` unread, unless a new one about the same has begun; return whether any changed."""
    lines = Bundle.objects.filter(pk__in=list(bundle_ids))
    return bool(inboxes.unread(lines, member)) if isinstance(member, User) else False


@atomic_with_retry
def mark_thread_read(member: Person, question: Post, *, before: datetime) -> bool:
    """Leave read what `member` was told, until `before`, of a question and what is below it; return whether any was."""
    told = Bundle.objects.filter(Q(post=question.pk) | Q(post__question=question.pk), latest_at__lte=before)
    return _read(told.exclude(kind__in=_ELSEWHERE), member) is not None


@atomic_with_retry
def mark_all_read(member: Person, *, up_to: int) -> datetime | None:
    """Leave read every line of `member` without a notification after `up_to`, the last one their page knew.

    Return the moment that now stands in the lines, by which `unmark_all_read` finds them; None when all were read.
    """
    since = Notification.objects.standing().filter(bundle=OuterRef("pk"), pk__gt=up_to)
    return _read(Bundle.objects.exclude(Exists(since)), member)


@atomic_with_retry
def unmark_all_read(member: Person, read_at: datetime) -> int:
    """Leave unread what `member` marked as read at exactly this moment; return how many lines."""
    return inboxes.unread(Bundle.objects.filter(read_at=read_at), member) if isinstance(member, User) else 0


def _read(lines: BundleQuerySet, member: Person) -> datetime | None:
    return inboxes.read(lines, member) if isinstance(member, User) else None
