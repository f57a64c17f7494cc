"""Counting views, many at once, and day by day."""

from datetime import UTC, date, datetime

import pytest

from forum.actions import tidying, viewing
from forum.models import DailyViews, Post
from tests.factories import make_answer, make_question

pytestmark = pytest.mark.django_db

LATE = datetime(2026, 3, 1, 23, 59, tzinfo=UTC)
EARLY = datetime(2026, 3, 2, 0, 1, tzinfo=UTC)


@pytest.fixture
def at(monkeypatch):
    """Set the clock."""

    def set_clock(moment):
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    return set_clock


def days():
    return list(DailyViews.objects.order_by("day", "question").values_list("question", "day", "count"))


def test_views_of_many_questions_are_added_with_one_update_and_one_insert(question, django_assert_num_queries):
    other, untouched = make_question(), make_question()
    Post.objects.filter(pk=other.pk).update(view_count=10)

    with django_assert_num_queries(5):  # savepoint, lock, update, insert, release
        viewing.count_views({question.pk: 3, other.pk: 5})

    assert list(Post.objects.order_by("pk").values_list("pk", "view_count")) == [
        (question.pk, 3),
        (other.pk, 15),
        (untouched.pk, 0),
    ]


def test_views_are_added_to_the_day_of_utc(question, settings, at):
    settings.TIME_ZONE = "Asia/Tokyo"

    at(LATE)
    viewing.count_views({question.pk: 3})
    viewing.count_views({question.pk: 1})
    at(EARLY)
    viewing.count_views({question.pk: 2})

    assert days() == [(question.pk, date(2026, 3, 1), 4), (question.pk, date(2026, 3, 2), 2)]


def test_nothing_seen_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(2):
        viewing.count_views({})


def test_unknown_posts_and_answers_are_passed_over(question):
    answer = make_answer(question)

    viewing.count_views({question.pk: 1, answer.pk: 1, 10**12: 1})
    viewing.count_views({10**12: 1})

    assert list(Post.objects.order_by("pk").values_list("view_count", flat=True)) == [1, 0]
    assert [(pk, count) for pk, _, count in days()] == [(question.pk, 1)]


def test_days_before_the_last_thirty_are_forgotten(question, at):
    for day in (date(2026, 1, 29), date(2026, 1, 30), date(2026, 3, 1)):
        DailyViews.objects.create(question=question, day=day, count=1)

    at(LATE)
    assert (tidying.forget_old_views(), tidying.forget_old_views()) == (1, 0)

    assert [day for _, day, _ in days()] == [date(2026, 1, 30), date(2026, 3, 1)]
