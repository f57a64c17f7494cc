"""Finding candidates with SQLite's FTS5."""

from collections.abc import Sequence

from django.db.models.expressions import RawSQL

from forum.search.matching import Match, Term

_TITLES = "{title tags} : "
_TITLE = "title : "


def candidates(match: Match, limit: int, *, in_titles: bool = False) -> RawSQL:
    """Return the ids of the newest posts that match; with `in_titles`, by the words of their titles and tags."""
    query = " AND ".join(_any_of(group, in_titles=in_titles) for group in match.all_of)
    if match.none_of:
        query = f"({query}) NOT {_any_of(match.none_of)}"
    return RawSQL(
        "SELECT rowid FROM forum_search_index WHERE forum_search_index MATCH %s ORDER BY rowid DESC LIMIT %s",
        [query, limit],
    )


def these(post_ids: Sequence[int]) -> Sequence[int]:
    """Return these ids, to be looked for among others."""
    return post_ids


def matching_any(terms: tuple[Term, ...]) -> RawSQL:
    """Return the ids of all posts that hold one of these terms."""
    return RawSQL("SELECT rowid FROM forum_search_index WHERE forum_search_index MATCH %s", [_any_of(terms)])


def spelled_like(word: str, limit: int) -> RawSQL:
    """Return the ids of words that share most threes of letters with `word`."""
    threes = sorted({word[at : at + 3] for at in range(len(word) - 2)})
    query = " OR ".join('"' + three.replace('"', '""') + '"' for three in threes)
    return RawSQL(
        "SELECT rowid FROM forum_search_spelling WHERE forum_search_spelling MATCH %s ORDER BY rank LIMIT %s",
        [query, limit],
    )


def _any_of(terms: tuple[Term, ...], *, in_titles: bool = False) -> str:
    return f"({' OR '.join(_term(term, in_titles=in_titles) for term in terms)})"


def _term(term: Term, *, in_titles: bool) -> str:
    where = _TITLE if term.in_title else _TITLES if in_titles else ""
    return f'{where}"{" ".join(term.tokens)}"{"*" if term.is_begun else ""}'
