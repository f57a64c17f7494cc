"""Questions that were asked before: while somebody asks, and for whoever would close one."""

from dataclasses import dataclass

from forum.models import Person, Post, Question
from forum.search.similar import Similar, similar_questions

SIMILAR_MOST = 5
_TITLE_READ = 300  # a title that was never checked may be a megabyte, and its marks take quadratic time


@dataclass(frozen=True)
class SimilarQuestion:
    """A question that was asked before, as one line of a list."""

    title: str
    url: str
    answers: str


def get_similar(title: str, *, viewer: Person) -> list[SimilarQuestion]:
    """Return a few questions that `viewer` finds in lists and that ask much the same as `title`; four queries."""
    found = similar_questions(title[:_TITLE_READ], Question.objects.listed_to(viewer), most=SIMILAR_MOST)
    return [_line(one) for one in found]


def get_duplicates(question: Post, *, viewer: Person) -> list[SimilarQuestion]:
    """Return the questions that `question` may repeat: open ones that were there before it; four queries."""
    others = Question.objects.listed_to(viewer).filter(is_closed=False, created_at__lt=question.created_at)
    found = similar_questions(question.title, others.exclude(pk=question.pk), most=SIMILAR_MOST)
    return [_line(one) for one in found]


def _line(found: Similar) -> SimilarQuestion:
    return SimilarQuestion(found.title, f"/{found.question_id}/{found.slug}/", _answers(found.answer_count))


def _answers(count: int) -> str:
    if count == 0:
        return "Needs a first answer"
    return "1 answer" if count == 1 else f"{count:,} answers"
