"""Put a letter into its envelope: the headers by which mail programs group it, and by which its reader stops it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from email.charset import QP, Charset
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from forum import tokens
from forum.models import Mail


@dataclass(frozen=True)
class Letter:
    """What one mail says, before it has an envelope.

    `thread_id` is the question whose mails belong together; `stop_path` is the path that stops mails like this one
    without signing in. Nothing in it, headers included, may name an account that its reader must not know.
    """

    subject: str
    text: str
    html: str
    headers: Mapping[str, str] = field(default_factory=dict)
    thread_id: int | None = None
    stop_path: str = ""


def envelope(mail: Mail, letter: Letter) -> EmailMultiAlternatives:
    """Return `letter` ready to leave as `mail`; made again, it has the same Message-ID."""
    headers = {
        "From": settings.DEFAULT_FROM_EMAIL,
        "Message-ID": f"<{mail.token.hex}@{_host()}>",
        "Auto-Submitted": "auto-generated",  # RFC 3834: no holiday notes come back
        **_thread(letter),
        **_list(letter),
        **letter.headers,
    }
    message = EmailMultiAlternatives(
        _one_line(letter.subject),
        letter.text,
        _return_address(mail),
        [mail.address],
        headers={name: _one_line(value) for name, value in headers.items()},
    )
    message.attach_alternative(letter.html, "text/html")
    # Lines of ASCII, for servers that know nothing else.
    charset = Charset("utf-8")
    charset.body_encoding = QP
    message.encoding = charset
    return message


def _return_address(mail: Mail) -> str:
    """Return whom servers answer: an address that tells which mail came back, where the owner has a mailbox for it."""
    return tokens.bounce_address(mail.token) or settings.DEFAULT_FROM_EMAIL


def _thread(letter: Letter) -> dict[str, str]:
    if letter.thread_id is None:
        return {}
    root = f"<question-{letter.thread_id}@{_host()}>"  # of no mail: whichever comes first begins the thread
    return {"In-Reply-To": root, "References": root}


def _list(letter: Letter) -> dict[str, str]:
    if not letter.stop_path:
        return {}
    return {
        "List-Id": f"<questions.{_host()}>",
        "List-Unsubscribe": f"<{settings.SITE_URL}{letter.stop_path}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",  # RFC 8058
    }


def _host() -> str:
    """Return the host that names our mails: the sender's."""
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return sender.rpartition("@")[2] or str(urlsplit(settings.SITE_URL).hostname)


def _one_line(text: str) -> str:
    return " ".join(text.split())
