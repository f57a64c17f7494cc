"""The one look of all mails about what happens here: HTML for programs that show it, and text that reads as well."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from forum import rules
from forum.effects.envelopes import Letter
from forum.tellings import Telling


@dataclass(frozen=True)
class Button:
    """Where a mail leads; `path` is on this site."""

    label: str
    path: str

    @property
    def url(self) -> str:
        """The whole address."""
        return f"{settings.SITE_URL}{self.path}"


@dataclass(frozen=True)
class Told:
    """One line of a list: what happened, where, and the first words of it."""

    telling: Telling
    path: str
    excerpt: str = ""

    @property
    def url(self) -> str:
        """The whole address."""
        return f"{settings.SITE_URL}{self.path}"


@dataclass(frozen=True)
class Group:
    """What happened about one thing; without a title the lines stand alone."""

    title: str
    path: str
    lines: tuple[Told, ...]

    @property
    def url(self) -> str:
        """The whole address."""
        return f"{settings.SITE_URL}{self.path}"


@dataclass(frozen=True)
class Sheet:
    """What one mail says, from top to bottom.

    `preview` is what mail programs show beside the subject. `why` says why it came, `stop` how no more of these come.
    """

    subject: str
    preview: str
    heading: Telling
    quote: str = ""
    paragraphs: Sequence[str] = ()
    groups: Sequence[Group] = ()
    more: Button | None = None
    button: Button | None = None
    why: str = ""
    choose: Button | None = None
    stop: Button | None = None
    names_help: bool = True


def letter(sheet: Sheet, *, thread_id: int | None = None) -> Letter:
    """Return `sheet` written down."""
    subject = " ".join(sheet.subject.split())
    context: dict[str, Any] = {
        "sheet": sheet,
        "subject": subject,
        "site_name": rules.site().name,
        "site_url": settings.SITE_URL,
        "help_url": f"{settings.SITE_URL}/help/crisis/" if sheet.names_help else "",
    }
    return Letter(
        subject,
        text=render_to_string("email/letter.txt", context).strip() + "\n",
        html=render_to_string("email/letter.html", context),
        thread_id=thread_id,
        stop_path=sheet.stop.path if sheet.stop else "",
    )
