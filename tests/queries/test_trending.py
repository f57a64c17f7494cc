"""What is read a lot these days."""

from datetime import UTC, timedelta

import pytest
from django.utils import timezone

from forum.actions import moderating
from forum.choices import Audience
from forum.models import DailyViews, Post
from forum.queries.sidebar import forget_sidebar, get_sidebar
from forum.queries.trending import find_trending, get_trending
from tests.factories import make_note, make_question


@pytest.fixture(autouse=True)
def fresh(db):
    """Nothing is remembered from another test."""
    forget_sidebar()


def read(question, *counts):
    """Have the question read so often today, yesterday, …"""
    today = timezone.now().astimezone(UTC).date()
    for back, count in enumerate(counts):
        if count:
            DailyViews.objects.create(question=question, day=today - timedelta(days=back), count=count)
    return question


def test_younger_days_weigh_more(question):
    week, today, before = make_question(), make_question(), make_question()
    read(week, 1, 1, 1, 1, 1, 1, 1, 50)  # 28: the eighth day counts nothing
    read(today, 10)  # 70
    read(before, 0, 0, 0, 0, 0, 0, 30)  # 30
    read(question, 2)  # 14, and 20 is the least

    assert find_trending() == [today.pk, before.pk, week.pk]


def test_five_are_named_of_equals_the_newest():
    asked = [read(make_question(), 3).pk for _ in range(6)]

    assert find_trending() == asked[:0:-1]


def test_what_not_everybody_is_shown_is_left_out(mo):
    read(make_question(audience=Audience.MEMBERS), 9)
    read(make_question(audience=Audience.UNLISTED), 9)
    read(make_question(notes=[make_note()]), 9)
    moderating.hide_post(mo, read(make_question(), 9), reason="Unkind")
    Post.objects.filter(pk=read(make_question(), 9).pk).update(is_being_checked=True)

    assert find_trending() == []


def test_one_hidden_since_is_not_named_although_the_panels_are_kept(mo, django_assert_num_queries):
    stays, goes = read(make_question(), 9), read(make_question(), 8)
    assert [row.title for row in get_sidebar().trending] == [stays.title, goes.title]

    moderating.hide_post(mo, goes, reason="Unkind")

    with django_assert_num_queries(2):
        assert [(row.path, row.title) for row in get_sidebar().trending] == [(stays.get_absolute_url(), stays.title)]


def test_for_nothing_nothing_is_asked(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert get_trending([]) == ()
