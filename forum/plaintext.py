"""Plain text: names of tags, words to compare, directions; shortened with care on its way out."""

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from html import unescape
from typing import Final

from accounts.texts import clean_line, clean_text, has_visible_sign, without_unsafe_characters

__all__ = ["clean_line", "clean_text", "has_visible_sign", "without_unsafe_characters"]

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
_TAG_SIGNS: Final = re.compile(r"(?<=[^\W_])[+#]+(?![^\W_])|(?<![^\s-])\.(?=[^\W\d_])")
_AM: Final = {"\u0e4d\u0e32": "\u0e33", "\u0ecd\u0eb2": "\u0eb3"}
_GAPS: Final = re.compile(r"[-\s]+")
_SELECTORS: Final = frozenset(map(chr, range(0xFE00, 0xFE10)))  # they choose how the sign before is drawn
_OF_HTML: Final = re.compile(r"<[^>]*>|&#?\w+;|([^<&]+)|.", re.DOTALL)
_STRONG: Final = {"L": "ltr", "R": "rtl", "AL": "rtl"}
_INLINE: Final = re.compile(r"</?(?:a|abbr|b|bdi|code|del|em|i|ins|kbd|mark|s|span|strong|sub|sup|u)\b[^>]*>")
_TAG: Final = re.compile(r"<[^>]*>")


def tag_name(text: str) -> str:
    """Return the name of a tag as it is kept: lower case, words joined by hyphens, letters and digits of any script.

    Of signs, those stay that tell names apart: `c++`, `c#`, `.net`.
    """
    line = clean_line(text).lower()
    signs = {place for found in _TAG_SIGNS.finditer(line) for place in range(*found.span())}
    return "-".join(_with_letters(line, keeps=lambda place: place in signs).split())


def slug_of(text: str, length: int) -> str:
    """Return the words of `text` for an address, with the marks of their letters; "" when it has none."""
    line = unicodedata.normalize("NFKC", text).lower()
    for apart, together in _AM.items():  # NFKC takes the vowels of Thai and Lao apart, as nobody types them
        line = line.replace(apart, together)
    kept = _with_letters(line, keeps=lambda place: line[place] in "-_", instead=lambda sign: " " * sign.isspace())
    slug = _GAPS.sub("-", kept).strip("-_")
    return slug[: _character_start(slug, length) if len(slug) > length else length].strip("-_")


def _with_letters(line: str, *, keeps: Callable[[int], bool], instead: Callable[[str], str] = lambda _: " ") -> str:
    """Return the letters and digits of `line`, the marks that stand on them, and what `keeps` names by its place."""
    kept: list[str] = []
    is_word = False
    for place, sign in enumerate(line):
        is_mark = unicodedata.category(sign) in ("Mn", "Mc") and sign not in _SELECTORS
        is_word = (sign.isalnum() and has_visible_sign(sign)) or (is_mark and is_word)
        kept.append(sign if is_word or keeps(place) else instead(sign))
    return "".join(kept)


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


def shown_in(html: str) -> str:
    """Return what a reader sees of a rendered text: marks inside a word part none, blocks part words."""
    return unescape(_TAG.sub(" ", _INLINE.sub("", html)))


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
