"""Team activity last, for the side of the queue."""

from dataclasses import dataclass
from datetime import datetime

from forum.models import LogEntry, Person
from forum.queries.log_words import NEEDED, Sentence, sentence_of

_LINES = 5


@dataclass(frozen=True)
class Deed:
    """One act of the team, as the log says it."""

    sentence: Sentence
    reason: str
    created_at: datetime


def get_trail(viewer: Person) -> tuple[Deed, ...]:
    """Return the last acts; moderators see them, and helpers see the queue alone."""
    if not viewer.is_moderator:
        return ()
    entries = LogEntry.objects.select_related(*NEEDED).newest_first()[:_LINES]
    return tuple(Deed(sentence_of(entry, viewer), entry.text.reason, entry.created_at) for entry in entries)
