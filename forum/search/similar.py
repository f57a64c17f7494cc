"""Questions whose titles say much the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from forum.models import SearchEntry
from forum.models.posts import QuestionQuerySet
from forum.search import spelling
from forum.search.engines import engine
from forum.search.matching import Match, Term
from forum.search.rarity import weights_of
from forum.search.words import tokens

WORDS_LEAST = 3
"""Words of a title before anything can be said of it."""

_WORDS_READ = 30
_ASKED_FOR, _ASKED_FOR_LEAST = 6, 3  # of the rarest words of a title, two of which a question must share
_COMMON = 0.1  # a word in more of all posts is asked for only where the title has no rarer ones
_RARE = 200  # posts: sharing one word that so few have is enough
_READ_MOST = 600
_UNSEEN = 8  # of so many that are alike, one at least can be read by whoever asks
_ALIKE = 0.34  # of what a title says, the part that another must share


@dataclass(frozen=True)
class Similar:
    """A question and how much of a title it shares, from 0 to 1."""

    question_id: int
    slug: str
    title: str
    answer_count: int
    likeness: float


def similar_questions(title: str, questions: QuestionQuerySet, *, most: int) -> list[Similar]:
    """Return those of `questions` that share most of what `title` says, the most alike first; four queries.

    A word says the more the fewer posts have it. Titles of fewer than three words are like nothing.
    """
    words = list(dict.fromkeys(tokens(title)))[:_WORDS_READ]
    if len(words) < WORDS_LEAST:
        return []
    counts = spelling.counts_of(words)
    posts = spelling.most_posts()
    says = weights_of(words, counts, posts)
    near = _sharing(_telling(words, says, counts, posts), counts)
    titles = SearchEntry.objects.filter(pk__in=engine().candidates(near, _READ_MOST, in_titles=True))
    total = sum(says.values())
    likeness = {
        pk: sum(says[word] for word in words if word in shared) / total
        for pk, title, tags in titles.values_list("pk", "title", "tags")
        for shared in [{*title.split(), *tags.split()}]
    }
    alike = sorted((pk for pk in likeness if likeness[pk] >= _ALIKE), key=lambda pk: (likeness[pk], pk), reverse=True)
    rows = questions.filter(pk__in=alike[: most * _UNSEEN]).values_list("pk", "slug", "title", "answer_count")
    found = [Similar(pk, slug, name, answers, likeness[pk]) for pk, slug, name, answers in rows]
    return sorted(found, key=lambda one: (one.likeness, one.answer_count > 0, one.question_id), reverse=True)[:most]


def _telling(words: Sequence[str], says: Mapping[str, float], counts: Mapping[str, int], posts: int) -> list[str]:
    """Return the rarest words."""
    rarest = sorted(words, key=lambda word: -says[word])[:_ASKED_FOR]
    common = _COMMON * posts
    return [word for at, word in enumerate(rarest) if at < _ASKED_FOR_LEAST or counts.get(word, 0) <= common]


def _sharing(words: Sequence[str], counts: Mapping[str, int]) -> Match:
    """Ask for two of `words`, or for one that is rare: for one of those that are left without each that is not."""
    terms = {word: Term((word,)) for word in words}
    others = [word for word in words if counts.get(word, 0) > _RARE]
    groups = [tuple(term for word, term in terms.items() if word != left_out) for left_out in others]
    return Match(tuple(groups) or (tuple(terms.values()),))
