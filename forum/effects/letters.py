"""Take back what the author of a post was asked or told; the message itself goes with the act's conclusion."""

from forum.effects.log import Inverse, Turn

_TURNS = {
    "author.asked": "author.asking_withdrawn",
    "author.asking_withdrawn": "author.asked",
    "author.cared_for": "author.care_withdrawn",
    "author.care_withdrawn": "author.cared_for",
}

INVERSES: dict[str, Inverse] = {
    verb: lambda _entry, _actor, _reason, turned=turned: Turn(turned) for verb, turned in _TURNS.items()
}
