"""Keep true how many lines of their inbox each member has not read; every page shows the number."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import User
from forum.models import Bundle
from forum.models.notifications import BundleQuerySet


def recount_unread(member_ids: Iterable[int]) -> None:
    """Set the number of unread lines of these members from their rows, all in one statement."""
    ids = sorted(set(member_ids))
    # Locked in order of id, as everywhere that several members change.
    list(User.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").values_list("pk", flat=True))
    lines = Bundle.objects.unread().filter(recipient=OuterRef("pk")).order_by().values("recipient")
    counted = lines.annotate(number=Count("pk")).values("number")
    User.objects.filter(pk__in=ids).update(unread_notifications=Coalesce(Subquery(counted), 0))


def read(lines: BundleQuerySet, member: User) -> datetime | None:
    """Say that `member` has read those of `lines` that are unread lines of theirs; return when, or None for none.

    Lines are locked before members, as where notifications are made.
    """
    unread = lines.filter(recipient=member).unread()
    _lock(unread)
    now = timezone.now()
    if not unread.update(read_at=now):
        return None
    recount_unread([member.pk])
    return now


def unread(lines: BundleQuerySet, member: User) -> int:
    """Let `member` find these lines of theirs unread again; return how many.

    Where a new line about the same thing has begun meanwhile, it stands for the old one.
    """
    newer = Bundle.objects.filter(
        recipient=member, kind=OuterRef("kind"), subject=OuterRef("subject"), read_at=None
    ).order_by()
    seen = lines.filter(recipient=member, count__gt=0, read_at__isnull=False).exclude(Exists(newer))
    _lock(seen)
    changed = seen.update(read_at=None)
    if changed:
        recount_unread([member.pk])
    return changed


def _lock(lines: BundleQuerySet) -> None:
    list(lines.select_for_update(no_key=True, of=("self",)).order_by("pk").values_list("pk", flat=True))
