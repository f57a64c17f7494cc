"""Find posts: an engine fetches candidates, our formula puts the best of them in order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from django.utils import timezone

from forum.models import Post
from forum.models.posts import PostQuerySet
from forum.search.engines import engine
from forum.search.matching import Match
from forum.search.ranking import Candidate, matches, rank
from forum.search.words import plain

CANDIDATES_MOST = 500
"""Posts whose words are read and compared; beyond that a search should say more."""

_BY_TITLE = 200  # of them, those with all words in title and tags
_BY_TEXT = CANDIDATES_MOST - _BY_TITLE
# Matches that an engine looks through, newest first, for the best voted; with filters it must look further.
_SCANNED, _SCANNED_FILTERED = 600, 20_000
_MORE_HELP = 0.04  # for each further passage of the same question, up to five
_MORE_MOST = 5
_NO_KINDS: Mapping[str, PostQuerySet] = MappingProxyType({})
_COLUMNS = (
    *("pk", "question_id", "kind", "score", "created_at", "accepted_answer_id", "answer_count"),
    "question__accepted_answer_id",
    *("search_entry__title", "search_entry__tags", "search_entry__body", "search_entry__context"),
)


class Order(StrEnum):
    """The orders of what was found."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    VOTES = "votes"


@dataclass(frozen=True)
class Found:
    """One question by its best passage; `others` more posts of it match too."""

    post_id: int
    question_id: int
    rank: float
    others: int


def find_posts(
    match: Match,
    posts: PostQuerySet,
    order: Order = Order.RELEVANCE,
    *,
    phrases: Sequence[str] = (),
    is_filtered: bool = False,
    by_kind: Mapping[str, PostQuerySet] = _NO_KINDS,
    ranked_by: Match | None = None,
) -> list[Found]:
    """Return the questions whose posts match, among `posts`, each by its best one; best first.

    `phrases` are words that must stand in the text exactly so, case and accents aside. `is_filtered` says that `posts`
    are few. `ranked_by` puts in order what matches by fewer words than were asked for. Without words to match, the
    filters alone find, of the posts `by_kind`, newest or most voted first, with a query for each kind, and one more.
    With words two queries, or three where many posts have them.
    """
    best: dict[int, Found] = {}
    for found in rank_posts(
        match, posts, order, phrases=phrases, is_filtered=is_filtered, by_kind=by_kind, ranked_by=ranked_by
    ):
        first = best.get(found.question_id)
        best[found.question_id] = (
            found if first is None else Found(first.post_id, first.question_id, first.rank, first.others + 1)
        )
    if order != Order.RELEVANCE or not match.all_of:
        return list(best.values())
    return sorted(best.values(), key=_with_others, reverse=True)


def rank_posts(
    match: Match,
    posts: PostQuerySet,
    order: Order = Order.RELEVANCE,
    *,
    phrases: Sequence[str] = (),
    is_filtered: bool = False,
    by_kind: Mapping[str, PostQuerySet] = _NO_KINDS,
    ranked_by: Match | None = None,
) -> list[Found]:
    """Return every post that matches, as `find_posts` does, but each for itself."""
    now = timezone.now()
    wanted = [plain(phrase) for phrase in phrases]
    has_words = bool(match.all_of)
    ids = _matching(match, posts, order, is_filtered=is_filtered) if has_words else _filtered(match, by_kind, order)
    candidates = {one.post_id: one for one in _candidates(ids) if matches(one, match)}
    kept = _with_phrases(candidates, wanted, posts) if wanted else list(candidates.values())
    found = [Found(one.post_id, one.question_id, rank(one, ranked_by or match, now), 0) for one in kept]
    if order == Order.RELEVANCE and has_words:
        found.sort(key=lambda one: (one.rank, one.post_id), reverse=True)
    return found


def _candidates(ids: Sequence[int]) -> list[Candidate]:
    """Return these posts in their order; their words are read only once it is known which they are."""
    rows = Post.objects.filter(pk__in=engine().these(ids), search_entry__isnull=False).values_list(*_COLUMNS)
    found = {row[0]: _candidate(row) for row in rows}
    return [found[pk] for pk in ids if pk in found]


def _filtered(match: Match, by_kind: Mapping[str, PostQuerySet], order: Order) -> list[int]:
    """Return the first that only filters find. No index holds all kinds in one order, so each is walked for itself."""
    by = "score" if order == Order.VOTES else "created_at"
    found: list[tuple[Any, int]] = []
    for posts in by_kind.values():
        allowed = posts.exclude(pk__in=engine().matching_any(match.none_of)) if match.none_of else posts
        found += allowed.order_by(f"-{by}", "-pk").values_list(by, "pk")[:CANDIDATES_MOST]
    return [pk for _, pk in sorted(found, reverse=True)[:CANDIDATES_MOST]]


def _matching(match: Match, posts: PostQuerySet, order: Order, *, is_filtered: bool) -> list[int]:
    scanned = _SCANNED_FILTERED if is_filtered or order == Order.VOTES else _SCANNED
    by = "-created_at" if order == Order.NEWEST else "-score"
    found = _first(posts.filter(pk__in=engine().candidates(match, scanned)), by, _BY_TEXT)
    # Where so few have the words, those with the words in their titles are among them.
    if order == Order.RELEVANCE and (is_filtered or len(found) == _BY_TEXT):
        in_titles = posts.filter(pk__in=engine().candidates(match, scanned, in_titles=True))
        found += _first(in_titles, by, _BY_TITLE)
    return list(dict.fromkeys(found))


def _first(posts: PostQuerySet, by: str, most: int) -> list[int]:
    return list(posts.order_by(by, "-pk").values_list("pk", flat=True)[:most])


def _candidate(row: Sequence[Any]) -> Candidate:
    pk, question_id, kind, score, created_at, accepted_id, answers, chosen_id, *texts = row
    title, tags, body, context = (f" {text} " for text in texts)
    return Candidate(
        post_id=pk,
        question_id=question_id or pk,
        kind=kind,
        score=score,
        created_at=created_at,
        is_accepted=chosen_id == pk,
        has_accepted=accepted_id is not None,
        answer_count=answers,
        title=title,
        tags=tags,
        body=body,
        context=context,
    )


def _with_phrases(candidates: Mapping[int, Candidate], wanted: Sequence[str], posts: PostQuerySet) -> list[Candidate]:
    """Return those that hold the phrases word for word; the index knows only stems."""
    texts = posts.model.objects.filter(pk__in=list(candidates)).values_list("pk", "title", "body")
    said = {pk: (plain(title), plain(body)) for pk, title, body in texts}
    return [
        one
        for pk, one in candidates.items()
        if all(any(phrase in text for text in said.get(pk, ())) for phrase in wanted)
    ]


def _with_others(found: Found) -> tuple[float, int]:
    return (found.rank * (1 + _MORE_HELP * min(found.others, _MORE_MOST)), found.post_id)
