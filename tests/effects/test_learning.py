"""What the site learns of posts that were spam, and of those that were kept."""

import pytest

from forum import spam
from forum.actions import editing, flagging, moderating, undoing
from forum.effects.spam import learn, learned, unlearn
from forum.models import LearnedWord, LogEntry
from tests.factories import make_answer, make_question

pytestmark = pytest.mark.django_db


def known():
    rows = LearnedWord.objects.order_by("word").values_list("word", "spam_count", "kept_count")
    return {word: (spam, kept) for word, spam, kept in rows}


@pytest.fixture
def advert(question, ann):
    return make_answer(question, ann, body="Casino bonus, casino!")


def test_each_word_counts_once_a_post_and_the_posts_are_counted(advert, question, ann):
    learn(advert, is_spam=True)
    learn(make_answer(question, ann, body="No casino."), is_spam=False)

    assert known() == {"": (1, 1), "casino": (1, 1), "bonus": (1, 0)}


def test_the_title_of_a_question_is_learned_too(ann):
    learn(make_question(ann, title="Free money here?", body=""), is_spam=True)

    assert set(known()) == {"", "free", "money", "here"}


def test_what_was_learned_is_forgotten_without_a_trace(advert):
    learn(advert, is_spam=True)
    unlearn(advert, is_spam=True)

    assert known() == {}


def test_a_post_that_changed_meanwhile_is_forgotten_as_it_was_learned(mo, newt, question):
    post = make_answer(question, newt, body="Casino bonus.", must_wait=True)
    moderating.approve_post(mo, post)
    entry = LogEntry.objects.newest_first().first()
    editing.edit_post(newt, post, body="Sleep well.")

    undoing.undo_entry(mo, entry)

    assert known() == {}


def test_forgetting_what_was_never_learned_changes_nothing(advert):
    learn(advert, is_spam=False)

    unlearn(advert, is_spam=True)

    assert known() == {"": (0, 1), "casino": (0, 1), "bonus": (0, 1)}


def test_what_is_known_of_words_comes_with_one_query(advert, django_assert_num_queries):
    learn(advert, is_spam=True)

    with django_assert_num_queries(1):
        found = learned(["casino", "sleep"])

    assert found == spam.Learned(1, 0, {"casino": (1, 0)})


def test_a_first_post_that_is_kept_teaches_what_is_no_spam_once(mo, newt, question):
    first = make_answer(question, newt, body="Casino bonus.")

    flagging.keep_post(mo, first)
    flagging.keep_post(mo, first)

    assert known() == {"": (0, 1), "casino": (0, 1), "bonus": (0, 1)}


def test_a_later_post_that_is_kept_teaches_nothing(mo, ann, bob, question):
    post = make_answer(question, ann)
    flagging.flag_post(bob, post, reason="spam")

    flagging.keep_post(mo, post, reason="It is kind.")

    assert known() == {}


def test_undo_of_an_approval_forgets_what_it_taught_and_undo_of_that_learns_it_again(mo, question, newt):
    post = make_answer(question, newt, body="Casino bonus.", must_wait=True)
    moderating.approve_post(mo, post)
    taught = known()

    undone = undoing.undo_entry(mo, LogEntry.objects.newest_first().first())
    after_undo = known()
    undoing.undo_entry(mo, undone)

    assert (taught, after_undo) == ({"": (0, 1), "casino": (0, 1), "bonus": (0, 1)}, {})
    assert known() == taught
