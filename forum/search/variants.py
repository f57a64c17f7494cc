"""British and American spellings of a word, so that either finds the other."""

import re
from typing import Final

_WORDS: Final = (
    ("mum", "mom", "mam"),
    ("mums", "moms", "mams"),
    ("counselling", "counseling"),
    ("counsellor", "counselor"),
    ("counsellors", "counselors"),
    ("travelling", "traveling"),
    ("centre", "center"),
    ("grey", "gray"),
)
_OUR: Final = "behavi|col|fav|flav|hon|hum|lab|neighb|rum"
_ENDINGS: Final = (
    (re.compile(r"(\w{3,})is(e|ed|es|er|ers|ing|ation)"), r"\1iz\2"),
    (re.compile(r"(\w{3,})iz(e|ed|es|er|ers|ing|ation)"), r"\1is\2"),
    (re.compile(r"(\w{3,})ys(e|ed|es|ing)"), r"\1yz\2"),
    (re.compile(r"(\w{3,})yz(e|ed|es|ing)"), r"\1ys\2"),
    (re.compile(rf"({_OUR})our(\w*)"), r"\1or\2"),
    (re.compile(rf"({_OUR})or(\w*)"), r"\1our\2"),
)


def variants_of(word: str) -> tuple[str, ...]:
    """Return how else this English word is spelled; such a word may not exist, and then finds nothing."""
    lower = word.lower()
    for words in _WORDS:
        if lower in words:
            return tuple(other for other in words if other != lower)
    return tuple(how.sub(other, lower) for how, other in _ENDINGS if how.fullmatch(lower))
