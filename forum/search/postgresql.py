"""Searching with PostgreSQL's tsvector."""

from collections.abc import Sequence

from django.db import connection

_CANDIDATES = 1_000  # ts_rank reads each matching document: 20 s for a common word without this


def index(post_id: int, title: str, body: str) -> None:
    """Put a text into the index, in place of the one that was there."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO forum_search (post_id, document) VALUES (%s,"
            " setweight(to_tsvector('simple', %s), 'A') ||"
            " setweight(to_tsvector('simple', %s), 'B'))"
            " ON CONFLICT (post_id) DO UPDATE SET document = EXCLUDED.document",
            [post_id, title, body],
        )


def remove(post_id: int) -> None:
    """Take a text out of the index."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM forum_search WHERE post_id = %s", [post_id])


def find(words: Sequence[str], limit: int) -> list[int]:
    """Return the ids of posts with all words, the last as a beginning; titles weigh more than a body."""
    quoted = ["'" + word.replace("'", "''").replace("\\", "\\\\") + "'" for word in words]
    query = " & ".join(quoted) + ":*"
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH wanted AS (SELECT to_tsquery('simple', %s) AS query), candidates AS ("
            " SELECT post_id, document FROM forum_search, wanted WHERE document @@ query"
            " ORDER BY post_id DESC LIMIT %s)"
            " SELECT post_id FROM candidates, wanted"
            " ORDER BY ts_rank('{0, 0, 0.25, 1.0}', document, query, 1) DESC, post_id DESC LIMIT %s",
            [query, _CANDIDATES, limit],
        )
        return [row[0] for row in cursor.fetchall()]
