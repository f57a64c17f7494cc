"""Commenting below a question or an answer."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from forum.actions import closing, commenting, moderating
from forum.actions.recounting import recount
from forum.models import Guest, Post
from tests.factories import make_answer, make_comment
from tests.support.records import everything, ledger, verbs

pytestmark = pytest.mark.django_db


def test_a_comment_below_a_question_counts_there(newt, question):
    comment = make_comment(question, newt)

    question.refresh_from_db()
    assert (comment.question, comment.parent, comment.author) == (question, question, newt)
    assert (question.comment_count, question.answer_count) == (1, 0)
    assert recount(check=True) == []


def test_a_comment_below_an_answer_belongs_to_the_question_and_counts_at_the_answer(newt, question):
    answer = make_answer(question)

    comment = make_comment(answer, newt)

    answer.refresh_from_db()
    question.refresh_from_db()
    assert (comment.question, comment.parent) == (question, answer)
    assert (answer.comment_count, question.comment_count) == (1, 0)
    assert recount(check=True) == []


def test_commenting_pays_nothing_and_is_logged(newt, question):
    comment = make_comment(question, newt)

    assert ledger(newt) == []
    assert verbs(post=comment) == ["comment.added"]


def test_the_same_form_twice_comments_once(newt, question):
    form = uuid4()
    first = make_comment(question, newt, submission_id=form)
    before = everything()

    assert make_comment(question, newt, submission_id=form) == first
    assert everything() == before


def test_a_closed_question_still_takes_comments(newt, mo, question):
    closing.close_question(mo, question, reason="resolved")

    assert make_comment(question, newt).is_published


def test_there_is_no_comment_below_a_comment(newt, question):
    comment = make_comment(question)
    before = everything()

    with pytest.raises(PermissionDenied, match="Only questions and answers can be commented on"):
        make_comment(comment, newt)
    assert everything() == before


def test_a_hidden_post_takes_no_comment(newt, mo, question):
    moderating.hide_post(mo, question)
    before = everything()

    with pytest.raises(PermissionDenied, match="This post can’t be commented on at the moment"):
        make_comment(question, newt)
    assert everything() == before


def test_a_text_that_cannot_be_rendered_leaves_no_guest_behind(question):
    before = everything()

    with pytest.raises(ValidationError):
        commenting.add_comment(Guest(), question, body="[" * 40_000, guest_email="gil@example.org")
    assert everything() == before


def test_a_guests_comment_carries_the_name_they_gave(question):
    comment = make_comment(question, Guest(), guest_name="Gil")

    assert Post.objects.values_list("author", "guest_name").get(pk=comment.pk) == (None, "Gil")


def test_a_waiting_comment_is_not_counted(newt, question):
    comment = make_comment(question, newt, must_wait=True)

    question.refresh_from_db()
    assert (comment.status, question.comment_count) == ("waiting", 0)
