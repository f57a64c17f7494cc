"""What a summary says when it leaves: what is still new to its reader, by question, what matters to them first."""

from collections.abc import Sequence
from textwrap import shorten

from forum.choices import NotificationKind, Rhythm
from forum.effects.envelopes import Letter
from forum.effects.mail_layout import Button, Group, Sheet, Told, letter
from forum.effects.mail_lines import Line, lines_of
from forum.limits import DIGEST_LINES
from forum.models import Mail, Preferences
from forum.tellings import Telling

_WORDS_LENGTH = 120


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
            why=f"You get this summary once a {'week' if is_weekly else 'day'}, when there’s news.",
            choose=Button("Choose what’s in it and how often it comes", "/settings/notifications/"),
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
