"""What moderators do about posts."""

import pytest
from django.core.exceptions import PermissionDenied

from forum import search
from forum.actions import answering, closing, moderating, voting
from forum.actions.recounting import recount
from forum.models import Category, Event, Guest, Post, Removal, Tag
from tests.factories import make_answer, make_question
from tests.support.records import everything, ledger

pytestmark = pytest.mark.django_db

PAIRS = [
    (moderating.hide_post, moderating.show_post, "hidden", ["post.hidden", "post.shown"]),
    (moderating.delete_post, moderating.restore_post, "deleted", ["post.deleted", "post.restored"]),
    (moderating.hold_post, moderating.approve_post, "waiting", ["post.held", "post.approved"]),
]


@pytest.mark.parametrize("take, give_back, status, said", PAIRS)
def test_a_post_is_taken_out_of_sight_and_brought_back(mo, take, give_back, status, said):
    question = make_question(tags=["nights"])

    take(mo, question, reason="Because")
    assert Post.objects.get(pk=question.pk).status == status
    assert (Category.objects.get().question_count, Tag.objects.get().question_count) == (0, 0)
    assert search.find("sleep", 5) == []
    assert recount(check=True) == []

    give_back(mo, question, reason="Sorry")
    assert Post.objects.get(pk=question.pk).status == "published"
    assert (Category.objects.get().question_count, Tag.objects.get().question_count) == (1, 1)
    assert search.find("sleep", 5) == [question.pk]
    assert recount(check=True) == []

    assert list(Event.objects.filter(post=question, actor=mo).order_by("pk").values_list("verb", "reason")) == [
        (said[0], "Because"),
        (said[1], "Sorry"),
    ]
    removal = Removal.objects.get()
    assert (removal.actor, removal.reason, removal.lifted_by) == (mo, "Because", mo)


@pytest.mark.parametrize("take, give_back, status, said", PAIRS)
def test_twice_is_once(mo, question, take, give_back, status, said):
    take(mo, question)
    before = everything()
    take(mo, question)
    assert everything() == before

    give_back(mo, question)
    before = everything()
    give_back(mo, question)
    assert everything() == before


@pytest.mark.parametrize("take", [moderating.hide_post, moderating.delete_post])
def test_hiding_and_deleting_change_no_points(ann, bob, mo, newt, question, take):
    answer = make_answer(question, bob)
    voting.cast_vote(newt, answer, 1)
    answering.accept_answer(ann, answer)
    before = (ledger(ann), ledger(bob), ledger(newt))

    take(mo, answer)
    take(mo, question)

    assert (ledger(ann), ledger(bob), ledger(newt)) == before
    assert recount(check=True) == []


def test_an_answer_out_of_sight_is_not_counted(mo, question):
    answer = make_answer(question)

    moderating.hide_post(mo, answer)

    question.refresh_from_db()
    assert question.answer_count == 0


def test_the_strongest_removal_says_what_a_post_is(ann, mo, question):
    moderating.hide_post(mo, question)
    moderating.delete_post(mo, question)
    moderating.show_post(mo, question)

    assert Post.objects.get(pk=question.pk).status == "deleted"


@pytest.mark.parametrize(
    "act",
    [
        moderating.hide_post,
        moderating.show_post,
        moderating.delete_post,
        moderating.restore_post,
        moderating.hold_post,
        moderating.approve_post,
        closing.reopen_question,
    ],
)
def test_only_moderators_decide(ann, bob, guest, question, act):
    before = everything()

    for person in (ann, bob, guest, Guest()):
        with pytest.raises(PermissionDenied, match="Only moderators can do this"):
            act(person, question)
    assert everything() == before
