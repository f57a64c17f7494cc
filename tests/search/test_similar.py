"""Questions that say much the same: rare words say more than common ones."""

import pytest

from forum.actions import moderating, reindexing
from forum.choices import Audience
from forum.models import Guest, Question
from forum.queries.similar import SimilarQuestion, get_duplicates, get_similar
from forum.search.similar import similar_questions
from tests.factories import make_answer, make_question

pytestmark = pytest.mark.django_db
NOBODY = Guest()


@pytest.fixture
def asked():
    """Five questions whose words are counted."""
    titles = {
        "panic": "How do I stop panic attacks on the train?",
        "sleep": "How do I stop waking up at four?",
        "dog": "How do I stop my dog from barking?",
        "mother": "How do I tell my mother about the train?",
        "exam": "Exam in a week",
    }
    posts = {key: make_question(title=title) for key, title in titles.items()}
    reindexing.learn_words()
    return posts


def like(title, **options):
    return [one.question_id for one in similar_questions(title, Question.objects.all(), most=5, **options)]


def test_what_shares_the_rare_words_comes_first(asked):
    assert like("Panic on a train, how do I cope?") == [asked["panic"].pk]
    assert like("My dog is barking all night") == [asked["dog"].pk]


def test_what_shares_common_words_alone_is_not_alike(asked):
    assert like("How do I stop drinking?") == []


def test_endings_case_and_tags_count(asked):
    tagged = make_question(title="What to do in crowds?", tags=["panic", "attacks"])
    reindexing.learn_words()

    assert like("PANICS and attack again") == [tagged.pk, asked["panic"].pk]


@pytest.mark.parametrize("title", ["", "panic attacks", "?? !! 😀", "\x00 \x00 \x00"])
def test_fewer_than_three_words_are_like_nothing(asked, title):
    assert like(title) == []


def test_a_word_that_nobody_has_used_does_not_spoil_the_rest(asked):
    assert like("panic attacks on trains qwertzuiop") == [asked["panic"].pk]


def test_a_new_site_without_counted_words_finds_too(question):
    assert like("I want to sleep much better") == [question.pk]


def test_what_lists_leave_out_is_not_alike(asked, mo):
    moderating.hide_post(mo, asked["dog"])
    make_question(title="A dog barking in panic", audience=Audience.MEMBERS)

    assert get_similar("My dog is barking all night", viewer=NOBODY) == []


def test_asking_costs_four_queries_however_many_are_alike(asked, django_assert_num_queries):
    with django_assert_num_queries(4):
        get_similar("My dog is barking all night", viewer=NOBODY)
    for _ in range(3):
        make_question(title="A dog barking all night")

    with django_assert_num_queries(4):
        get_similar("My dog is barking all night", viewer=NOBODY)


def test_moderators_are_shown_what_was_asked_before_and_is_open(asked, mo):
    again = make_question(title="Dog barking: how do I stop it?")
    make_answer(asked["dog"])
    make_question(title="Barking dog, how to stop it?")

    assert get_duplicates(again, viewer=mo) == [
        SimilarQuestion(asked["dog"].title, asked["dog"].get_absolute_url(), "1 answer")
    ]
