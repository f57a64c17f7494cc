"""What the database holds about posts, whatever the code does."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from forum.choices import PostKind
from forum.models import Post
from tests.factories import make_answer, make_category, make_comment, make_guest, make_question
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db


def change(post, **fields):
    Post.objects.filter(pk=post.pk).update(**fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": PostKind.QUESTION, "title": "How?", "slug": "how", "body": "x"},
        {"parent": None},
        {"question": None},
    ],
)
def test_an_answer_stands_under_its_question(question, fields):
    answer = make_answer(question)

    with refused("post_"):
        change(answer, **fields)


def test_an_answer_does_not_stand_under_another_question_than_its_own(question):
    answer = make_answer(question)

    with refused("post_kind_says_where_it_stands"):
        change(answer, parent=make_question())


def test_a_question_stands_under_nothing(question):
    with refused("post_kind_says_where_it_stands"):
        change(question, parent=make_question())


def test_a_comment_has_a_question_and_a_parent(question):
    comment = make_comment(question)

    with refused("post_kind_says_where_it_stands"):
        change(comment, question=None)


@pytest.mark.parametrize("fields", [{"title": ""}, {"slug": ""}])
def test_a_question_has_a_title_and_an_address(question, fields):
    with refused("post_title_is_a_questions"):
        change(question, **fields)


@pytest.mark.parametrize("fields", [{"title": "A title"}, {"slug": "a-slug"}])
def test_an_answer_has_neither_title_nor_slug(question, fields):
    answer = make_answer(question)

    with refused("post_title_is_a_questions"):
        change(answer, **fields)


def test_a_question_has_a_category(question):
    with refused("post_category_and_acceptance_are_a_questions"):
        change(question, category=None)


@pytest.mark.parametrize("fields", [{"intent": "advice"}, {"is_closed": True}, {"audience": "members"}])
def test_an_answer_has_nothing_that_only_a_question_has(question, fields):
    answer = make_answer(question)

    with refused("post_category_and_acceptance_are_a_questions"):
        change(answer, **fields)


def test_a_comment_has_no_category(question, sleep):
    comment = make_comment(question)

    with refused("post_category_and_acceptance_are_a_questions"):
        change(comment, category=sleep)


def test_an_answer_accepts_no_answer_and_follows_none(question):
    answer, other = make_answer(question), make_answer(question)

    with refused("post_category_and_acceptance_are_a_questions"):
        change(answer, accepted_answer=other, accepted_at=timezone.now())
    with refused("post_category_and_acceptance_are_a_questions"):
        change(answer, follows=other)


def test_only_a_question_may_have_an_empty_body(question):
    answer = make_answer(question)
    change(question, body="")

    with refused("post_body_empty_only_under_a_title"):
        change(answer, body="")


def test_a_post_has_an_author(question):
    with refused("post_has_one_author"):
        change(question, author=None)


def test_a_post_has_one_author_alone(question, guest):
    with refused("post_has_one_author"):
        change(question, guest=guest)


def test_a_members_post_carries_no_guests_name(question):
    with refused("post_has_one_author"):
        change(question, guest_name="Sam")


@pytest.mark.parametrize("is_accepted, has_time", [(True, False), (False, True)])
def test_an_acceptance_and_its_time_come_together(question, is_accepted, has_time):
    answer = make_answer(question)

    with refused("post_acceptance_has_a_time"):
        change(
            question, accepted_answer=answer if is_accepted else None, accepted_at=timezone.now() if has_time else None
        )


def test_a_score_is_ups_less_downs(question):
    with refused("post_score_is_ups_less_downs"):
        change(question, up_count=3, down_count=1, score=3)


def test_one_form_makes_one_post(question):
    other, form = make_question(), uuid4()
    change(question, submission_id=form)

    with refused("submission_id", "forum_post.submission_id"):
        change(other, submission_id=form)


def test_an_answer_is_the_best_of_one_question(question):
    answer, other = make_answer(question), make_question()
    change(question, accepted_answer=answer, accepted_at=timezone.now())

    with refused("post_answer_is_chosen_once", "forum_post.accepted_answer_id"):
        change(other, accepted_answer=answer, accepted_at=timezone.now())


def test_counts_are_never_negative(question):
    with pytest.raises(IntegrityError), transaction.atomic():
        change(question, answer_count=-1)


def test_neither_authors_nor_topics_of_posts_can_be_deleted(ann, sleep, guest, question):
    make_question(guest, category=make_category("Work"))

    with pytest.raises(ProtectedError):
        ann.delete()
    with pytest.raises(ProtectedError):
        sleep.delete()
    with pytest.raises(ProtectedError):
        guest.delete()


def test_a_question_with_answers_cannot_be_deleted(question):
    make_answer(question)

    with pytest.raises(ProtectedError):
        question.delete()


def test_nobody_sees_more_for_being_a_guest_who_never_posted(question):
    change(question, author=None, guest=make_guest())

    assert list(Post.objects.filter(pk=question.pk, guest=None)) == []
