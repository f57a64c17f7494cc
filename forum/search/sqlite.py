"""Searching with SQLite's FTS5."""

from collections.abc import Sequence

from django.db import connection

_CANDIDATES = 1_000  # ranking more than the newest thousand matches costs more than it helps


def index(post_id: int, title: str, body: str) -> None:
    """Put a text into the index, in place of the one that was there."""
    remove(post_id)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO forum_search (rowid, title, body) VALUES (%s, %s, %s)", [post_id, title, body])


def remove(post_id: int) -> None:
    """Take a text out of the index."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM forum_search WHERE rowid = %s", [post_id])


def find(words: Sequence[str], limit: int) -> list[int]:
    """Return the ids of posts with all words, the last as a beginning; titles weigh four times a body."""
    quoted = ['"' + word.replace('"', '""') + '"' for word in words]
    match = " ".join(quoted) + "*"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rowid FROM forum_search WHERE forum_search MATCH %s AND rowid IN ("
            " SELECT rowid FROM forum_search WHERE forum_search MATCH %s ORDER BY rowid DESC LIMIT %s)"
            " ORDER BY bm25(forum_search, 4.0, 1.0), rowid DESC LIMIT %s",
            [match, match, _CANDIDATES, limit],
        )
        return [row[0] for row in cursor.fetchall()]
