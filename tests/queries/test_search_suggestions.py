"""What is offered while someone types a search."""

import pytest

from forum.actions import moderating, reindexing
from forum.choices import Audience
from forum.models import Guest
from forum.queries.search_suggestions import Suggestions, get_suggestions
from tests.factories import make_member, make_question

pytestmark = pytest.mark.django_db


def titles(text, viewer=None):
    found = get_suggestions(viewer or Guest(), text)
    return ["".join(piece.text for piece in question.words) for question in found.questions]


@pytest.fixture
def asked():
    """Four titles, whose words have been counted."""
    for title, score in (
        ("Why do I wake so early?", 1),
        ("How do I sleep in a loud house?", 3),
        ("Sleeping badly since the move", 9),
        ("Is melatonin worth it?", 5),
    ):
        question = make_question(title=title, tags=["insomnia"] if "melatonin" in title else [])
        type(question).objects.filter(pk=question.pk).update(score=score, up_count=score)
    reindexing.learn_words()


def test_titles_whose_last_word_begins_so_are_offered_best_voted_first(asked):
    assert titles("sle") == ["Sleeping badly since the move", "How do I sleep in a loud house?"]
    assert titles("how to sleep in a lou") == ["How do I sleep in a loud house?"]
    assert titles("SLEEP") == ["Sleeping badly since the move", "How do I sleep in a loud house?"]


def test_a_site_that_has_counted_no_words_asks_its_index():
    question = make_question(title="Does chamomile help at night?")

    assert titles("does chamo") == [question.title]
    assert titles("chamx") == []


def test_what_was_typed_is_marked_and_leads_to_the_question(asked):
    [question] = get_suggestions(Guest(), "mela").questions

    assert [piece.text for piece in question.words if piece.is_found] == ["melatonin"]
    assert question.path.endswith("/is-melatonin-worth-it/")


def test_tags_and_people_that_begin_so_are_offered(asked):
    make_member("insider")

    found = get_suggestions(Guest(), "ins")

    assert ([tag.name for tag in found.tags], [person.name for person in found.people]) == (["insomnia"], ["insider"])


@pytest.mark.parametrize(
    "text", ["", " ", "s", "?!", '"sleep', "is:closed sleep", "sleep -loud", "tag:sleep", "the", "xyzzy"]
)
def test_too_little_what_is_exact_and_what_nobody_said_get_nothing(asked, text):
    assert get_suggestions(Guest(), text) == Suggestions()


def test_nothing_is_offered_that_lists_do_not_show(asked, mo, ann):
    hidden = make_question(title="Sleepwalking on the stairs", tags=["sleepwalking"])
    make_question(title="Sleepwalking for members", audience=Audience.MEMBERS, tags=["sleepwalkers"])
    reindexing.learn_words()
    moderating.hide_post(mo, hidden, reason="Spam")

    assert get_suggestions(Guest(), "sleepwalk") == Suggestions()
    assert titles("sleepwalk", ann) == titles("sleepwalk", mo) == ["Sleepwalking for members"]


def test_it_costs_five_queries_however_much_is_found(asked, ann, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        get_suggestions(Guest(), "how to sleep in a loud hou")
    with django_assert_max_num_queries(5):
        get_suggestions(ann, "insom")
