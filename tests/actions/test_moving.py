"""A question moves to another topic."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from forum.actions import editing, flagging, moving, undoing
from forum.actions.recounting import recount
from forum.models import Case, Category, Guest, LogEntry, Post
from tests.factories import make_answer, make_category, make_question
from tests.support.records import everything, verbs
from tests.support.standing import standing

pytestmark = pytest.mark.django_db


@pytest.fixture
def work(sleep):
    return make_category("Work")


def last():
    return LogEntry.objects.order_by("-number")[0]


def numbers():
    return dict(Category.objects.values_list("name", "question_count"))


def test_a_question_moves_with_its_tags_and_its_cases(bob, mo, newt, sleep, work):
    question = make_question(bob, category=sleep, tags=["nights"])
    answer = make_answer(question)
    flagging.flag_post(newt, answer, reason="spam")

    moving.move_question(mo, question, category=work, reason="It is about work")

    moved = Post.objects.get(pk=question.pk)
    assert (moved.category, list(moved.tags.names()), numbers()) == (work, ["nights"], {"Sleep": 0, "Work": 1})
    assert set(Case.objects.filter(post=answer).values_list("category", flat=True)) == {work.pk}
    assert (verbs(post=question)[-1], recount(check=True)) == ("question.moved", [])


def test_a_move_is_taken_back_exactly_and_done_again(mo, ada, newt, question, work):
    flagging.flag_post(newt, question, reason="spam")
    before = standing()
    moving.move_question(mo, question, category=work)
    moved = standing()

    undone = undoing.undo_entry(ada, last())
    assert (standing(), recount(check=True)) == (before, [])

    undoing.undo_entry(mo, undone)
    assert (standing(), recount(check=True)) == (moved, [])


def test_moving_to_where_it_stands_changes_nothing(mo, question, sleep):
    before = everything()

    moving.move_question(mo, question, category=sleep)

    assert everything() == before


def test_what_was_moved_again_is_not_taken_back_over(mo, question, work):
    moving.move_question(mo, question, category=work)
    first = last()
    moving.move_question(mo, question, category=make_category("Family"))
    before = everything()

    with pytest.raises(ValidationError, match="Someone has moved it since"):
        undoing.undo_entry(mo, first)
    assert everything() == before


def test_only_moderators_move_and_only_questions(ann, bob, guest, mo, question, work):
    answer = make_answer(question)
    before = everything()

    for person in (ann, bob, guest, Guest()):
        with pytest.raises(PermissionDenied, match="Only moderators can do this"):
            moving.move_question(person, question, category=work)
    with pytest.raises(PermissionDenied, match="Only questions have a topic"):
        moving.move_question(mo, answer, category=work)
    assert everything() == before


def test_retagging_by_a_moderator_is_logged_and_taken_back(bob, mo, sleep, work):
    question = make_question(bob, category=sleep, tags=["nights"])
    make_question(category=work, tags=["days"])
    editing.retag_question(mo, question, category=work, tags=["days"])
    assert (last().verb, list(question.tags.names())) == ("question.retagged", ["days"])

    undoing.undo_entry(mo, last())

    assert (Post.objects.get(pk=question.pk).category, list(question.tags.names())) == (sleep, ["nights"])
    assert recount(check=True) == []
