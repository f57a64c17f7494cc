"""What a search asks for when too little has all of its words: most of them, then the rarest."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TypeAlias

from forum.search.matching import Term

Groups: TypeAlias = tuple[tuple[Term, ...], ...]

_COUNTED_MOST = 10  # words of which some may be missing; of more, "all but one" is too long a question
_RAREST = 2
_SEVERAL = 3  # words, of which most are not just one


def most_of(groups: Groups, weights: Sequence[float]) -> Iterator[Groups]:
    """Give first all but one of the words, then any two of them, one of these among the two rarest."""
    if _SEVERAL <= len(groups) <= _COUNTED_MOST:
        yield _all_but_one(groups)
        if len(groups) > _SEVERAL:
            yield (_any_of(_rarest(groups, weights)), *(_any_of(_without(groups, at)) for at in range(len(groups))))


def rarest_one(groups: Groups, weights: Sequence[float]) -> Groups:
    """Return the rarest of the words."""
    return _rarest(groups, weights)[:1]


def rarest_of(groups: Groups, weights: Sequence[float]) -> Iterator[Groups]:
    """Give first one of the two rarest words, then any word."""
    if len(groups) > _RAREST:
        yield (_any_of(_rarest(groups, weights)),)
    if len(groups) > 1:
        yield (_any_of(groups),)


def apart(groups: Groups) -> Groups:
    """Return the words of phrases each by itself."""
    found: list[tuple[Term, ...]] = []
    for group in groups:
        alone = group[0] if len(group) == 1 else None
        found += [(Term((token,), alone.in_title),) for token in alone.tokens] if alone else [group]
    return tuple(dict.fromkeys(found))


def _all_but_one(groups: Groups) -> Groups:
    return tuple((*one, *other) for one, other in combinations(groups, 2))


def _without(groups: Groups, at: int) -> Groups:
    return groups[:at] + groups[at + 1 :]


def _rarest(groups: Groups, weights: Sequence[float]) -> Groups:
    by_weight = sorted(range(len(groups)), key=lambda at: -weights[at])
    return tuple(groups[at] for at in by_weight[:_RAREST])


def _any_of(groups: Groups) -> tuple[Term, ...]:
    return tuple(dict.fromkeys(term for group in groups for term in group))
