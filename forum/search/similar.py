"""Questions whose titles say much the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import log

from forum.models.posts import QuestionQuerySet
from forum.search import spelling
from forum.search.engines import engine
from forum.search.matching import Match, Term
from forum.search.words import tokens

WORDS_LEAST = 3
"""Words of a title before anything can be said of it."""

_WORDS_READ = 30
_ASKED_FOR = 6  # of the rarest words of a title, by any of which a question may be near
_READ_MOST = 400
_POSTS_MOST = 6_000  # posts that the words asked for may stand in together: with more, none of them says much
_ALIKE = 0.34  # of what a title says, the part that another must share
_LITTLE_WORD, _LITTLE = 3, 0.2  # letters of a word that nobody has counted yet, and what it says then


@dataclass(frozen=True)
class Similar:
    """A question and how much of a title it shares, from 0 to 1."""

    question_id: int
    slug: str
    title: str
    answer_count: int
    likeness: float


def similar_questions(title: str, questions: QuestionQuerySet, *, most: int) -> list[Similar]:
    """Return those of `questions` that share most of what `title` says, the most alike first; three queries.

    A word says the more the fewer posts have it. Titles of fewer than three words are like nothing.
    """
    words = list(dict.fromkeys(tokens(title)))[:_WORDS_READ]
    if len(words) < WORDS_LEAST:
        return []
    counts = spelling.counts_of(words)
    says = _weights(words, counts, spelling.most_posts())
    near = Match((tuple(Term((word,)) for word in _telling(words, says, counts)),))
    rows = (
        questions.filter(pk__in=engine().candidates(near, _POSTS_MOST, in_titles=True))
        .order_by("-pk")
        .values_list("pk", "slug", "title", "answer_count", "search_entry__title", "search_entry__tags")[:_READ_MOST]
    )
    total = sum(says.values())
    found = [
        Similar(pk, slug, name, answers, sum(says[word] for word in words if word in shared) / total)
        for pk, slug, name, answers, own, tagged in rows
        for shared in [{*own.split(), *tagged.split()}]
    ]
    alike = [one for one in found if one.likeness >= _ALIKE]
    return sorted(alike, key=lambda one: (one.likeness, one.answer_count > 0, one.question_id), reverse=True)[:most]


def _weights(words: Sequence[str], counts: Mapping[str, int], posts: int) -> dict[str, float]:
    """Return what each word says: the logarithm of how rare it is (inverse document frequency, Sparck Jones 1972)."""
    return {word: _says(word, counts.get(word), posts) for word in words}


def _says(word: str, count: int | None, posts: int) -> float:
    rarity = log((posts + 1) / ((count or 0) + 0.5))
    return rarity * _LITTLE if count is None and len(word) <= _LITTLE_WORD else rarity


def _telling(words: Sequence[str], says: Mapping[str, float], counts: Mapping[str, int]) -> list[str]:
    """Return the rarest words, as many as do not stand in too many posts together; at least one."""
    rarest = sorted(words, key=lambda word: -says[word])[:_ASKED_FOR]
    posts, telling = 0, rarest[:1]
    for word in rarest[1:]:
        posts += counts.get(word, 0)
        if posts > _POSTS_MOST:
            break
        telling.append(word)
    return telling
