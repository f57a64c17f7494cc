"""Coordinated votes are found at night and taken back, with what was seen."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from forum.actions import editing, reversing, undoing, voting
from forum.actions.recounting import recount
from forum.choices import Direction
from forum.models import LogEntry, Reversal, Trace, Vote
from tests.factories import make_answer, make_member, make_question
from tests.support.records import everything

pytestmark = pytest.mark.django_db


def vote(voter, author, times):
    """Let `voter` vote up as many answers by `author`."""
    posts = [make_answer(make_question(), author) for _ in range(times)]
    for post in posts:
        voting.cast_vote(voter, post, Direction.UP)
    return posts


def trace(member, address, post=None):
    Trace.objects.create(member=member, act="vote", address=address, post=post)


def taken():
    return list(Reversal.objects.order_by("pk").values_list("kind", "member__username", "actor", "why"))


def test_most_of_a_days_votes_for_one_member_are_taken_back(ann, bob):
    vote(ann, bob, 8)
    before = User.objects.get(pk=bob.pk).reputation

    assert reversing.reverse_vote_rings() == 1

    assert taken() == [("votes", "ann", None, ["8 of 8 votes within a day went to posts by one member."])]
    assert list(Vote.objects.filter(voter=ann)) == []
    assert User.objects.get(pk=bob.pk).reputation == before - 8 * 20
    assert recount(check=True) == []


def test_a_reader_who_votes_for_others_too_keeps_them(ann, bob):
    vote(ann, bob, 8)
    for _ in range(3):
        vote(ann, make_member(), 1)

    assert reversing.reverse_vote_rings() == 0
    assert Vote.objects.count() == 11


def test_fewer_votes_for_one_member_stay(ann, bob):
    vote(ann, bob, 7)

    assert reversing.reverse_vote_rings() == 0
    assert Vote.objects.count() == 7


def test_votes_on_anonymous_posts_are_not_looked_at(ann, bob):
    named = vote(ann, bob, 8)
    hidden = [make_answer(author=bob, is_anonymous=True) for _ in range(3)]
    for post in hidden:
        voting.cast_vote(ann, post, Direction.UP)

    reversing.reverse_vote_rings()

    assert taken() == [("votes", "ann", None, ["8 of 8 votes within a day went to posts by one member."])]
    assert list(Vote.objects.order_by("post").values_list("post", flat=True)) == [post.pk for post in hidden]
    assert {post.pk for post in named}.isdisjoint(Vote.objects.values_list("post", flat=True))


def test_done_again_it_leaves_what_became_anonymous_since(mo, ann, bob):
    first = vote(ann, bob, 8)[0]
    reversing.reverse_vote_rings()
    undoing.undo_entry(mo, LogEntry.objects.get(verb="votes.reversed"))
    editing.edit_post(bob, first, body=first.body, is_anonymous=True)

    undoing.undo_entry(mo, LogEntry.objects.get(verb="votes.restored"))

    assert list(Vote.objects.values_list("post", flat=True)) == [first.pk]
    assert recount(check=True) == []


def test_votes_spread_over_days_stay(ann, bob):
    vote(ann, bob, 8)
    for number, each in enumerate(Vote.objects.order_by("pk")):
        Vote.objects.filter(pk=each.pk).update(created_at=timezone.now() - timedelta(hours=20 * number))

    assert reversing.reverse_vote_rings() == 0
    assert Vote.objects.count() == 8


def test_votes_given_back_and_forth_are_taken_back(ann, bob):
    vote(ann, bob, 5)
    vote(bob, ann, 5)

    assert reversing.reverse_vote_rings() == 2

    why = ["Two members gave each other 5 and 5 votes within a week."]
    assert taken() == [("votes", "ann", None, why), ("votes", "bob", None, why)]
    assert Vote.objects.count() == 0
    assert recount(check=True) == []


def test_votes_from_the_authors_own_address_are_taken_back(ann, bob):
    for post in vote(ann, bob, 3):
        trace(ann, "192.0.2.7", post)
    trace(bob, "192.0.2.7")

    reversing.reverse_vote_rings()

    why = ["3 votes went to posts by someone who writes from the same address."]
    assert taken() == [("votes", "ann", None, why)]
    assert Vote.objects.count() == 0


def test_votes_from_another_address_stay(ann, bob):
    for post in vote(ann, bob, 3):
        trace(ann, "192.0.2.7", post)
    trace(bob, "192.0.2.8")

    assert reversing.reverse_vote_rings() == 0
    assert Vote.objects.count() == 3


def test_a_crowd_from_one_address_on_one_post_is_taken_back(question):
    for number in range(6):
        voter = make_member(f"crowd{number}")
        voting.cast_vote(voter, question, Direction.UP)
        trace(voter, "192.0.2.7", question)

    assert reversing.reverse_vote_rings() == 6

    assert {row[3][0] for row in taken()} == {"6 members voted on one post from the same address."}
    assert Vote.objects.count() == 0


def test_the_log_says_why_and_names_no_author(ann, bob):
    vote(ann, bob, 8)

    reversing.reverse_vote_rings()

    entry = LogEntry.objects.select_related("text").get()
    assert (entry.verb, entry.actor, entry.member, entry.post) == ("votes.reversed", None, ann, None)
    assert entry.text.reason == "8 of 8 votes within a day went to posts by one member."


def test_the_next_night_changes_nothing(ann, bob):
    vote(ann, bob, 8)
    reversing.reverse_vote_rings()
    before = everything()

    assert reversing.reverse_vote_rings() == 0
    assert everything() == before


def test_what_a_moderator_put_back_stays(mo, ann, bob):
    vote(ann, bob, 8)
    points = User.objects.get(pk=bob.pk).reputation
    reversing.reverse_vote_rings()

    undoing.undo_entry(mo, LogEntry.objects.get(verb="votes.reversed"))

    assert reversing.reverse_vote_rings() == 0
    assert Vote.objects.filter(voter=ann).count() == 8
    assert User.objects.get(pk=bob.pk).reputation == points
    assert recount(check=True) == []


def test_the_search_costs_the_same_for_any_number_of_voters(django_assert_num_queries, ann, bob):
    vote(ann, bob, 2)
    with django_assert_num_queries(5):
        reversing.reverse_vote_rings()

    for _ in range(3):
        vote(make_member(), bob, 2)
    with django_assert_num_queries(5):
        reversing.reverse_vote_rings()
