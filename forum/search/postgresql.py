"""Finding candidates with PostgreSQL's tsvector."""

from collections.abc import Sequence
from typing import Final

from django.db.models.expressions import RawSQL

from forum.search.matching import Match, Term

_TITLE = ":A"
_BLOCK: Final = 8_192
"""Ids that share a word of their own in the index (migration 0021): `#0` the first so many, and so on."""

_STEPS: Final = 5
# The newest block, then twice as many each time, then all that are left, and no further than the limit: an index of
# words knows no order, and fetches every post that matches to find the newest hundreds (85 ms for two common words, now
# 8). Words and blocks are two conditions, so that the index skips from one to where the other is. What is found is
# materialized, or a planner that knows too little of a young site asks again for each of its posts: 1.5 s.
_NEWEST: Final = f"""
    WITH matching AS MATERIALIZED (
        SELECT found.post_id
        FROM (SELECT max(post_id) / {_BLOCK} AS block FROM forum_searchentry) AS newest
        CROSS JOIN unnest(ARRAY{list(range(_STEPS + 1))}) AS step
        CROSS JOIN LATERAL (
            SELECT post_id FROM forum_searchentry
            WHERE document @@ %s::tsquery AND document @@ coalesce((
                SELECT string_agg('''#' || block || '''', '|')::tsquery
                FROM generate_series(newest.block - (2 << step) + 2, newest.block - (1 << step) + 1) AS block
                WHERE step < {_STEPS}
            ), %s::tsquery) AND post_id + 0 < (newest.block - (1 << step) + 2) * {_BLOCK}
            ORDER BY post_id DESC LIMIT %s
        ) AS found
        WHERE step <= newest.block
        LIMIT %s
    )
    SELECT post_id FROM matching"""  # noqa: S608 - only our numbers


def candidates(match: Match, limit: int, *, in_titles: bool = False) -> RawSQL:
    """Return the ids of the newest posts that match; with `in_titles`, by the words of their titles and tags."""
    query = " & ".join(_any_of(group) for group in match.all_of)
    if match.none_of:
        query = f"({query}) & !{_any_of(match.none_of)}"
    # An index by words knows no weights, so that titles have one of their own.
    if in_titles or all(term.in_title for term in match.terms):
        return RawSQL(
            "WITH matching AS MATERIALIZED (SELECT post_id FROM forum_searchentry WHERE title <> '' AND heading @@"
            " %s::tsquery ORDER BY post_id DESC LIMIT %s) SELECT post_id FROM matching",
            [query, limit],
        )
    return RawSQL(_NEWEST, [query, query, limit, limit])  # noqa: S611 - nothing of the query is in the text


def these(post_ids: Sequence[int]) -> RawSQL:
    """Return these ids, to be looked for among others: as one value, for 500 take milliseconds to put into a query."""
    return RawSQL("SELECT unnest(%s::bigint[])", [list(post_ids)])


def matching_any(terms: tuple[Term, ...]) -> RawSQL:
    """Return the ids of all posts that hold one of these terms."""
    return RawSQL("SELECT post_id FROM forum_searchentry WHERE document @@ %s::tsquery", [_any_of(terms)])


def spelled_like(word: str, limit: int) -> RawSQL:
    """Return the ids of words that share most threes of letters with `word`."""
    # The operator uses the index, and lets through what is at least 0.3 alike.
    return RawSQL(
        "SELECT id FROM forum_searchword WHERE word %% %s ORDER BY similarity(word, %s) DESC LIMIT %s",
        [word, word, limit],
    )


def _any_of(terms: tuple[Term, ...]) -> str:
    return f"({' | '.join(_term(term) for term in terms)})"


def _term(term: Term) -> str:
    where = _TITLE if term.in_title else ""
    *words, last = (f"'{token}'{where}" for token in term.tokens)
    begun = f"'{term.tokens[-1]}':*{where.removeprefix(':')}" if term.is_begun else last
    return "(" + " <-> ".join([*words, begun]) + ")"
