"""Voting, changing a vote, taking it back."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from forum.actions import moderating, voting
from forum.actions.recounting import recount
from forum.choices import Direction
from forum.models import Event, Guest, Post, SiteSettings, Vote
from tests.factories import make_answer, make_comment, make_member, make_question
from tests.support.records import counts, everything, ledger, points, verbs

pytestmark = pytest.mark.django_db
UP, DOWN = Direction.UP, Direction.DOWN


def test_a_vote_counts_pays_both_and_is_logged(ann, bob, question):
    voting.cast_vote(bob, question, UP)

    assert counts(question) == (1, 0, 1)
    assert ledger(ann) == [("asked", 20), ("question_votes", 10)]
    assert ledger(bob) == [("vote_cast", 10)]
    event = Event.objects.get(verb="vote.cast")
    assert (event.actor, event.post, event.data) == (bob, question, {"direction": 1})


def test_cast_vote_twice_counts_once(bob, question):
    voting.cast_vote(bob, question, UP)
    before = everything()

    voting.cast_vote(bob, question, UP)

    assert everything() == before


def test_a_change_of_direction_is_one_vote(ann, bob, question):
    voting.cast_vote(bob, question, UP)
    voting.cast_vote(bob, question, DOWN)

    assert counts(question) == (0, 1, -1)
    assert (points(ann), points(bob)) == (510, 2_510)
    assert Vote.objects.count() == 1
    assert recount(check=True) == []


def test_a_vote_keeps_the_day_it_was_first_cast(bob, question):
    voting.cast_vote(bob, question, UP)
    yesterday = timezone.now() - timedelta(days=1)
    Vote.objects.update(created_at=yesterday)

    voting.cast_vote(bob, question, DOWN)

    assert Vote.objects.get().created_at == yesterday


def test_taking_a_vote_back_leaves_nothing_of_it(ann, bob, question):
    voting.cast_vote(bob, question, UP)

    voting.retract_vote(bob, question)

    assert counts(question) == (0, 0, 0)
    assert (points(ann), points(bob)) == (520, 2_500)
    assert verbs(post=question) == ["question.asked", "vote.cast", "post.milestone", "vote.retracted"]
    assert recount(check=True) == []


def test_taking_back_what_was_never_cast_changes_nothing(bob, question):
    before = everything()

    voting.retract_vote(bob, question)

    assert everything() == before


def test_a_vote_on_an_answer_is_worth_20(bob, newt, question):
    answer = make_answer(question, bob)

    voting.cast_vote(newt, answer, UP)

    assert ledger(bob) == [("answered", 40), ("answer_votes", 20)]


def test_a_vote_on_a_comment_pays_its_voter_alone(bob, newt, question):
    comment = make_comment(question, bob)

    voting.cast_vote(newt, comment, UP)

    assert (ledger(bob), ledger(newt)) == ([], [("vote_cast", 10)])
    assert counts(comment) == (1, 0, 1)


def test_a_vote_on_a_guests_post_pays_its_voter_alone(guest, newt):
    question = make_question(guest)

    voting.cast_vote(newt, question, UP)

    assert (points(newt), counts(question)) == (110, (1, 0, 1))
    assert recount(check=True) == []


def test_a_better_liked_question_is_hotter(bob, newt, question):
    before = Post.objects.get(pk=question.pk).hot

    voting.cast_vote(bob, question, UP)
    voting.cast_vote(newt, question, UP)

    assert Post.objects.get(pk=question.pk).hot > before


def test_nobody_votes_on_their_own_post(ann, question):
    before = everything()

    with pytest.raises(PermissionDenied, match="You can’t vote on your own post"):
        voting.cast_vote(ann, question, UP)
    assert everything() == before


@pytest.mark.parametrize("act", [lambda who, post: voting.cast_vote(who, post, UP), voting.retract_vote])
def test_guests_do_not_vote(guest, question, act):
    before = everything()

    for person in (guest, Guest()):
        with pytest.raises(PermissionDenied, match="Sign in first"):
            act(person, question)
    assert everything() == before


def test_a_new_member_is_told_what_is_missing_to_vote_down(newt, question):
    before = everything()

    with pytest.raises(PermissionDenied, match=r"^You need 250 points to downvote\. You have 100\.$"):
        voting.cast_vote(newt, question, DOWN)
    assert everything() == before


def test_comments_are_voted_up_only(bob, question):
    comment = make_comment(question)
    before = everything()

    with pytest.raises(PermissionDenied, match="Comments can only be upvoted"):
        voting.cast_vote(bob, comment, DOWN)
    assert everything() == before


def test_an_owner_switches_downvotes_off(bob, question):
    SiteSettings.objects.create(pk=1, has_downvotes=False)
    before = everything()

    with pytest.raises(PermissionDenied, match="This site only has upvotes"):
        voting.cast_vote(bob, question, DOWN)
    assert everything() == before


def test_a_hidden_post_takes_no_vote_but_a_vote_on_it_can_be_taken_back(bob, newt, mo, question):
    voting.cast_vote(bob, question, UP)
    moderating.hide_post(mo, question)

    with pytest.raises(PermissionDenied, match="This post can’t be voted on"):
        voting.cast_vote(newt, question, UP)
    voting.retract_vote(bob, question)

    assert counts(question) == (0, 0, 0)
    assert recount(check=True) == []


def test_a_suspended_member_neither_votes_nor_takes_votes_back(question):
    sam = make_member("sam", suspended_until=timezone.now() + timedelta(days=1))
    before = everything()

    with pytest.raises(PermissionDenied, match="can only read until"):
        voting.cast_vote(sam, question, UP)
    with pytest.raises(PermissionDenied, match="can only read until"):
        voting.retract_vote(sam, question)
    assert everything() == before
