"""Plain text as people type it: made regular on its way in, shortened with care on its way out."""

import re
import unicodedata
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

_JOINERS: Final = frozenset("\u200d")
_ELLIPSIS: Final = "…"


def clean_text(value: str) -> str:
    """Make a text of several lines regular: NFC, LF, no controls, no trailing spaces, no empty lines around it."""
    text = without_unsafe_characters(_LINE_ENDS.sub("\n", value))
    text = unicodedata.normalize("NFC", _without_piled_marks(text))
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


def clean_line(value: str) -> str:
    """Make a text of one line regular, as `clean_text` does, with single spaces between its words."""
    return " ".join(clean_text(value).split())


def without_unsafe_characters(value: str) -> str:
    """Take out the characters that no reader sees and that could disturb the page around the text."""
    return _UNSAFE.sub("", value)


def cut_words(value: str, length: int) -> str:
    """Give at most `length` characters on one line, cut between words and never inside a visible character."""
    text = " ".join(value.split())
    if len(text) <= length:
        return text
    end = _character_start(text, max(length - len(_ELLIPSIS), 1))
    space = text.rfind(" ", 0, end + 1)
    # A language written without spaces, or one very long word, is cut between characters instead.
    if space >= end // 2:
        end = space
    return text[:end].rstrip(" ,;:–-") + _ELLIPSIS


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


def _character_start(text: str, position: int) -> int:
    """Give the last place at or before `position` where a visible character begins, or `position` if there is none."""
    start = position
    while start > 0 and _belongs_to_the_one_before(text, start):
        start -= 1
    return start or position


def _belongs_to_the_one_before(text: str, position: int) -> bool:
    if position >= len(text):
        return False
    character = text[position]
    if character in _JOINERS or text[position - 1] in _JOINERS:
        return True
    if _is_flag_letter(character):
        flags = 0
        while flags < position and _is_flag_letter(text[position - flags - 1]):
            flags += 1
        return flags % 2 == 1
    is_skin_tone = "\U0001f3fb" <= character <= "\U0001f3ff"
    is_tag = "\U000e0020" <= character <= "\U000e007f"
    is_jamo = "\u1160" <= character <= "\u11ff"
    return is_skin_tone or is_tag or is_jamo or unicodedata.category(character) in {"Mn", "Me", "Mc"}


def _is_flag_letter(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"
