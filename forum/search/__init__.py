"""The one place that knows which engine searches: SQLite's FTS5 or PostgreSQL's tsvector.

The index is a table that migrations make; it is written in the transaction of the action that changed the text.
"""

from types import ModuleType

from django.db import connection

from forum.models import Post
from forum.search import postgresql, sqlite

WORDS_MOST = 12  # more words than that find nothing, and cost


def index(post: Post) -> None:
    """Put the post's text into the index as it is now."""
    title = post.title if post.is_question else ""
    _engine().index(post.pk, title, post.body)


def remove(post_id: int) -> None:
    """Forget the post."""
    _engine().remove(post_id)


def find(text: str, limit: int) -> list[int]:
    """Return the ids of the posts that hold all words of `text`, best first; none for no words."""
    words = words_of(text)
    return list(_engine().find(words, limit)) if words else []


def words_of(text: str) -> list[str]:
    """Return the words that are searched for: letters and digits of any script, lower case."""
    spaced = "".join(sign if sign.isalnum() or sign in "’'" else " " for sign in text.casefold())
    words = (word.strip("’'").replace("’", "'") for word in spaced.split())
    return [word for word in dict.fromkeys(words) if word][:WORDS_MOST]


def _engine() -> ModuleType:
    return postgresql if connection.vendor == "postgresql" else sqlite
