"""What a member may be called, and which names look alike."""

import json
import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from importlib import resources
from typing import Final

from django.core.exceptions import ValidationError

MIN_LENGTH: Final = 3
MIN_LENGTH_CJK: Final = 2
MAX_LENGTH: Final = 30
MAX_KEY: Final = 120

RESERVED: Final = (
    *("admin", "administrator", "anon", "anonymous", "bot", "care", "deleted", "everyone", "guest", "help", "helper"),
    *("here", "me", "member", "mod", "moderation", "moderator", "myself", "nobody", "none", "null", "official"),
    *("owner", "root", "staff", "support", "system", "team", "undefined", "unknown", "user", "you"),
    *("mindwellnessforum", "mind wellness forum"),
)
_SIGNS: Final = frozenset(" -_.'’·")
_JOINERS: Final = frozenset("\u200c\u200d")
_ALPHABETS: Final = frozenset({"LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU"})
# A capital I, a small l and a one are one line in most typefaces; so are a small i's and, for many readers, 0 and O.
# What fonts draw as nothing: Unicode's property Default_Ignorable_Code_Point (DerivedCoreProperties.txt, 15.0).
_UNSEEN: Final = (
    *((0x00AD, 0x00AD), (0x034F, 0x034F), (0x061C, 0x061C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F)),
    *((0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF)),
    *((0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF)),
)
_MARKS: Final = frozenset({"Mn", "Me"})
_MARKS_MOST: Final = 4  # on one letter, each once: UTS 39, section 5.4
_SAME_TO_THE_EYE: Final = str.maketrans({"i": "l", "1": "l", "|": "l", "0": "o"})


def clean_name(value: str) -> str:
    """Write a name the one way we keep it: NFKC, trimmed, single spaces inside."""
    return " ".join(unicodedata.normalize("NFKC", value).split())


def name_key(value: str) -> str:
    """Give the same key for names that differ by case, spaces, dots or look-alike letters only."""
    folded = unicodedata.normalize("NFD", clean_name(value).casefold())
    letters = (_prototype(letter) for letter in folded if letter not in _SIGNS and not is_unseen(letter))
    key = unicodedata.normalize("NFC", "".join(letters).translate(_SAME_TO_THE_EYE))
    return (key or folded)[:MAX_KEY]


def is_unseen(letter: str) -> bool:
    """Say whether fonts draw `letter` as nothing, so that a name with it looks like the name without."""
    return any(first <= ord(letter) <= last for first, last in _UNSEEN)


def validate_name(value: str) -> None:
    """Raise ValidationError with a sentence unless a member may be called `value`."""
    name = clean_name(value)
    least = MIN_LENGTH_CJK if any(_is_cjk(letter) for letter in name) else MIN_LENGTH
    if len(name) < least:
        raise ValidationError(f"Choose a longer name: at least {least} characters.", code="short")
    if len(name) > MAX_LENGTH:
        raise ValidationError(f"Choose a shorter name: at most {MAX_LENGTH} characters.", code="long")
    if not all(_is_allowed(name, place) for place in range(len(name))):
        raise ValidationError("Use only letters, numbers, spaces, dots, hyphens and underscores.", code="signs")
    if _is_piled(name):
        raise ValidationError("That name has too many marks on one letter. Please choose a simpler one.", code="signs")
    if not any(letter.isalpha() for letter in name):
        raise ValidationError("Use at least one letter.", code="letterless")
    if name[0] in _SIGNS or re.search(r"[-_.'’·]{3}", name):
        raise ValidationError("Start with a letter or a number, and use few symbols in a row.", code="signs")
    if len(_alphabets(name)) > 1:
        raise ValidationError("Use letters from one alphabet only.", code="mixed")
    if name_key(name) in _reserved_keys():
        raise ValidationError("That name could be mistaken for the site’s own. Please choose another.", code="reserved")


def _is_allowed(name: str, place: int) -> bool:
    letter = name[place]
    if letter in _SIGNS:
        return True
    if letter in _JOINERS:
        # Persian and the scripts of India need them inside a word; between Latin letters they hide.
        return 0 < place < len(name) - 1 and not name[place - 1].isascii() and not name[place + 1].isascii()
    if is_unseen(letter):
        return False
    return unicodedata.category(letter) in {"Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Nd"}


def _is_piled(name: str) -> bool:
    """Say whether a letter carries more marks than any script puts on one, or the same one twice."""
    run: list[str] = []
    for letter in unicodedata.normalize("NFD", name):
        run = [*run, letter] if unicodedata.category(letter) in _MARKS else []
        if len(run) > _MARKS_MOST or len(set(run)) < len(run):
            return True
    return False


def _alphabets(name: str) -> set[str]:
    return {unicodedata.name(letter, "").partition(" ")[0] for letter in name if letter.isalpha()} & _ALPHABETS


def _is_cjk(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith(("CJK", "HIRAGANA", "KATAKANA", "HANGUL"))


def _prototype(letter: str) -> str:
    """Give what a small letter looks like; by its capital when only that one looks like a letter of ASCII."""
    if letter.isascii() and letter != "m":
        return letter
    prototypes = _prototypes()
    alike = prototypes.get(letter, letter).casefold()
    if alike.isascii():
        return alike
    capital = letter.upper()
    capital_alike = prototypes.get(capital, capital)
    return capital_alike.casefold() if capital_alike.isascii() else alike


@lru_cache(maxsize=1)
def _prototypes() -> Mapping[str, str]:
    """Read each letter's prototype of Unicode's table of confusables (TR39).

    The package's data is read without the package, whose import builds twice as much: 20 ms, at the first name only.
    It holds the table both ways round; a look-alike has its prototype as its only entry.
    """
    data = resources.files("confusable_homoglyphs").joinpath("confusables.json").read_text("utf-8")
    table = {letter.strip("\u200e"): alike for letter, alike in json.loads(data).items()}
    result = {}
    for letter, alike in table.items():
        if len(letter) != 1 or len(alike) != 1:
            continue
        prototype = alike[0]["c"].strip("\u200e")
        both_ways = table.get(prototype, ())
        # With one entry on each side either could be the prototype: take ASCII, else the older code point.
        if len(both_ways) == 1 and not (prototype.isascii() or prototype < letter):
            continue
        result[letter] = prototype
    return result


@lru_cache(maxsize=1)
def _reserved_keys() -> frozenset[str]:
    return frozenset(map(name_key, RESERVED))
