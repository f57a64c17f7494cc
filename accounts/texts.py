"""Text as people type it, made regular on its way in; whether anything of it can be seen."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

_LINE_ENDS: Final = re.compile("\r\n?|[\u0085\u2028\u2029]")
# C0 and C1 controls but tab and newline; embeddings, overrides and isolates of writing direction; halves of surrogate
# pairs; the byte order mark and noncharacters. A direction control can reorder what stands *after* the post it is in,
# and posts need none: every block carries dir="auto". The harmless marks (U+200E, U+200F, U+061C) stay.
_UNSAFE: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff\ufdd0-\ufdef]"
)
MAX_MARKS: Final = 10
"""Marks stacked on one letter: more than any language writes, few enough to stay on their line."""

# Letters and signs that are drawn as nothing: fillers of Hangul, an empty pattern of Braille, a note without a head.
_BLANK: Final = frozenset("\u115f\u1160\u3164\uffa0\u2800\U0001d159")


def clean_text(value: str) -> str:
    """Make a text of several lines regular: NFC, LF, no controls, no trailing spaces, no empty lines around it."""
    text = without_unsafe_characters(_LINE_ENDS.sub("\n", value))
    text = unicodedata.normalize("NFC", _without_piled_marks(text))
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


def clean_line(value: str) -> str:
    """Make a text of one line regular, as `clean_text` does, with single spaces between its words."""
    return " ".join(clean_text(value).split())


def has_visible_sign(text: str) -> bool:
    """Say whether a reader would see anything of `text`: a letter, a digit, a sign, an emoji."""
    return any(_is_visible(sign) for sign in text)


@lru_cache(maxsize=20_000)
def _is_visible(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LNPS" and sign not in _BLANK


def without_unsafe_characters(value: str) -> str:
    """Take out the characters that no reader sees and that could disturb the page around the text."""
    return _UNSAFE.sub("", value)


def _without_piled_marks(text: str) -> str:
    # Sorting a run of marks, as NFC does, is quadratic in its length.
    if text.isascii():
        return text
    kept = []
    run = 0
    for character in text:
        run = run + 1 if unicodedata.combining(character) else 0
        if run <= MAX_MARKS:
            kept.append(character)
    return "".join(kept)
