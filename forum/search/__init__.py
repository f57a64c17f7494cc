"""The one place that knows which engine searches: SQLite's FTS5 or PostgreSQL's tsvector.

The words of each post are made regular once, by us (`words.py`), and kept in `SearchEntry`, written in the transaction
of the action that changed the text; each engine keeps its own index of those rows. It fetches candidates, and one
formula (`ranking.py`) puts them in order, so that both find the same and show the same first.
"""

from forum.models import Post
from forum.search import entries
from forum.search.finding import Found, Order, find_posts, rank_posts
from forum.search.matching import Match, Term
from forum.search.words import tokens

__all__ = ["Found", "Match", "Order", "Term", "find", "find_posts", "index", "rank_posts", "remove", "tokens"]

WORDS_MOST = 12  # more words than that find nothing, and cost


def index(post: Post) -> None:
    """Put the post's words into the index as they are now."""
    entries.write([post])


def remove(post_id: int) -> None:
    """Forget the post."""
    entries.remove([post_id])


def find(text: str, limit: int) -> list[int]:
    """Return the ids of posts that hold all words of `text`, best first; none for no words."""
    words = tuple(dict.fromkeys(tokens(text)))[:WORDS_MOST]
    if not words:
        return []
    match = Match(tuple((Term((word,)),) for word in words))
    return [found.post_id for found in rank_posts(match, Post.objects.all())][:limit]
