"""Summaries: when each member's is due by their own clock; what it says is written when it leaves."""

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from accounts.transactions import atomic_with_retry
from forum.choices import MailChannel, MailKind, Rhythm
from forum.effects import clocks, mails
from forum.limits import DIGEST_DAYS
from forum.models import Notification, Preferences
from forum.models.notifications import NotificationQuerySet

_CHUNK = 200
_IN_DIGESTS = (MailChannel.DAILY, MailChannel.WEEKLY)


def send_due(now: datetime | None = None) -> int:
    """Queue the summary of every member whose hour has passed and for whom something waits; return how many.

    Each leaves once for a day of theirs, whatever runs twice. One that the site slept through leaves later.
    """
    now = now or timezone.now()
    last, count = 0, 0
    while ids := _members_after(last, now):
        last = ids[-1]
        preferences = Preferences.objects.in_bulk(ids)
        for member in User.objects.open().filter(pk__in=ids, is_active=True).order_by("pk"):
            count += _send(member, preferences.get(member.pk) or Preferences(member=member), now)
    return count


def _members_after(last: int, now: datetime) -> list[int]:
    """Return the next members for whom something waits and who want summaries, to a chunk."""
    members = (
        _waiting(now)
        .filter(recipient__gt=last, recipient__mail_refused_at=None)
        .exclude(recipient__preferences__rhythm=Rhythm.NEVER)
        .exclude(recipient__email="")
    )
    return list(members.order_by("recipient").values_list("recipient", flat=True).distinct()[:_CHUNK])


def _waiting(now: datetime) -> NotificationQuerySet:
    """Return what waits for a summary and was not read on the site; what is older than that is no news any more."""
    since = now - timedelta(days=DIGEST_DAYS)
    waiting = Notification.objects.standing().filter(mail=None, mail_channel__in=_IN_DIGESTS, created_at__gte=since)
    return waiting.filter(Q(bundle=None) | Q(bundle__read_at=None))


def _send(member: User, preferences: Preferences, now: datetime) -> bool:
    zone = clocks.zone_of(member)
    moment = clocks.last_digest_moment(preferences, zone, now)
    if clocks.end_of_quiet(preferences, zone, now) != now:
        return False
    waiting = _waiting(now).filter(recipient=member)
    if preferences.rhythm == Rhythm.DAILY and not clocks.is_weekly_day(zone, moment):
        waiting = waiting.filter(mail_channel=MailChannel.DAILY)
    # What came after the hour waits for the next one: else a summary would leave for each single thing of an evening.
    if not waiting.filter(created_at__lt=moment).exists():
        return False
    return _queue(member, waiting, moment.astimezone(zone).date().isoformat(), now)


@atomic_with_retry
def _queue(member: User, waiting: NotificationQuerySet, day: str, now: datetime) -> bool:
    mail = mails.queue(f"digest:{member.pk}:{day}", MailKind.DIGEST, member.email, member=member)
    if mail is None:
        return False
    ids = waiting.order_by().values("pk")
    Notification.objects.filter(pk__in=ids, mail=None).update(mail=mail)
    Preferences.objects.update_or_create(member=member, defaults={"digested_at": now})
    return True
