"""The panels beside a list."""

import pytest

from forum.actions import moderating
from forum.queries.sidebar import forget_sidebar, get_sidebar
from tests.factories import make_answer, make_guest, make_member, make_question


@pytest.fixture(autouse=True)
def fresh(db):
    """Nothing is remembered from another test."""
    forget_sidebar()


def helpers():
    return [(helper.byline.name, helper.answer_count) for helper in get_sidebar().helpers]


def test_those_who_answered_most_this_week_come_first(question):
    grace, omar = make_member("grace"), make_member("omar")
    make_answer(question, omar)
    make_answer(question, grace)
    make_answer(make_question(), grace)

    assert helpers() == [("grace", 2), ("omar", 1)]


def test_at_most_three_are_named(question):
    for _ in range(4):
        make_answer(question)

    assert len(helpers()) == 3


def test_what_is_anonymous_old_hidden_or_a_guests_does_not_count(mo, question):
    make_answer(question, make_member("veiled"), is_anonymous=True)
    make_answer(question, make_member("early"), days_ago=8)
    make_answer(question, make_guest(), guest_name="Robin")
    moderating.hide_post(mo, make_answer(question, make_member("hidden")), reason="Unkind")
    under = make_question()
    make_answer(under, make_member("under"))
    moderating.hide_post(mo, under, reason="Spam")

    assert helpers() == []


def test_popular_tags_are_those_in_use(ann, sleep):
    make_question(ann, tags=["panic", "sport"])
    make_question(ann, tags=["sport"])

    assert [(tag.name, tag.path) for tag in get_sidebar().tags] == [("sport", "/tag/sport/"), ("panic", "/tag/panic/")]


def test_the_panels_are_remembered_at_the_cost_of_one_query(question, django_assert_num_queries):
    make_answer(question, make_member("grace"))
    before = get_sidebar()
    make_answer(question)

    with django_assert_num_queries(1):
        assert get_sidebar() == before
