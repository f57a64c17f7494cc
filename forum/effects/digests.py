"""Summaries: when each member's is due by their own clock, and what it says when it leaves."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from textwrap import shorten

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from forum.choices import MailChannel, MailKind, NotificationKind, Rhythm
from forum.effects import clocks, mails, quiet
from forum.effects.envelopes import Letter
from forum.effects.mail_layout import Button, Group, Sheet, Told, letter
from forum.effects.mail_lines import Line, lines_of
from forum.limits import DIGEST_DAYS, DIGEST_LINES
from forum.models import Mail, Notification, Preferences
from forum.models.notifications import NotificationQuerySet
from forum.tellings import Telling

_CHUNK = 200
_WORDS_LENGTH = 120
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
    zone = quiet.zone_of(member)
    moment = clocks.last_digest_moment(preferences, zone, now)
    if clocks.is_quiet(preferences, zone, now):
        return False
    waiting = _waiting(now).filter(recipient=member)
    if preferences.rhythm == Rhythm.DAILY and not clocks.is_weekly_day(zone, moment):
        waiting = waiting.filter(mail_channel=MailChannel.DAILY)
    # What came after the hour waits for the next one: else a summary would leave for each single thing of an evening.
    if not waiting.filter(created_at__lt=moment).exists():
        return False
    return _queue(member, waiting, moment.astimezone(zone).date().isoformat(), now)


@transaction.atomic
def _queue(member: User, waiting: NotificationQuerySet, day: str, now: datetime) -> bool:
    mail = mails.queue(f"digest:{member.pk}:{day}", MailKind.DIGEST, member.email, member=member)
    if mail is None:
        return False
    ids = waiting.order_by().values("pk")
    Notification.objects.filter(pk__in=ids, mail=None).update(mail=mail)
    Preferences.objects.update_or_create(member=member, defaults={"digested_at": now})
    return True


def write(mail: Mail) -> Letter | None:
    """Return the summary as it is now, or None when everything in it was read, muted or taken down meanwhile."""
    member = mail.member
    if member is None or member.closed_at is not None or not member.is_active:
        return None
    lines = lines_of(mail.notifications.all(), member)
    if not lines:
        return None
    shown, count = lines[:DIGEST_LINES], sum(line.count for line in lines)
    heading = Telling("mail", f"{count} new thing{'' if count == 1 else 's'} for you")
    more = len(lines) - len(shown)
    is_weekly = Preferences.objects.filter(member=member, rhythm=Rhythm.WEEKLY).exists()
    return letter(
        Sheet(
            # Never a title: it would stand on a screen that others see.
            subject=f"Your summary: {heading.sentence}",
            preview=_preview(shown),
            heading=heading,
            groups=_groups(shown),
            more=Button(f"And {more} more in your inbox", "/inbox/") if more else None,
            button=Button("Open your inbox", "/inbox/"),
            why=f"You get this summary once a {'week' if is_weekly else 'day'}, when there is something.",
            choose=Button("Choose what is in it, and when it comes", "/settings/notifications/"),
            stop=Button("Stop these summaries", f"/mail/stop/{mail.token}/"),
        )
    )


def _groups(lines: Sequence[Line]) -> tuple[Group, ...]:
    """Return the lines by question, each where the first of its lines stands; those about none stand together."""
    threads: dict[int | None, list[Line]] = {}
    for line in lines:
        threads.setdefault(line.thread_id, []).append(line)
    return tuple(_group(below) for below in threads.values())


def _group(lines: Sequence[Line]) -> Group:
    first = lines[0]
    told = tuple(Told(line.telling_below_title, line.path, _short(line) if line.count == 1 else "") for line in lines)
    if first.thread_id is None:
        return Group("", "", told)
    untold = "One of your questions" if first.is_own else "A question"
    return Group(first.title or untold, f"/{first.thread_id}/", told)


def _short(line: Line) -> str:
    """Return the first words alone: a summary is gone through, not read."""
    return shorten(line.excerpt, _WORDS_LENGTH, placeholder=" …")


def _preview(lines: Sequence[Line]) -> str:
    """Return what the summary is of, in numbers alone."""
    answers = sum(line.count for line in lines if line.kind == NotificationKind.ANSWERED)
    questions = sum(line.count for line in lines if line.kind == NotificationKind.NEW_QUESTION)
    parts = [
        f"{answers} new answer{'' if answers == 1 else 's'} to your questions" if answers else "",
        f"{questions} new post{'' if questions == 1 else 's'} you may want to read" if questions else "",
    ]
    return ", ".join(part for part in parts if part) or "Open it when it suits you."
