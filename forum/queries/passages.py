"""The best passage of a text that was found, and the found words in it marked, whatever their endings and script."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from forum.plaintext import cut_words
from forum.queries.question_rows import Words
from forum.search.matching import Term
from forum.search.words import cut

PASSAGE = 240
"""Characters of a passage: two lines of a list on a wide screen."""

_BODY_READ = 30_000
_SENTENCE_BEFORE, _WORDS_BEFORE = 110, 60
# A little Markdown is taken out of passages; each count is bounded, so that no text takes long.
_LINK = re.compile(r"!?\[([^\]\n]{0,200})\]\([^)\n]{0,500}\)")
_SIGNS = re.compile(r"[*_`#~]{1,6}|^[-+>|] ?", re.MULTILINE)
_SENTENCE_END = re.compile(r"[.!?…][\"”’)\]]?\s|[。！？]")
_JOINER = "\u200d"
_SKIN_TONES = ("\U0001f3fb", "\U0001f3ff")

Marks = Mapping[str, tuple[tuple[str, ...], ...]]


@dataclass(frozen=True)
class _Mark:
    """Where words stand that were searched for, and which."""

    start: int
    end: int
    tokens: tuple[str, ...]


def marks_of(terms: Iterable[Term]) -> Marks:
    """Return the words to be marked by the first of each; where several begin alike, the longest first."""
    by_first: dict[str, set[tuple[str, ...]]] = {}
    for term in terms:
        if term.tokens:
            by_first.setdefault(term.tokens[0], set()).add(term.tokens)
    return {first: tuple(sorted(group, key=len, reverse=True)) for first, group in by_first.items()}


def mark_words(text: str, marks: Marks) -> tuple[Words, ...]:
    """Cut `text` into what was searched for and what stands between."""
    pieces: list[Words] = []
    at = 0
    for start, end in _merged(text, _found(text, marks)):
        if start > at:
            pieces.append(Words(text[at:start]))
        pieces.append(Words(text[start:end], is_found=True))
        at = end
    return (*pieces, Words(text[at:])) if at < len(text) else tuple(pieces)


def is_found(text: str, marks: Marks) -> bool:
    """Say whether any of the words stands in `text`."""
    return bool(_found(text, marks))


def best_passage(body: str, marks: Marks) -> str:
    """Return the sentence or two of a Markdown text with most of the words, or nothing when it has none of them."""
    text = _plain(body)
    found = _found(text, marks)
    if not found:
        return ""
    start = _beginning(text, _densest(found).start)
    return ("… " if start else "") + cut_words(text[start : start + PASSAGE * 2], PASSAGE)


def beginning_of(body: str) -> str:
    """Return the first sentence or two of a Markdown text."""
    return cut_words(_plain(body)[: PASSAGE * 2], PASSAGE)


def _plain(body: str) -> str:
    return " ".join(_SIGNS.sub("", _LINK.sub(r"\1", body[:_BODY_READ])).split())


def _found(text: str, marks: Marks) -> list[_Mark]:
    words = cut(text)
    tokens = tuple(token for _, _, token in words)
    found = []
    for at, (start, _, token) in enumerate(words):
        for wanted in marks.get(token, ()):
            if tokens[at : at + len(wanted)] == wanted:
                found.append(_Mark(start, words[at + len(wanted) - 1][1], wanted))
                break
    return found


def _densest(found: Sequence[_Mark]) -> _Mark:
    """Return the first mark of the window that holds most different words; of several, the first."""
    best, most, last = found[0], 0, 0
    inside: Counter[tuple[str, ...]] = Counter()
    for first in found:
        while last < len(found) and found[last].end <= first.start + PASSAGE - _WORDS_BEFORE:
            inside[found[last].tokens] += 1
            last += 1
        different = sum(1 for count in inside.values() if count > 0)
        if different > most:
            best, most = first, different
        inside[first.tokens] -= 1
    return best


def _beginning(text: str, first: int) -> int:
    """Return where a passage begins: with the sentence, or a few words before the first that was found."""
    if first <= _WORDS_BEFORE:
        return 0
    before = max(0, first - _SENTENCE_BEFORE)
    ends = [end.end() for end in _SENTENCE_END.finditer(text, before, first)]
    if ends:
        return ends[-1]
    space = text.find(" ", first - _WORDS_BEFORE, first)
    return space + 1 if space >= 0 else first


def _merged(text: str, found: Iterable[_Mark]) -> list[tuple[int, int]]:
    """Return the marked stretches, each whole: what touches is one, and no visible character is cut in two."""
    stretches: list[tuple[int, int]] = []
    for mark in found:
        start, end = _whole(text, mark.start, mark.end)
        if stretches and start <= stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], max(end, stretches[-1][1]))
        else:
            stretches.append((start, end))
    return stretches


def _whole(text: str, start: int, end: int) -> tuple[int, int]:
    while start > 1 and text[start - 1] == _JOINER:
        start -= 2
    while end < len(text) and (_is_part_of_the_one_before(text[end]) or text[end - 1] == _JOINER):
        end += 1
    return start, end


def _is_part_of_the_one_before(sign: str) -> bool:
    is_skin_tone = _SKIN_TONES[0] <= sign <= _SKIN_TONES[1]
    return sign == _JOINER or is_skin_tone or unicodedata.category(sign)[0] == "M"
