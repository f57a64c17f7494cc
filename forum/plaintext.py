"""Plain text as people type it: made regular on its way in, shortened with care on its way out."""

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

_JOINERS: Final = frozenset("\u200d")
_APOSTROPHES: Final = frozenset("'’")
_PLAIN_WORDS: Final = re.compile("[a-z0-9]+")
# Scripts that put no spaces between words: Thai and Lao, Burmese, Khmer, Japanese and Chinese.
_WITHOUT_SPACES: Final = (
    *((0x0E00, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3040, 0x30FF), (0x31F0, 0x31FF)),
    *((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF)),
)
# Of the marks on letters, the classes that readers leave out when they type: Hebrew and Arabic points, and accents.
_POINTS: Final = range(10, 36)
_ACCENTS_FROM: Final = 200
_ELLIPSIS: Final = "…"
# Letters and signs of Unicode that are drawn as nothing: fillers of Hangul, an empty pattern of Braille.
_BLANK: Final = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_OF_HTML: Final = re.compile(r"<[^>]*>|&#?\w+;|([^<&]+)|.", re.DOTALL)
_STRONG: Final = {"L": "ltr", "R": "rtl", "AL": "rtl"}


def clean_text(value: str) -> str:
    """Make a text of several lines regular: NFC, LF, no controls, no trailing spaces, no empty lines around it."""
    text = without_unsafe_characters(_LINE_ENDS.sub("\n", value))
    text = unicodedata.normalize("NFC", _without_piled_marks(text))
    return "\n".join(line.rstrip() for line in text.split("\n")).strip("\n")


def clean_line(value: str) -> str:
    """Make a text of one line regular, as `clean_text` does, with single spaces between its words."""
    return " ".join(clean_text(value).split())


def tag_name(text: str) -> str:
    """Return the name of a tag as it is kept: lower case, words joined by hyphens, letters and digits of any script."""
    kept = "".join(sign if unicodedata.category(sign)[0] in "LNM" else " " for sign in clean_line(text).lower())
    return "-".join(kept.split())


def has_visible_sign(text: str) -> bool:
    """Say whether a reader would see anything of `text`: a letter, a digit, a sign, an emoji."""
    return any(_is_visible(sign) for sign in text)


@lru_cache(maxsize=20_000)
def _is_visible(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LNPS" and sign not in _BLANK


def direction(text: str) -> str:
    """Return which way `text` is written by its first strong letter: "ltr", "rtl", or "" when it has none."""
    for sign in text:
        kind = unicodedata.bidirectional(sign)
        if kind in _STRONG:
            return _STRONG[kind]
    return ""


def direction_of_html(html: str) -> str:
    """Return which way the words of `html` are written, as `direction` does."""
    return next((found for part in _OF_HTML.finditer(html) if (found := direction(part[1] or ""))), "")


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


def words(value: str) -> list[str]:
    """Return the words of `value` in their order, alike however they are written: case, accents and width aside.

    Of a script without spaces each character is a word of its own. Signs that nobody sees part no word.
    """
    if value.isascii():
        return _PLAIN_WORDS.findall(value.lower().replace("'", ""))
    pieces: list[str] = []
    was_alone = False
    for sign in folded(value):
        kind = unicodedata.category(sign)
        if kind == "Cf" or sign in _APOSTROPHES:
            continue
        if kind[0] == "M":
            pieces.append(sign)
            continue
        is_word = sign.isalnum()
        is_alone = is_word and is_without_spaces(sign)
        pieces.append((f" {sign}" if is_alone or was_alone else sign) if is_word else " ")
        was_alone = is_alone
    return "".join(pieces).split()


@lru_cache(maxsize=20_000)
def is_without_spaces(character: str) -> bool:
    """Say whether `character` is of a script that puts no spaces between words."""
    code = ord(character)
    return any(first <= code <= last for first, last in _WITHOUT_SPACES)


def folded(text: str) -> str:
    """Return `text` without case, accents and width."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = (sign for sign in apart if not _is_accent(unicodedata.combining(sign)))
    return unicodedata.normalize("NFKC", "".join(bare))


def _is_accent(mark: int) -> bool:
    return mark in _POINTS or mark >= _ACCENTS_FROM


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
