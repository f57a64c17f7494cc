"""Answering, and choosing the best answer."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from forum.actions import answering, closing, moderating
from forum.actions.recounting import recount
from forum.models import Guest, Post
from tests.factories import make_answer, make_comment, make_guest, make_member, make_note, make_question
from tests.support.records import everything, ledger, points, verbs

pytestmark = pytest.mark.django_db


def test_an_answer_stands_below_its_question(bob, question):
    note = make_note()

    answer = answering.answer_question(bob, question, body="Read *slowly*.", notes=[note], is_anonymous=True)

    answer = Post.objects.get(pk=answer.pk)
    assert (answer.kind, answer.question, answer.parent, answer.author) == ("answer", question, question, bob)
    assert answer.body_html == '<p dir="auto">Read <em>slowly</em>.</p>'
    assert (answer.title, answer.slug, answer.is_anonymous) == ("", "", True)
    assert list(answer.notes.all()) == [note]


def test_an_answer_counts_and_moves_its_question_up(bob, question):
    Post.objects.filter(pk=question.pk).update(last_activity_at=timezone.now() - timezone.timedelta(days=3))

    answer = make_answer(question, bob)

    question.refresh_from_db()
    assert question.answer_count == 1
    assert question.last_activity_at >= answer.created_at
    assert recount(check=True) == []


def test_answering_pays_40_points_and_is_logged(bob, question):
    answer = make_answer(question, bob)

    assert ledger(bob) == [("answered", 40)]
    assert points(bob) == 2_540
    assert verbs(post=answer) == ["answer.posted"]
    assert list(answer.revisions.values_list("number", "body", "editor")) == [(1, answer.body, bob.pk)]


def test_the_same_form_twice_answers_once(bob, question):
    form = uuid4()
    first = make_answer(question, bob, submission_id=form)
    before = everything()

    assert make_answer(question, bob, submission_id=form) == first
    assert everything() == before


def test_a_form_sent_again_after_the_question_was_closed_still_says_what_became_of_it(bob, mo, question):
    form = uuid4()
    first = make_answer(question, bob, submission_id=form)
    closing.close_question(mo, question, reason="resolved")

    assert make_answer(question, bob, submission_id=form) == first


def test_a_closed_question_takes_no_answer(bob, mo, question):
    closing.close_question(mo, question, reason="resolved")
    before = everything()

    with pytest.raises(PermissionDenied, match="closed"):
        make_answer(question, bob)
    assert everything() == before


def test_a_hidden_question_takes_no_answer(bob, mo, question):
    moderating.hide_post(mo, question)
    before = everything()

    with pytest.raises(PermissionDenied, match="This question can’t be answered at the moment"):
        make_answer(question, Guest())
    assert everything() == before


def test_a_waiting_answer_pays_and_counts_nothing_until_it_is_approved(bob, mo, question):
    answer = make_answer(question, bob, must_wait=True)
    question.refresh_from_db()
    assert (question.answer_count, ledger(bob)) == (0, [])

    moderating.approve_post(mo, answer)

    question.refresh_from_db()
    assert (question.answer_count, ledger(bob)) == (1, [("answered", 40)])


def test_a_guests_answer_pays_nobody(guest, question):
    answer = make_answer(question, guest, guest_name="Gil")

    assert (answer.author, answer.guest, answer.guest_name) == (None, guest, "Gil")
    assert recount(check=True) == []


def test_accepting_marks_the_answer_and_pays_both(ann, bob, question):
    answer = make_answer(question, bob)

    answering.accept_answer(ann, answer)

    question.refresh_from_db()
    assert question.accepted_answer == answer
    assert question.accepted_at is not None
    assert ledger(ann) == [("asked", 20), ("accepted_an_answer", 30)]
    assert ledger(bob) == [("answered", 40), ("answer_accepted", 300)]
    assert verbs(post=answer) == ["answer.posted", "answer.accepted"]


def test_accepting_twice_is_accepting_once(ann, question):
    answer = make_answer(question)
    answering.accept_answer(ann, answer)
    before = everything()

    answering.accept_answer(ann, answer)

    assert everything() == before


def test_accepting_ones_own_answer_pays_30_and_not_300(ann, question):
    answering.accept_answer(ann, make_answer(question, ann))

    assert ledger(ann) == [("asked", 20), ("answered", 40), ("accepted_an_answer", 30)]
    assert recount(check=True) == []


def test_several_changes_of_mind_leave_the_points_right(ann, bob, newt, question):
    first, second = make_answer(question, bob), make_answer(question, newt)

    answering.accept_answer(ann, first)
    answering.accept_answer(ann, second)
    answering.unaccept_answer(ann, second)
    answering.accept_answer(ann, second)
    answering.accept_answer(ann, first)

    assert (points(ann), points(bob), points(newt)) == (550, 2_840, 140)
    question.refresh_from_db()
    assert question.accepted_answer == first
    assert recount(check=True) == []


def test_unaccepting_takes_the_points_back_and_is_logged(ann, bob, question):
    answer = make_answer(question, bob)
    answering.accept_answer(ann, answer)

    answering.unaccept_answer(ann, answer)

    question.refresh_from_db()
    assert (question.accepted_answer, question.accepted_at) == (None, None)
    assert (points(ann), points(bob)) == (520, 2_540)
    assert verbs(post=answer) == ["answer.posted", "answer.accepted", "answer.unaccepted"]


def test_unaccepting_what_is_not_accepted_changes_nothing(ann, question):
    chosen, other = make_answer(question), make_answer(question)
    answering.accept_answer(ann, chosen)
    before = everything()

    answering.unaccept_answer(ann, other)

    assert everything() == before


def test_a_guest_chooses_the_best_answer_to_their_question(guest, bob):
    answer = make_answer(make_question(guest), bob)

    answering.accept_answer(guest, answer)

    assert points(bob) == 2_840
    assert recount(check=True) == []


@pytest.mark.parametrize("act", [answering.accept_answer, answering.unaccept_answer])
def test_nobody_else_chooses(bob, mo, question, act):
    answer = make_answer(question, bob)
    before = everything()

    for other in (bob, mo, make_guest(), Guest()):
        before = everything()
        with pytest.raises(PermissionDenied, match="Only the person who asked"):
            act(other, answer)
        assert everything() == before


def test_neither_a_question_nor_a_comment_is_a_best_answer(ann, question):
    comment = make_comment(question)
    before = everything()

    for post in (question, comment):
        with pytest.raises(PermissionDenied, match="Only an answer"):
            answering.accept_answer(ann, post)
    assert everything() == before


def test_a_hidden_answer_is_not_chosen(ann, mo, question):
    answer = make_answer(question)
    moderating.hide_post(mo, answer)
    before = everything()

    with pytest.raises(PermissionDenied, match="This answer can’t be marked as best at the moment"):
        answering.accept_answer(ann, answer)
    assert everything() == before


def test_a_suspended_asker_chooses_nothing(sleep):
    sam = make_member("sam")
    answer = make_answer(make_question(sam, category=sleep))
    sam.suspended_until = timezone.now() + timezone.timedelta(days=1)

    with pytest.raises(PermissionDenied, match="can only read until"):
        answering.accept_answer(sam, answer)
