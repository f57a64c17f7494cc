"""What a search asks of a text, before any engine hears of it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Term:
    """One word, or several that stand side by side in this order; with `in_title` only a title's.

    `is_begun` says that the last of them may go on.
    """

    tokens: tuple[str, ...]
    in_title: bool = False
    is_begun: bool = False


@dataclass(frozen=True)
class Match:
    """A text matches that holds a term of each group of `all_of`, and none of `none_of`.

    Two more things put what was found in order: `weights` says how much each group counts, all of them the same where
    it is empty; `typed` are the words as they were typed, those among them that nothing is looked for by.
    """

    all_of: tuple[tuple[Term, ...], ...] = ()
    none_of: tuple[Term, ...] = ()
    weights: tuple[float, ...] = ()
    typed: tuple[str, ...] = ()

    @property
    def terms(self) -> tuple[Term, ...]:
        """Every term that a text may match by."""
        return tuple(term for group in self.all_of for term in group)
