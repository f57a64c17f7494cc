"""Flags, and what moderators do about posts."""

import pytest
from django.core.exceptions import PermissionDenied

from forum import search
from forum.actions import answering, closing, flagging, moderating, voting
from forum.actions.recounting import recount
from forum.models import Category, Closure, Event, Flag, Guest, Post, Removal, Tag
from tests.factories import make_answer, make_question
from tests.support.records import everything, ledger, points, verbs

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


def test_closing_a_question_is_a_closure_and_reopening_lifts_it(mo, question):
    other = make_question()

    closure = closing.close_question(mo, question, reason="duplicate", note="See there", duplicate_of=other)
    assert (closure.closed_by, closure.reason_id, closure.note, closure.duplicate_of) == (
        mo,
        "duplicate",
        "See there",
        other,
    )
    assert Post.objects.get(pk=question.pk).is_closed is True
    assert recount(check=True) == []

    closing.reopen_question(mo, question, reason="It differs")
    assert Post.objects.get(pk=question.pk).is_closed is False
    assert Closure.objects.get().lifted_by == mo
    assert verbs(post=question) == ["question.asked", "question.closed", "question.reopened"]
    assert recount(check=True) == []


def test_closing_twice_keeps_the_first_closure_and_reopening_twice_is_once(mo, question):
    first = closing.close_question(mo, question, reason="heated")
    before = everything()
    assert closing.close_question(mo, question, reason="resolved") == first
    assert everything() == before

    closing.reopen_question(mo, question)
    before = everything()
    closing.reopen_question(mo, question)
    assert everything() == before


def test_closing_changes_no_points(ann, mo, question):
    closing.close_question(mo, question, reason="heated")

    assert points(ann) == 520


def test_only_a_question_is_closed(mo, question):
    answer = make_answer(question)
    before = everything()

    with pytest.raises(PermissionDenied, match="Only a question can be closed"):
        closing.close_question(mo, answer, reason="heated")
    assert everything() == before


def test_a_flag_says_who_and_why(newt, question):
    flag = flagging.flag_post(newt, question, reason="unkind", text="It made me sad.")

    assert (flag.post_id, flag.reporter, flag.reason_id, flag.text) == (question.pk, newt, "unkind", "It made me sad.")
    assert (flag.state, verbs(post=question)) == ("open", ["question.asked", "post.flagged"])


def test_a_second_flag_changes_nothing(newt, question):
    first = flagging.flag_post(newt, question, reason="unkind")
    before = everything()

    assert flagging.flag_post(newt, question, reason="spam") == first
    assert everything() == before


def test_neither_guests_nor_authors_flag(ann, guest, question):
    before = everything()

    with pytest.raises(PermissionDenied, match="This is your own post"):
        flagging.flag_post(ann, question, reason="spam")
    for person in (guest, Guest()):
        with pytest.raises(PermissionDenied, match="Sign in first"):
            flagging.flag_post(person, question, reason="spam")
    assert everything() == before


@pytest.mark.parametrize("upheld, state", [(True, "upheld"), (False, "declined")])
def test_a_flag_is_settled_once_and_can_be_reopened(mo, newt, question, upheld, state):
    flag = flagging.flag_post(newt, question, reason="spam")

    settled = flagging.settle_flag(mo, flag, upheld=upheld, outcome="Looked at it")
    assert (settled.state, settled.settled_by, settled.outcome) == (state, mo, "Looked at it")
    before = everything()
    flagging.settle_flag(mo, flag, upheld=not upheld)
    assert everything() == before

    flagging.reopen_flag(mo, flag)
    assert Flag.objects.values_list("state", "settled_at", "settled_by", "outcome").get() == ("open", None, None, "")
    before = everything()
    flagging.reopen_flag(mo, flag)
    assert everything() == before


def test_a_settled_flag_stays_settled_when_its_reporter_flagged_again(mo, newt, question):
    first = flagging.flag_post(newt, question, reason="spam")
    flagging.settle_flag(mo, first, upheld=False)
    second = flagging.flag_post(newt, question, reason="spam")
    before = everything()

    flagging.reopen_flag(mo, first)

    assert second != first
    assert everything() == before


@pytest.mark.parametrize("act", [lambda who, flag: flagging.settle_flag(who, flag, upheld=True), flagging.reopen_flag])
def test_only_moderators_settle_flags(bob, newt, question, act):
    flag = flagging.flag_post(newt, question, reason="spam")
    before = everything()

    for person in (bob, newt, Guest()):
        with pytest.raises(PermissionDenied, match="Only moderators"):
            act(person, flag)
    assert everything() == before
