"""The one formula that puts what was found in order (docs/decisions/0014-what-search-shows-first.md)."""

from dataclasses import dataclass
from datetime import datetime
from itertools import repeat
from math import log2

from forum.choices import PostKind
from forum.search.matching import Match, Term

# What a word counts for by where it stands; in a text it counts less the longer the text is.
_TITLE, _TAG, _CONTEXT = 4.0, 3.0, 1.0
_USUAL_WORDS = 80
_SATURATION = 1.5  # the third time a word is said tells less than the second: BM25's k1
_IN_ORDER = 1.3  # the words side by side, as they were typed
_WHOLE_TITLE = 1.5  # the title is nothing but these words
_COMMENT = 0.6  # a remark, and short: it would always be full of its words
_ACCEPTED, _HAS_ACCEPTED = 0.4, 0.15
_A_VOTE = 0.12  # for each doubling of the score
_DISLIKED, _UNANSWERED = 0.7, 0.75
_OLD_DAYS = 365


@dataclass(frozen=True)
class Candidate:
    """What the formula knows of a post; the words are those of the index, with a space around each."""

    post_id: int
    question_id: int
    kind: str
    score: int
    created_at: datetime
    is_accepted: bool
    has_accepted: bool
    answer_count: int
    title: str
    tags: str
    body: str
    context: str

    @property
    def fields(self) -> tuple[str, ...]:
        """The four texts, for whoever asks whether something stands in any of them."""
        return (self.title, self.tags, self.body, self.context)


def matches(candidate: Candidate, match: Match) -> bool:
    """Say whether the words are there, side by side where they must be; an engine may be more generous."""
    return all(any(_holds(candidate, term) for term in group) for group in match.all_of) and not any(
        _holds(candidate, term) for term in match.none_of
    )


def rank(candidate: Candidate, match: Match, now: datetime) -> float:
    """Return how well a post answers a search: what is said where, times what the community made of it."""
    return _said(candidate, match) * _worth(candidate, now)


def _holds(candidate: Candidate, term: Term) -> bool:
    words = f" {' '.join(term.tokens)} "
    return any(words in text for text in ((candidate.title,) if term.in_title else candidate.fields))


def _said(candidate: Candidate, match: Match) -> float:
    length = 0.5 + 0.5 * candidate.body.count(" ") / _USUAL_WORDS
    said = 0.0
    for group, weight in zip(match.all_of, match.weights or repeat(1.0), strict=False):
        said += weight * max(_often(candidate, term, length) for term in group)
    typed = " ".join(match.typed or (word for group in match.all_of for word in group[0].tokens))
    if f" {typed} " in candidate.title or (len(match.all_of) > 1 and f" {typed} " in candidate.body):
        said *= _IN_ORDER
    if f" {typed} " == candidate.title:
        said *= _WHOLE_TITLE
    return said


def _often(candidate: Candidate, term: Term, length: float) -> float:
    words = f" {' '.join(term.tokens)} "
    count = (
        _TITLE * candidate.title.count(words)
        + _TAG * candidate.tags.count(words)
        + _CONTEXT * (words in candidate.context)
        + candidate.body.count(words) / length
    )
    return count / (count + _SATURATION)


def _worth(candidate: Candidate, now: datetime) -> float:
    worth = 1 + _A_VOTE * log2(1 + max(candidate.score, 0))
    worth += _ACCEPTED if candidate.is_accepted else _HAS_ACCEPTED if candidate.has_accepted else 0
    if candidate.score < 0:
        worth *= _DISLIKED
    if candidate.kind == PostKind.COMMENT:
        worth *= _COMMENT
    is_old = (now - candidate.created_at).days > _OLD_DAYS
    if candidate.kind == PostKind.QUESTION and candidate.answer_count == 0 and is_old:
        worth *= _UNANSWERED
    return worth
