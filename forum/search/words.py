"""Words as search compares them: without case, accents or endings, whatever the script.

Both engines are given these tokens and nothing else, so that they find the same: neither one's idea of accents, signs
or addresses of web pages comes into it.
"""

import re
import threading
import unicodedata
from functools import lru_cache
from typing import Final

import Stemmer
from django.conf import settings

from forum.plaintext import folded, is_without_spaces

WORD_LONGEST: Final = 60
"""Characters of a word that count: what is longer is no word, and PostgreSQL refuses 2,047 bytes."""

_READ_MOST: Final = 4 * WORD_LONGEST  # signs of a word that are looked at: some are marks, and count for nothing

_KEPT_MOST: Final = 64  # signs of a piece of text that is worth keeping cut: a paragraph without spaces comes but once
_LONG_ENOUGH: Final = 6
_CHUNK: Final = re.compile(r"\S+")
_PLAIN: Final = re.compile(r"[A-Za-z0-9]+(?:'[A-Za-z0-9]+)*")
_APOSTROPHES: Final = "'’"
# Letters that Unicode does not take apart into a letter and a mark; somebody without them on the keyboard types these.
_PLAIN_LETTERS: Final = str.maketrans(
    {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"}
)
_stemming = threading.local()  # a stemmer must not be shared between threads


def tokens(text: str) -> list[str]:
    """Return the words of `text` in their order, as the index holds them."""
    return [token for chunk in text.split() for _, _, token in _cut(chunk)]


def cut(text: str) -> list[tuple[int, int, str]]:
    """Return where each word of `text` begins and ends, and the token it is in the index."""
    return [
        (chunk.start() + start, chunk.start() + end, token)
        for chunk in _CHUNK.finditer(text)
        for start, end, token in _cut(chunk.group())
    ]


def plain(text: str) -> str:
    """Return the words of `text` with their endings, with a space before and after each: for exact phrases."""
    return f" {' '.join(word for chunk in text.split() for word in _plain_words(chunk))} "


def _cut(chunk: str) -> tuple[tuple[int, int, str], ...]:
    """Return the words of a piece of text without spaces."""
    return _cut_short(chunk) if len(chunk) <= _KEPT_MOST else _cut_any(chunk)


@lru_cache(maxsize=200_000)
def _cut_short(chunk: str) -> tuple[tuple[int, int, str], ...]:
    return _cut_any(chunk)


def _cut_any(chunk: str) -> tuple[tuple[int, int, str], ...]:
    found = ((start, end, _token(chunk[start : min(end, start + _READ_MOST)])) for start, end in _spans(chunk))
    return tuple((start, end, token) for start, end, token in found if token)


def _plain_words(chunk: str) -> tuple[str, ...]:
    return _plain_short(chunk) if len(chunk) <= _KEPT_MOST else _plain_any(chunk)


@lru_cache(maxsize=50_000)
def _plain_short(chunk: str) -> tuple[str, ...]:
    return _plain_any(chunk)


def _plain_any(chunk: str) -> tuple[str, ...]:
    return tuple(word for start, end in _spans(chunk) if (word := _bare(chunk[start:end])))


def _spans(chunk: str) -> list[tuple[int, int]]:
    if chunk.isascii():
        return [found.span() for found in _PLAIN.finditer(chunk)]
    spans: list[tuple[int, int]] = []
    start = -1
    for at, sign in enumerate(chunk):
        kind = unicodedata.category(sign)
        if kind == "So" or (sign.isalnum() and is_without_spaces(sign)):
            if start >= 0:
                spans.append((start, at))
                start = -1
            spans.append((at, at + 1))
        elif sign.isalnum():
            start = at if start < 0 else start
        elif start >= 0 and kind[0] != "M" and kind != "Cf" and sign not in _APOSTROPHES:
            spans.append((start, at))
            start = -1
    return [*spans, (start, len(chunk))] if start >= 0 else spans


@lru_cache(maxsize=50_000)
def _token(word: str) -> str:
    bare = _bare(word)
    stem = _stemmer().stemWord(bare)
    if len(stem) >= _LONG_ENOUGH and stem.endswith("ick"):
        stem = stem[:-1]  # "panicking" and "panicked" are spelled with a k that "panic" has not
    # Letters and digits of ASCII alone: no engine can mean anything else by them.
    return stem if stem.isascii() else f"u{stem.encode().hex()}"


def _bare(word: str) -> str:
    """Return one word without case, accents and apostrophes; an emoji stays as it is."""
    if len(word) == 1 and unicodedata.category(word) == "So":
        return word
    text = word.lower() if word.isascii() else folded(word).translate(_PLAIN_LETTERS)
    return "".join(sign for sign in text if sign.isalnum() or unicodedata.category(sign)[0] == "M")[:WORD_LONGEST]


def _stemmer() -> Stemmer.Stemmer:
    stemmer = getattr(_stemming, "stemmer", None)
    if stemmer is None:
        stemmer = _stemming.stemmer = Stemmer.Stemmer(settings.SEARCH_LANGUAGE)
    return stemmer
