"""What is read a lot these days: a panel beside the lists, the same for every reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, timedelta

from django.db.models import Case, F, IntegerField, Sum, Value, When
from django.utils import timezone

from forum.choices import Audience, PostStatus
from forum.models import DailyViews, Question
from forum.models.posts import QuestionQuerySet

_DAYS = 7
_SHOWN = 5
_LEAST = 20  # points: three readers today, or one a day for most of a week


@dataclass(frozen=True)
class TrendingQuestion:
    """A question that many read, as the panel names it."""

    path: str
    title: str


def find_trending() -> list[int]:
    """Return the questions that were read most in the last days: the most points first, of equals the newest.

    A view is worth 7 points today (UTC), 6 yesterday, and so on down to 1 six days ago. No votes, no answers: what is
    liked has lists of its own. Looks at a week of rows, so whoever asks keeps the answer for some minutes.
    """
    today = timezone.now().astimezone(UTC).date()
    days = [today - timedelta(days=back) for back in range(_DAYS)]
    points = Case(
        *(When(day=day, then=F("count") * Value(_DAYS - back)) for back, day in enumerate(days)),
        default=Value(0),
        output_field=IntegerField(),
    )
    read = DailyViews.objects.filter(day__gte=days[-1]).values("question").annotate(points=Sum(points))
    asked = read.filter(points__gte=_LEAST, question__in=_for_everybody()).order_by("-points", "-question")
    return [pk for pk in asked.values_list("question", flat=True)[:_SHOWN] if pk is not None]


def get_trending(ids: Sequence[int]) -> tuple[TrendingQuestion, ...]:
    """Return those of `ids`, in their order, that everybody may still be shown; no query for none."""
    if not ids:
        return ()
    found = _for_everybody().only("kind", "slug", "title").in_bulk(ids)
    return tuple(TrendingQuestion(found[pk].get_absolute_url(), found[pk].title) for pk in ids if pk in found)


def _for_everybody() -> QuestionQuerySet:
    """Return what may stand beside any page: public, listed, nothing that a reader folds and nothing reported."""
    questions: QuestionQuerySet = Question.objects.filter(
        status=PostStatus.PUBLISHED, audience=Audience.EVERYONE, is_being_checked=False, notes=None
    )
    return questions
