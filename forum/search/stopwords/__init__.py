"""Words that say nothing by themselves: a question in a sentence is found by its others.

One file for each language of `SEARCH_LANGUAGE`, without apostrophes; a language without a file has none. The English
one is Snowball's list of stop words (snowballstem.org) and the verbs and pronouns people ask questions with.
"""

from functools import cache
from pathlib import Path

from django.conf import settings

from forum.search.words import plain


def is_stopword(word: str) -> bool:
    """Say whether this word, as it was typed, tells nothing of what a text is about."""
    return plain(word).strip() in _stopwords(settings.SEARCH_LANGUAGE)


@cache
def _stopwords(language: str) -> frozenset[str]:
    file = Path(__file__).parent / f"{language}.txt"
    return frozenset(file.read_text(encoding="utf-8").split()) if file.exists() else frozenset()
