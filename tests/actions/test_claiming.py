"""Handing a guest's posts to the member they became."""

import pytest

from forum.actions import answering, claiming, editing, moderating, voting
from forum.actions.recounting import recount
from forum.models import Event, Guest, Post, Vote
from tests.factories import make_answer, make_comment, make_guest, make_question
from tests.support.records import counts, everything, ledger, points

pytestmark = pytest.mark.django_db


def test_every_post_of_the_guest_becomes_the_members(ann, newt, guest, question):
    asked = make_question(guest, guest_name="Gil")
    answered = make_answer(question, guest, guest_name="Gil")
    said = make_comment(question, guest)

    assert claiming.claim_posts(newt, guest) == 3

    mine = [(asked.pk, newt.pk, None, ""), (answered.pk, newt.pk, None, ""), (said.pk, newt.pk, None, "")]
    rows = Post.objects.filter(author=newt).order_by("pk")
    assert list(rows.values_list("pk", "author", "guest", "guest_name")) == mine
    assert Event.objects.get(verb="guest.claimed").data == {"posts": [asked.pk, answered.pk, said.pk]}


def test_claiming_pays_for_the_posts_and_their_votes_so_far(ann, newt, guest, question):
    asked, answered = make_question(guest), make_answer(question, guest)
    voting.cast_vote(ann, asked, 1)
    voting.cast_vote(ann, answered, 1)
    answering.accept_answer(ann, answered)

    claiming.claim_posts(newt, guest)

    assert sorted(ledger(newt)) == [
        ("answer_accepted", 300),
        ("answer_votes", 20),
        ("answered", 40),
        ("asked", 20),
        ("question_votes", 10),
    ]
    assert points(newt) == 490
    assert recount(check=True) == []


def test_claiming_twice_is_once(newt, guest):
    make_question(guest)
    claiming.claim_posts(newt, guest)
    before = everything()

    assert claiming.claim_posts(newt, guest) == 0
    assert everything() == before


def test_the_address_a_guest_left_is_forgotten(newt, guest):
    make_question(guest)

    claiming.claim_posts(newt, guest)

    assert Guest.objects.values_list("email", "claimed_by").get() == ("", newt.pk)


def test_what_was_claimed_stays_with_whoever_claimed_it(newt, bob, guest):
    make_question(guest)
    claiming.claim_posts(newt, guest)
    make_question(guest)
    before = everything()

    assert claiming.claim_posts(bob, guest) == 0
    assert everything() == before


def test_other_guests_keep_their_posts(newt, guest):
    other = make_question(make_guest())

    assert claiming.claim_posts(newt, guest) == 0
    assert Post.objects.get(pk=other.pk).author is None


def test_posts_may_be_claimed_without_a_name(newt, guest):
    question = make_question(guest)

    claiming.claim_posts(newt, guest, is_anonymous=True)

    assert Post.objects.get(pk=question.pk).is_anonymous is True


def test_ones_own_votes_on_what_one_claims_are_taken_back(bob, newt, guest):
    question = make_question(guest)
    voting.cast_vote(newt, question, 1)
    voting.cast_vote(bob, question, 1)

    claiming.claim_posts(newt, guest)

    assert counts(question) == (1, 0, 1)
    assert list(Vote.objects.values_list("voter", flat=True)) == [bob.pk]
    assert points(newt) == 130
    assert recount(check=True) == []


def test_a_best_answer_to_ones_own_claimed_question_pays_30_and_not_300(newt, guest):
    question = make_question(guest)
    answer = make_answer(question, newt)
    answering.accept_answer(guest, answer)
    assert points(newt) == 440

    claiming.claim_posts(newt, guest)

    assert points(newt) == 190
    assert recount(check=True) == []


def test_waiting_and_withdrawn_posts_pay_nothing_when_claimed(newt, mo, guest):
    waiting, withdrawn = make_question(guest, must_wait=True), make_question(guest)
    editing.withdraw_post(guest, withdrawn)

    claiming.claim_posts(newt, guest)
    assert (points(newt), recount(check=True)) == (100, [])

    moderating.approve_post(mo, waiting)
    editing.return_post(newt, withdrawn)
    assert (points(newt), recount(check=True)) == (140, [])
