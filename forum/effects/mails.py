"""Put mails into the queue, and send them from there: what leaves, when, and what becomes of it."""

import logging
import re
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from accounts.transactions import atomic_with_retry
from forum.choices import MailKind, MailState
from forum.effects import bounces, clocks, delivery
from forum.effects.delivery import Outcome
from forum.models import Event, Guest, Mail, MailFollow

_FIRST, _SOON = 100, 0  # priorities: codes, resets and what is about danger go ahead of everything else
_AT_ONCE = (MailKind.ACCOUNT, MailKind.URGENT)
_LEASE = timedelta(minutes=2)  # longer than the slowest server may take: EMAIL_TIMEOUT for each of eleven answers
_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)
_PAUSES = (_MINUTE, 5 * _MINUTE, 15 * _MINUTE, _HOUR, 4 * _HOUR, 12 * _HOUR, 24 * _HOUR)
# Somebody waits for a code, and asks for another when it does not come; a day later it is good for nothing.
_ACCOUNT_PAUSES = (timedelta(seconds=15), _MINUTE, 5 * _MINUTE, 15 * _MINUTE, _HOUR)
_URGENT_PAUSES = (timedelta(seconds=15), *_PAUSES)
_GRACE = _MINUTE  # a mail that is due for less has its job still before it
_OVERDUE_MOST = 5_000
_ERROR_LENGTH = 500
_KILLED = "The worker was stopped each time it tried."
_log = logging.getLogger(__name__)
_ADDRESS = re.compile(r"[^\s<>@,:;]+@[^\s<>,:;]+")


def queue(
    key: str,
    kind: MailKind,
    address: str,
    *,
    member: User | None = None,
    guest: Guest | None = None,
    mail_follow: MailFollow | None = None,
    event: Event | None = None,
    content: dict[str, Any] | None = None,
    due_at: datetime | None = None,
) -> Mail | None:
    """Let one mail leave at `due_at` or at once, in the caller's transaction; None when `key` is queued already."""
    mail, is_new = Mail.objects.get_or_create(
        key=key,
        defaults={
            "kind": kind,
            "address": address,
            "member": member,
            "guest": guest,
            "mail_follow": mail_follow,
            "event": event,
            "content": content or {},
            "due_at": due_at or timezone.now(),
        },
    )
    if not is_new:
        return None
    plan(mail)
    return mail


def plan(mail: Mail, *, at: datetime | None = None) -> None:
    """Have a worker deliver `mail` when it is due (or `at`), what cannot wait before all others."""
    at = at or mail.due_at
    priority = _FIRST if mail.kind in _AT_ONCE else _SOON
    run_after = at if at > timezone.now() else None
    deliver_mail.using(priority=priority, run_after=run_after).enqueue(mail.pk)


@atomic_with_retry
def plan_overdue() -> int:
    """Give each mail that is due and has no job any more a new one; return how many."""
    now = timezone.now()
    planned = _planned()
    due = Mail.objects.queued().filter(due_at__lt=now - _GRACE).order_by("due_at", "pk")
    lost = [mail for mail in due[:_OVERDUE_MOST] if mail.pk not in planned]
    for mail in lost:
        plan(mail)
    return len(lost)


@task()
def deliver_mail(mail_id: int) -> str:
    """Send one mail that is due; a second run of the same changes nothing."""
    mail = _claim(mail_id)
    if mail is None:
        return "Nothing to send now."
    try:
        outcome = delivery.attempt(mail)
    except Exception as error:
        # A bug, whose trace the job keeps; it must not hold this mail up for ever, nor lose it.
        _note(mail, Outcome(MailState.QUEUED, f"{type(error).__name__}: {error}"))
        raise
    return _note(mail, outcome)


def without_addresses(said: str) -> str:
    """Return what a server said without anybody's address, in one line, to be read by who looks after the site."""
    shown = "".join(sign if sign.isprintable() else " " for sign in said)  # no database keeps every sign
    return " ".join(_ADDRESS.sub("…", shown).split())


def _planned() -> set[int]:
    """Return the mails that a job waits or works for."""
    jobs = DBTaskResult.objects.filter(
        task_path=deliver_mail.module_path, status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING]
    )
    return {args["args"][0] for args in jobs.values_list("args_kwargs", flat=True).iterator()}


@atomic_with_retry
def _claim(mail_id: int) -> Mail | None:
    """Return the mail for this worker alone until its lease is over; None when it is not to be sent (now)."""
    now = timezone.now()
    mail = Mail.objects.select_for_update(no_key=True).filter(pk=mail_id).first()
    if mail is None or mail.state != MailState.QUEUED:
        return None
    if mail.due_at > now:
        return None  # it was put off, and has a job for then
    if mail.leased_until is not None and mail.leased_until > now:
        plan(mail, at=mail.leased_until)  # whoever sends it may have been killed
        return None
    if mail.attempts > len(_pauses(mail)):
        mail.state, mail.last_error = MailState.DEAD, _KILLED
        mail.save(update_fields=["state", "last_error"])
        return None
    mail.leased_until = now + _LEASE
    mail.attempts += 1
    mail.save(update_fields=["leased_until", "attempts"])
    return mail


@atomic_with_retry
def _note(mail: Mail, outcome: Outcome) -> str:
    """Write down what became of this attempt, and return it in a word."""
    locked = Mail.objects.select_for_update(no_key=True).get(pk=mail.pk)
    if locked.state == MailState.SENT:
        return "Already sent by another worker."
    if outcome.state != MailState.SENT and locked.attempts != mail.attempts:
        return "Another worker is already trying."
    locked.leased_until = None
    locked.last_error = without_addresses(outcome.said)[:_ERROR_LENGTH]
    locked.state = outcome.state
    if outcome.state in {MailState.QUEUED, MailState.DEAD}:
        _log.warning("Email %d was not taken: %s", mail.pk, locked.last_error)
    if outcome.state == MailState.SENT:
        locked.sent_at = timezone.now()
        locked.content = {}
    elif outcome.state == MailState.QUEUED:
        _put_off(locked)
    locked.save(update_fields=["leased_until", "last_error", "state", "sent_at", "content", "due_at"])
    if outcome.is_hard_bounce:
        bounces.bounce(locked)
    return str(MailState(locked.state).label)


def _put_off(mail: Mail) -> None:
    """Let `mail` be tried again after a pause that grows, outside its reader's quiet hours; at last give it up."""
    pauses = _pauses(mail)
    if mail.attempts > len(pauses):
        mail.state = MailState.DEAD
        return
    mail.due_at = timezone.now() + pauses[mail.attempts - 1]
    if mail.member is not None and mail.kind not in _AT_ONCE:
        mail.due_at = clocks.when_to_send(mail.member, mail.due_at)
    plan(mail)


def _pauses(mail: Mail) -> tuple[timedelta, ...]:
    if mail.kind == MailKind.URGENT:
        return _URGENT_PAUSES
    return _ACCOUNT_PAUSES if mail.kind == MailKind.ACCOUNT else _PAUSES
