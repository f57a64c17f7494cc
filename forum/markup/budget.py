"""What one text may cost: counted while it is read, never timed, so one text is always shown or always refused."""

from collections.abc import MutableMapping
from typing import Any, Final, TypeVar

MAX_SOURCE: Final = 30_000
MAX_NESTING: Final = 24
MAX_CELLS: Final = 2_000
MAX_LINKS: Final = 500
MAX_EFFORT: Final = 20_000
"""Tries of the parser, pieces it makes, signs that must be escaped. A dense manual of 30,000 characters takes 4,600."""

_BRACKET: Final = 4  # a bracket may begin a link or a picture: its end and its address are looked for
LINE: Final = 2  # each rule of the parser looks at a line, and most lines become elements
_KEY: Final = "budget"
_ESCAPED: Final = "&<>\xa0"
_Piece = TypeVar("_Piece")


class TextRefused(ValueError):  # noqa: N818 (a refusal is not an error of ours)
    """A text that would take too long to show; the message is the sentence its author reads."""


class Budget:
    """What is left of the effort for one text."""

    def __init__(self, text: str) -> None:
        if len(text) > MAX_SOURCE:
            raise TextRefused(f"Your text is too long. Please keep it under {MAX_SOURCE:,} characters.")
        self._left = MAX_EFFORT
        self.spend(sum(text.count(sign) for sign in _ESCAPED))

    @property
    def spent(self) -> int:
        """How much this text has cost."""
        return MAX_EFFORT - self._left

    def spend(self, effort: int = 1) -> None:
        """Take `effort` away; raise TextRefused when nothing is left."""
        self._left -= effort
        if self._left < 0:
            raise TextRefused("Your text has too many small pieces to show. Please split it into several posts.")

    def spend_on(self, sign: str) -> None:
        """Take away what a try costs at `sign`."""
        self.spend(_BRACKET if sign in "[!" else 1)


class Pieces(list[_Piece]):
    """A list that takes what each of its pieces costs from a budget."""

    def __init__(self, budget: Budget) -> None:
        super().__init__()
        self._budget = budget

    def append(self, piece: _Piece) -> None:
        """Add `piece`, or raise TextRefused."""
        self._budget.spend()
        super().append(piece)


def begin(text: str) -> dict[str, Any]:
    """Return what the parser keeps of one text while it reads it."""
    return {_KEY: Budget(text)}


def of(env: MutableMapping[str, Any]) -> Budget:
    """Return the budget of the text that is being read."""
    budget: Budget = env[_KEY]
    return budget


def refuse_deep(level: int) -> None:
    """Raise TextRefused for what stands too deep: the parser would drop it, and we would rather say so."""
    if level >= MAX_NESTING - 2:
        raise TextRefused("Your text has too many lists, quotes or marks inside each other. Please use fewer layers.")


def refuse_cells(cells: int) -> None:
    """Raise TextRefused for too many cells of tables."""
    if cells > MAX_CELLS:
        raise TextRefused(f"Your tables have more than {MAX_CELLS:,} cells. Please make them smaller.")


def refuse_links(links: int) -> None:
    """Raise TextRefused for too many links."""
    if links > MAX_LINKS:
        raise TextRefused(f"Your text has more than {MAX_LINKS} links. Please take some out.")
