"""Write to a moderator that somebody may be in danger, with nothing of the post, its title or its author."""

from forum.effects.envelopes import Letter
from forum.effects.line_words import case_path
from forum.effects.mail_layout import Button, Sheet, letter
from forum.models import Case, Mail
from forum.tellings import Telling


def write(mail: Mail) -> Letter | None:
    """Return what `mail` says, or None when the case is decided or its reader looks after the site no more."""
    member, event = mail.member, mail.event
    if member is None or event is None or not member.is_moderator:
        return None
    number = event.data.get("case", 0)
    if not Case.objects.open().filter(pk=number).exists():
        return None
    return letter(
        Sheet(
            subject="Please check the moderation queue now",
            preview="It can’t wait.",
            heading=Telling("buoy", "A moderator is needed now"),
            paragraphs=(
                "There’s an urgent case in the queue: someone may be in danger.",
                "If you can’t look at it now, hand it over or leave it. Every moderator got this email.",
            ),
            button=Button("Open the case", case_path(str(number))),
            why="All moderators get this email right away, at any hour.",
        )
    )
