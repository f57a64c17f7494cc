"""Mails that came back: where they lie, and what each says about which mail of ours."""

import email
import imaplib
import mailbox
import ssl
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.message import Message
from email.utils import getaddresses
from pathlib import Path
from urllib.parse import unquote, urlsplit
from uuid import UUID

from flufl.bounce import all_failures

from forum import tokens

# Where servers and mailboxes write whom a mail was for.
_RECIPIENTS = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "To", "Cc")
_SECONDS = 30
_PORT, _TLS_PORT = 143, 993
UNREADABLE = (imaplib.IMAP4.error, mailbox.Error, OSError)


@dataclass(frozen=True)
class Lesson:
    """That the mail of this token came back, for good or for now, and what the other server said."""

    token: UUID
    is_hard: bool
    said: str


def lesson_of(mail: Message) -> Lesson | None:
    """Return what a mail teaches; None for one that is to no address we signed, or that reports nothing.

    Only what came to a signed address is read any further: anybody can write to the mailbox.
    """
    token = _token_of(mail)
    if token is None:
        return None
    for_now, for_good = all_failures(mail)
    if not for_now and not for_good:
        return None  # a holiday note
    return Lesson(token, is_hard=bool(for_good), said=_said(mail))


def in_mbox(path: str) -> Iterator[Message]:
    """Return the mails of a mailbox file, which stays as it is."""
    box = mailbox.mbox(path, create=False)
    try:
        yield from box
    finally:
        box.close()


def in_maildir(path: str) -> Iterator[Message]:
    """Return the mails of a folder that nobody has read, and mark each as read once it was looked at."""
    if not Path(path, "new").is_dir():
        raise mailbox.NoSuchMailboxError(path)
    box = mailbox.Maildir(path, create=False)
    for key in box.keys():  # noqa: SIM118  a mailbox's own, of when it was opened: marking changes it
        mail = box[key]
        if "S" in mail.get_flags():
            continue
        yield mail
        mail.set_subdir("cur")
        mail.add_flag("S")
        box[key] = mail


def in_imap(url: str) -> Iterator[Message]:
    """Return the mails that nobody has read in a mailbox elsewhere, and mark each as read once it was looked at."""
    place = urlsplit(url)
    with _connected(place.scheme, str(place.hostname), place.port) as server:
        server.login(unquote(place.username or ""), unquote(place.password or ""))
        chosen, said = server.select(unquote(place.path.strip("/")) or "INBOX")
        if chosen != "OK":
            raise imaplib.IMAP4.error(str(said))
        _, found = server.uid("SEARCH", "UNSEEN")
        for number in (found[0] or b"").split():
            _, parts = server.uid("FETCH", number.decode(), "(BODY.PEEK[])")
            words = next((part[1] for part in parts if isinstance(part, tuple)), b"")
            yield email.message_from_bytes(words)
            server.uid("STORE", number.decode(), "+FLAGS", r"(\Seen)")


def _connected(scheme: str, host: str, port: int | None) -> imaplib.IMAP4:
    if scheme == "imap":
        return imaplib.IMAP4(host, port or _PORT, timeout=_SECONDS)
    context = ssl.create_default_context()
    return imaplib.IMAP4_SSL(host, port or _TLS_PORT, ssl_context=context, timeout=_SECONDS)


def _token_of(mail: Message) -> UUID | None:
    written = [str(value) for name in _RECIPIENTS for value in mail.get_all(name, [])]
    addresses: Iterable[str] = (address for _, address in getaddresses(written))
    return next(filter(None, map(tokens.read_bounce_address, addresses)), None)


def _said(mail: Message) -> str:
    """Return what the other server said, where the report has it in a field of its own (RFC 3464)."""
    fields = (part.get("Diagnostic-Code") for part in mail.walk())
    return next((str(field) for field in fields if field), "")
