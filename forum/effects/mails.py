"""Put mails into the queue, and send them from there: what leaves, when, and what becomes of it."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django_tasks import task

from accounts.models import User
from forum.choices import MailKind
from forum.models import Event, Guest, Mail, MailFollow

_FIRST, _SOON = 100, 0  # priorities: codes and resets go ahead of everything else


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


def plan(mail: Mail) -> None:
    """Have a worker deliver `mail` when it is due, account mails before all others."""
    priority = _FIRST if mail.kind == MailKind.ACCOUNT else _SOON
    run_after = mail.due_at if mail.due_at > timezone.now() else None
    deliver_mail.using(priority=priority, run_after=run_after).enqueue(mail.pk)


@task()
def deliver_mail(mail_id: int) -> str:
    """Send one mail that is due; a second run of the same changes nothing."""
    raise NotImplementedError
