"""Queue mails about accounts, send one again that was given up, and draw the lesson from those that come back."""

from uuid import UUID, uuid4

from django.utils import timezone

from accounts.models import User
from accounts.transactions import atomic_with_retry
from forum import permissions, rules
from forum.choices import MailKind, MailState
from forum.effects import bounces, mails
from forum.models import Mail

_ERROR_LENGTH = 500


@atomic_with_retry
def queue_account_mail(address: str, *, subject: str, text: str, html: str, member: User | None = None) -> None:
    """Send this mail about an account as soon as it can be, ahead of all others; each call is one mail."""
    words = {"subject": subject, "text": text, "html": html}
    mails.queue(f"account:{uuid4().hex}", MailKind.ACCOUNT, address, member=member, content=words)


@atomic_with_retry
def resend_mail(actor: User, mail: Mail) -> bool:
    """Try a mail again that was given up, from its first pause on; False when it waits or has left."""
    permissions.require(permissions.can_configure(actor, rules.current()))
    locked = Mail.objects.select_for_update(no_key=True).get(pk=mail.pk)
    if locked.state != MailState.DEAD:
        return False
    locked.state, locked.due_at, locked.attempts = MailState.QUEUED, timezone.now(), 0
    locked.leased_until = locked.bounced_at = None
    locked.save(update_fields=["state", "due_at", "attempts", "leased_until", "bounced_at"])
    mails.plan(locked)
    return True


@atomic_with_retry
def record_bounce(token: UUID, *, is_hard: bool, said: str = "") -> bool:
    """Note that the mail of this token came back; for good: send its reader nothing more. Again changes nothing.

    Return whether anything changed. Whoever calls it has proved that the token is ours, or shares a secret with us.
    """
    mail = Mail.objects.select_for_update(no_key=True).filter(token=token).first()
    if mail is None or mail.bounced_at is not None:
        return False
    error = mails.without_addresses(f"Bounced{'' if is_hard else ' for now'}. {said}")[:_ERROR_LENGTH]
    if is_hard:
        bounces.bounce(mail)
    elif mail.last_error == error:
        return False
    return bool(Mail.objects.filter(pk=mail.pk).update(last_error=error))


@atomic_with_retry
def trust_address(member: User) -> bool:
    """Send mails to `member` again, who has looked after their address; False when none came back."""
    changed = User.objects.filter(pk=member.pk).exclude(mail_refused_at=None).update(mail_refused_at=None)
    member.mail_refused_at = None
    return bool(changed)
