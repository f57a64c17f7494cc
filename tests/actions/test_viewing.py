"""Counting views, many at once."""

import pytest

from forum.actions import viewing
from forum.models import Post
from tests.factories import make_answer, make_question

pytestmark = pytest.mark.django_db


def test_views_of_many_questions_are_added_with_one_update(question, django_assert_num_queries):
    other, untouched = make_question(), make_question()
    Post.objects.filter(pk=other.pk).update(view_count=10)

    with django_assert_num_queries(4):  # savepoint, lock, update, release
        viewing.count_views({question.pk: 3, other.pk: 5})

    assert list(Post.objects.order_by("pk").values_list("pk", "view_count")) == [
        (question.pk, 3),
        (other.pk, 15),
        (untouched.pk, 0),
    ]


def test_nothing_seen_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(2):
        viewing.count_views({})


def test_unknown_posts_and_answers_are_passed_over(question):
    answer = make_answer(question)

    viewing.count_views({question.pk: 1, answer.pk: 1, 10**12: 1})

    assert list(Post.objects.order_by("pk").values_list("view_count", flat=True)) == [1, 0]
