"""Words that may say that somebody is in danger: which of a list of phrases a text holds, and in which words.

Pure, and plain enough to explain: the phrases are a list that an owner edits. A phrase is words in a row; `a/b` stands
for either word, `(a)` for one that may be missing, `…` for up to three others. Case, accents, apostrophes, spaces, line
breaks and marks of Markdown make no difference; commas and full stops end a phrase, and a word is found whole. What is
found only calls a person and shows help lines: nothing is refused, altered or hidden for it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from forum.choices import CareUse
from forum.plaintext import words

GAP, _GAP_MOST = "…", 3
_BREAK = "|"  # stands where a sentence, or a part of one, ends
_ENDS = re.compile(r"[.!?;:,…()\[\]{}¿¡]+(?=[\s*_~`\"'”’)\]]|$)|\s[–—-]+\s|[¿¡]")
_APOSTROPHES = re.compile("[‘’ʼ＇`´′']")
_LONGEST = 40_000  # signs; more than any post may hold
_PARTS = re.compile(r"\([^()]*\)|[^\s()]+")


@dataclass(frozen=True)
class Found:
    """One phrase that a text holds: as it is listed, and in the words of the text."""

    phrase: str
    words: tuple[str, ...]


class Watch:
    """The phrases in use, ready to look for."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        """Take pairs of a phrase and its `CareUse`."""
        self._phrases: dict[str, dict[str, str]] = {str(use): {} for use in CareUse}
        for phrase, use in phrases:
            if pattern := pattern_of(phrase):
                self._phrases[str(use)][phrase] = pattern
        self._any = {use: _any_of(patterns.values()) for use, patterns in self._phrases.items()}

    def find(self, text: str, *, in_search: bool = False) -> tuple[Found, ...]:
        """Return what `text` holds, each once, in its order; words of a way of speaking count for nothing."""
        spaced = _spaced(text[:_LONGEST])
        figures = self._any[CareUse.FIGURE]
        left = figures.sub(f"{_BREAK} ", spaced) if figures else spaced
        uses = (CareUse.ANYWHERE, CareUse.SEARCH) if in_search else (CareUse.ANYWHERE,)
        found = [found for use in uses for found in self._found(use, left)]
        found.sort(key=lambda pair: pair[0])
        return tuple(dict.fromkeys(each for _, each in found))

    def _found(self, use: CareUse, text: str) -> list[tuple[int, Found]]:
        search = self._any[use]
        return [
            (match.start(), Found(self._name(use, match[0]), tuple(match[0].split())))
            for match in (search.finditer(text) if search else ())
        ]

    def _name(self, use: CareUse, said: str) -> str:
        return next(phrase for phrase, pattern in self._phrases[use].items() if re.fullmatch(pattern, said))


@lru_cache(maxsize=4)
def watch(phrases: tuple[tuple[str, str], ...]) -> Watch:
    """Return what looks for these pairs of a phrase and its use; made once, for making it takes a while."""
    return Watch(phrases)


def pattern_of(phrase: str) -> str:
    """Return the expression for `phrase` over words with a space behind each; empty for one without any word."""
    pieces: list[str] = []
    has_word = False
    for part in _PARTS.findall(phrase):
        if part in {GAP, "..."}:
            pieces.append(rf"(?<= )(?:[^ {_BREAK}]+ ){{0,{_GAP_MOST}}}?")
            continue
        is_optional = part.startswith("(")
        forms = [form for each in part.strip("()").split("/") if (form := _letters(each))]
        if forms:
            has_word |= not is_optional
            pieces.append(f"(?:{'|'.join(forms)}){'?' if is_optional else ''}")
    return "".join(pieces) if has_word else ""


def _letters(form: str) -> str:
    """Return the expression for one word: written apart ("my self") or together with the next it is the same."""
    return "".join(f"{re.escape(sign)} ?" for sign in "".join(words(_plain(form))))


def _any_of(patterns: Iterable[str]) -> re.Pattern[str] | None:
    each = "|".join(patterns)
    # A phrase begins where a word does, and ends behind the space of its last one.
    return re.compile(rf"(?<![^ ])(?:{each})(?<= )") if each else None


def _spaced(text: str) -> str:
    """Return the words of `text` with a space behind each, and a sign where a sentence or a part of one ends."""
    parts = (words(part) for part in _ENDS.split(_plain(text)))
    return "".join(f"{word} " for part in parts for word in (*part, _BREAK))


def _plain(text: str) -> str:
    return _APOSTROPHES.sub("'", text)
