"""Take back what the author of a post was asked or told; the message itself goes with the act's conclusion."""

from accounts.models import User
from forum.effects.log import Inverse, Turn
from forum.models import LogEntry

_TURNS = {
    "author.asked": "author.asking_withdrawn",
    "author.asking_withdrawn": "author.asked",
    "author.cared_for": "author.care_withdrawn",
    "author.care_withdrawn": "author.cared_for",
}


def _turned(entry: LogEntry, actor: User, reason: str) -> Turn:
    return Turn(_TURNS[entry.verb])


INVERSES: dict[str, Inverse] = dict.fromkeys(_TURNS, _turned)
