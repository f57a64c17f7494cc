"""What is new since a member was here last."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forum.actions import tidying
from forum.models import Post, ReadMark
from forum.views.seen import seen_questions
from tests.factories import make_answer, make_comment, make_question

pytestmark = pytest.mark.django_db


def look(client, question):
    page = client.get(question.get_absolute_url()).content.decode()
    seen_questions.write()
    return page.count(">New</span>"), "since your last visit" in page


@pytest.fixture
def question_of_ann(ann):
    """A question that was asked an hour ago."""
    question = make_question(ann)
    Post.objects.filter(pk=question.pk).update(created_at=timezone.now() - timedelta(hours=1))
    return question


def test_what_others_wrote_since_is_marked_once(signed_in, newt, bob, question_of_ann):
    reader = signed_in(newt)
    make_answer(question_of_ann, bob)

    first = look(reader, question_of_ann)
    answer = make_answer(question_of_ann, bob, body="Another thought.")
    make_comment(answer, bob)
    make_comment(answer, newt)

    assert (first, look(reader, question_of_ann), look(reader, question_of_ann)) == ((0, False), (2, True), (0, False))


def test_lists_say_where_something_is_new(signed_in, newt, bob, question_of_ann):
    reader = signed_in(newt)
    look(reader, question_of_ann)
    before = reader.get("/questions/").content.decode()
    make_answer(question_of_ann, bob)

    after = reader.get("/questions/").content.decode()

    assert ("New since your visit" in before, after.count("New since your visit")) == (False, 1)


def test_guests_leave_no_mark_and_see_none(client, question_of_ann, bob):
    look(client, question_of_ann)
    make_answer(question_of_ann, bob)

    assert (look(client, question_of_ann), ReadMark.objects.count()) == ((0, False), 0)


def test_looking_again_moves_the_mark_and_old_ones_are_forgotten(signed_in, newt, question_of_ann):
    look(signed_in(newt), question_of_ann)
    ReadMark.objects.update(seen_at=timezone.now() - timedelta(days=91))
    other = make_question()
    look(signed_in(newt), other)

    assert (tidying.forget_old_read_marks(), [mark.question_id for mark in ReadMark.objects.all()]) == (1, [other.pk])


def test_what_is_gone_before_the_marks_are_written_is_left_out(newt, question_of_ann):
    seen_questions.mark(newt.pk, question_of_ann.pk)
    seen_questions.mark(newt.pk, 999_999)
    seen_questions.mark(888_888, question_of_ann.pk)
    seen_questions.write()

    assert list(ReadMark.objects.values_list("member", "question")) == [(newt.pk, question_of_ann.pk)]
