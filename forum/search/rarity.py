"""How much a word says: the fewer posts have it, the more."""

from collections.abc import Mapping, Sequence
from math import log

_LITTLE_WORD, _LITTLE = 3, 0.2  # letters of a word that nobody has counted yet, and what it says then


def weights_of(words: Sequence[str], counts: Mapping[str, int], posts: int) -> dict[str, float]:
    """Return what each word says: the logarithm of how rare it is (inverse document frequency, Sparck Jones 1972)."""
    return {word: _says(word, counts.get(word), posts) for word in words}


def _says(word: str, count: int | None, posts: int) -> float:
    rarity = log((posts + 1) / ((count or 0) + 0.5))
    return max(rarity * _LITTLE if count is None and len(word) <= _LITTLE_WORD else rarity, 0.0)
