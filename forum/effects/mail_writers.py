"""Who writes which kind of mail: the one place that knows all of them."""

from collections.abc import Callable

from forum.choices import MailKind
from forum.effects import alarm_letters, digest_letters, guest_letters, notification_letters
from forum.effects.envelopes import Letter
from forum.models import Mail

# A writer returns None when there is nothing to say any more. It reads only; whoever writes a mail queues none.
Writer = Callable[[Mail], Letter | None]


def write(mail: Mail) -> Letter | None:
    """Return what `mail` says, from what can be read now."""
    return WRITERS[MailKind(mail.kind)](mail)


def _account(mail: Mail) -> Letter | None:
    """Mails about accounts come with their words."""
    words = mail.content
    return Letter(words["subject"], words["text"], words["html"]) if words else None


WRITERS: dict[MailKind, Writer] = {
    MailKind.ACCOUNT: _account,
    MailKind.URGENT: alarm_letters.write,
    MailKind.NOTIFICATION: notification_letters.write,
    MailKind.DIGEST: digest_letters.write,
    MailKind.GUEST: guest_letters.write_to_guest,
    MailKind.FOLLOW: guest_letters.write_to_follower,
}
