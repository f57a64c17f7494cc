"""The mails that a site without a mail server leaves as files in its data folder, to be read in the administration.

Codes and the like can be read there by administrators. What tells somebody of something is for its reader alone: an
answer to an anonymous question is told to whoever asked it.
"""

import email
import email.policy
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage, Message
from email.utils import parseaddr
from pathlib import Path

from django.conf import settings

_FILE_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
_BETWEEN = "-" * 79  # what the backend writes behind each mail
_OF_OTHERS = "This email is private to the person it was sent to."
_FILES_MOST = 100
_BYTES_MOST = 1_000_000
_BYTES_OF_HEADERS = 8_000


@dataclass(frozen=True)
class MailFile:
    """One file, as the list shows it: what its first mail is about, and to whom it goes, where its reader may know."""

    name: str
    written_at: datetime
    subject: str = ""
    address: str = ""


@dataclass(frozen=True)
class ReadMail:
    """One mail of a file: its headers in order, and its words."""

    headers: list[tuple[str, str]]
    text: str


def are_kept() -> bool:
    """Say whether mails become files here, because no mail server is set."""
    return str(settings.EMAIL_BACKEND) == _FILE_BACKEND


def newest(*, reader: str) -> list[MailFile]:
    """Return the newest hundred files, as whoever has the address `reader` may see them."""
    found = sorted(((file.stat().st_mtime, file) for file in _files()), reverse=True)
    return [_listed(file, datetime.fromtimestamp(at, tz=UTC), reader) for at, file in found[:_FILES_MOST]]


def read(name: str, *, reader: str) -> list[ReadMail] | None:
    """Return the mails in the file of this name as whoever has the address `reader` may read them.

    None when the folder itself holds no such file.
    The name is looked for among those that are there, and never made a path of.
    """
    file = next((file for file in _files() if file.name == name), None)
    if file is None:
        return None
    with file.open("rb") as opened:
        words = opened.read(_BYTES_MOST).decode("utf-8", "replace")
    return [_mail(part.strip(), reader) for part in words.split(_BETWEEN) if part.strip()]


def _files() -> list[Path]:
    folder = Path(str(getattr(settings, "EMAIL_FILE_PATH", "")))
    if not folder.is_dir():
        return []
    return [file for file in folder.iterdir() if file.is_file() and not file.is_symlink()]


def _listed(file: Path, written_at: datetime, reader: str) -> MailFile:
    with file.open("rb") as opened:
        mail = email.message_from_bytes(opened.read(_BYTES_OF_HEADERS), policy=email.policy.default)
    if _is_of_others(mail, reader):
        return MailFile(file.name, written_at)
    return MailFile(file.name, written_at, str(mail.get("Subject", "")), str(mail.get("To", "")))


def _is_of_others(mail: Message, reader: str) -> bool:
    """Say whether a mail is for somebody else alone; every one that is not about an account can be stopped."""
    return "List-Unsubscribe" in mail and parseaddr(str(mail["To"]))[1].casefold() != reader.casefold()


def _mail(words: str, reader: str) -> ReadMail:
    mail = email.message_from_string(words, _class=EmailMessage, policy=email.policy.default)
    if _is_of_others(mail, reader):
        return ReadMail([("Date", str(mail["Date"]))], _OF_OTHERS)
    body = mail.get_body(preferencelist=("plain",))
    return ReadMail([(name, str(value)) for name, value in mail.items()], body.get_content() if body else "")
