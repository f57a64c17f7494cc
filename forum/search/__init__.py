"""The one place that knows which engine searches: SQLite's FTS5 or PostgreSQL's tsvector.

The index is a table that migrations make; it is written in the transaction of the action that changed the text. Both
engines are given the same plain words, so that they find the same: neither one's idea of accents, signs or addresses
of web pages comes into it.
"""

import unicodedata
from types import ModuleType

from django.db import connection

from forum.models import Post
from forum.search import postgresql, sqlite

WORDS_MOST = 12  # more words than that find nothing, and cost
_WORD_LONGEST = 60  # what is longer is no word, and PostgreSQL refuses 2,047 bytes
_APOSTROPHES = "’'"
# Letters that Unicode does not take apart into a letter and a mark; somebody without them on the keyboard types these.
_PLAIN_LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})


def index(post: Post) -> None:
    """Put the post's text into the index as it is now."""
    title = post.title if post.is_question else ""
    _engine().index(post.pk, _plain(title), _plain(post.body))


def remove(post_id: int) -> None:
    """Forget the post."""
    _engine().remove(post_id)


def find(text: str, limit: int) -> list[int]:
    """Return the ids of the posts that hold all words of `text`, best first; none for no words."""
    words = [plain for word in words_of(text) if (plain := _plain(word))]
    return list(_engine().find(words, limit)) if words else []


def words_of(text: str) -> list[str]:
    """Return the words that are searched for: letters and digits of any script, lower case."""
    words = (word.strip(_APOSTROPHES).replace("’", "'") for word in _split(unicodedata.normalize("NFC", text)))
    return [word for word in dict.fromkeys(words) if word][:WORDS_MOST]


def _plain(text: str) -> str:
    """Return the words of `text` without accents, apostrophes and tails of what no one would call a word."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign)).translate(_PLAIN_LETTERS)
    words = _split(unicodedata.normalize("NFC", bare).replace("’", " ").replace("'", " "))
    return " ".join(word[:_WORD_LONGEST] for word in words)


def _split(text: str) -> list[str]:
    return "".join(sign if _is_of_a_word(sign) else " " for sign in text.casefold()).split()


def _is_of_a_word(sign: str) -> bool:
    """Marks belong to words: vowels are written with them from Arabic to Thai."""
    return sign.isalnum() or sign in _APOSTROPHES or unicodedata.category(sign).startswith("M")


def _engine() -> ModuleType:
    return postgresql if connection.vendor == "postgresql" else sqlite
