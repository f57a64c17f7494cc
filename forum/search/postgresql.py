"""Finding candidates with PostgreSQL's tsvector."""

from django.db.models.expressions import RawSQL

from forum.search.matching import Match, Term

_TITLE = ":A"


def candidates(match: Match, limit: int, *, in_titles: bool = False) -> RawSQL:
    """Return the ids of the newest posts that match; with `in_titles`, by the words of their titles and tags."""
    query = " & ".join(_any_of(group) for group in match.all_of)
    if match.none_of:
        query = f"({query}) & !{_any_of(match.none_of)}"
    # An index by words knows no weights, so that titles have one of their own.
    in_titles = in_titles or all(term.in_title for term in match.terms)
    where = "title <> '' AND heading" if in_titles else "document"
    return RawSQL(  # noqa: S611 - nothing of the query is in the text
        f"SELECT post_id FROM forum_searchentry WHERE {where} @@ %s::tsquery"  # noqa: S608
        " ORDER BY post_id DESC LIMIT %s",
        [query, limit],
    )


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
    return "(" + " <-> ".join(f"'{token}'{where}" for token in term.tokens) + ")"
