"""What can be typed to search, for the help page and beside the field: made from the list that the parser reads."""

from dataclasses import dataclass

from forum.queries.search_links import search_url
from forum.search.operators import OPERATORS, SIGNS


@dataclass(frozen=True)
class SearchTip:
    """Something to type, what it finds, and the address of that search."""

    typed: str
    finds: str
    url: str


@dataclass(frozen=True)
class SearchHelp:
    """Everything that search understands: how words are put together, and the operators."""

    words: tuple[SearchTip, ...]
    operators: tuple[SearchTip, ...]


def get_search_help() -> SearchHelp:
    """Return everything that can be typed."""
    return SearchHelp(
        words=tuple(_tip(*sign) for sign in SIGNS),
        operators=tuple(_tip(*example) for operator in OPERATORS for example in operator.examples),
    )


def get_search_tips() -> tuple[SearchTip, ...]:
    """Return what fits beside the field: the signs, and each operator once."""
    return tuple(_tip(*one) for one in (*SIGNS[1:], *(operator.examples[0] for operator in OPERATORS)))


def _tip(typed: str, finds: str) -> SearchTip:
    return SearchTip(typed, finds[0].upper() + finds[1:] if finds[0].isalpha() else finds, search_url(typed))
