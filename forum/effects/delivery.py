"""Take one mail to the mail server, and say what became of it; writes nothing."""

import re
from dataclasses import dataclass
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused

from allauth.account.models import EmailAddress

from accounts.models import User
from forum.choices import MailKind, MailState
from forum.effects import mail_writers
from forum.effects.envelopes import envelope
from forum.models import Block, Mail

_FOR_GOOD = 500  # from here on a server's answer is its last word
# RFC 3463: 5.1 and 5.2 are about the address; 5.7 is about what the server lets whom send, and others about the mail.
_ABOUT_THE_ADDRESS = re.compile(r"5\.(?:1\.(?:1|2|3|6|10)|2\.1)\b")
_ENHANCED = re.compile(r"[245]\.\d{1,3}\.\d{1,3}\b")
_NOTHING = "There was nothing left to say."


@dataclass(frozen=True)
class Outcome:
    """What became of one attempt: sent, not sent for a reason, given up, or (queued) to be tried again."""

    state: MailState
    said: str = ""
    is_hard_bounce: bool = False


def attempt(mail: Mail) -> Outcome:
    """Write `mail` and hand it to the mail server, unless it should not leave; what is a bug is raised."""
    refusal = _refusal(mail)
    if refusal:
        return Outcome(MailState.SKIPPED, refusal)
    letter = mail_writers.write(mail)
    if letter is None:
        return Outcome(MailState.SKIPPED, _NOTHING)
    try:
        envelope(mail, letter).send()
    except SMTPRecipientsRefused as error:
        return _refused(*next(iter(error.recipients.values())), is_about_the_address=True)
    except SMTPDataError as error:
        return _refused(error.smtp_code, error.smtp_error, is_about_the_address=False)
    except (SMTPException, OSError) as error:
        # The server is away, or wants something of us (a password, another sender): whoever owns the site sees to it.
        return Outcome(MailState.QUEUED, f"{type(error).__name__}: {error}")
    return Outcome(MailState.SENT)


def _refused(code: int, answer: bytes | str, *, is_about_the_address: bool) -> Outcome:
    """Say what a server's no means: try again, or never; and whether it is the address that does not exist."""
    said = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    if code < _FOR_GOOD:
        return Outcome(MailState.QUEUED, f"{code} {said}")
    tells = _ENHANCED.search(said)
    is_hard = bool(_ABOUT_THE_ADDRESS.match(tells[0])) if tells else is_about_the_address
    return Outcome(MailState.DEAD, f"{code} {said}", is_hard_bounce=is_hard)


def _refusal(mail: Mail) -> str:
    """Return why nothing may be sent there, or nothing. Mails about accounts go wherever they were asked for."""
    if mail.kind == MailKind.ACCOUNT:
        return ""
    if Block.objects.holding().of_email(mail.address).exists():
        return "The address is blocked."
    if mail.member is not None:
        return _member_refusal(mail, mail.member)
    if mail.guest is not None:
        return "" if mail.guest.email.lower() == mail.address.lower() else "The guest stopped these emails."
    if mail.mail_follow is not None:
        return _follow_refusal(mail)
    return "It has no recipient."


def _member_refusal(mail: Mail, member: User) -> str:
    if member.closed_at is not None or not member.is_active:
        return "The account is closed."
    if member.mail_refused_at is not None:
        return "Emails to this member bounce."
    confirmed = EmailAddress.objects.filter(user=member, email__iexact=mail.address, verified=True)
    is_theirs = member.email.lower() == mail.address.lower()
    return "" if is_theirs and confirmed.exists() else "The address isn’t the member’s, or isn’t confirmed."


def _follow_refusal(mail: Mail) -> str:
    follow = mail.mail_follow
    assert follow is not None  # asked before
    if follow.stopped_at is not None:
        return "They stopped these emails."
    # One mail asks them; until they have said yes there is no second. Who stopped and began again is asked anew.
    sent = Mail.objects.filter(mail_follow=follow, state=MailState.SENT, created_at__gte=follow.created_at)
    was_asked = sent.exclude(pk=mail.pk)
    return "The address is not confirmed." if follow.confirmed_at is None and was_asked.exists() else ""
