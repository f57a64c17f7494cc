"""Who is told of what is posted, chosen and voted: the right people, once, and nobody else."""

import pytest

from forum.actions import answering, editing, voting
from forum.choices import FollowMode
from forum.effects import notifications
from forum.models import (
    Event,
    Notification,
    Preferences,
    Tag,
)
from tests.factories import make_answer, make_category, make_comment, make_member, make_question
from tests.support.jobs import run_jobs
from tests.support.told import follow, mention, told

pytestmark = pytest.mark.django_db


def test_the_author_of_a_question_is_told_of_an_answer(ann, bob, newt, question):
    make_answer(question, bob)

    run_jobs()

    assert told() == [("ann", "answered", f"post:{question.pk}", "now")]


def test_who_answers_themself_is_told_of_nothing(ann, question):
    make_answer(question, ann)

    run_jobs()

    assert told() == []


def test_a_guest_who_asked_is_no_member_to_tell(guest, bob):
    make_answer(make_question(guest), bob)

    run_jobs()

    assert told() == []


def test_the_author_of_an_anonymous_question_is_told_like_everybody(ann, bob):
    question = make_question(ann, is_anonymous=True)
    make_answer(question, bob)

    run_jobs()

    assert told() == [("ann", "answered", f"post:{question.pk}", "now")]


@pytest.mark.parametrize(
    ("mode", "channel"),
    [(FollowMode.INSTANT, "now"), (FollowMode.DAILY, "daily"), (FollowMode.WEEKLY, "weekly"), (FollowMode.SITE, "")],
)
def test_followers_of_a_question_hear_of_answers_as_often_as_they_want(mode, channel, guest, bob, newt):
    question = make_question(guest)
    follow(newt, mode, question=question)

    make_answer(question, bob)
    run_jobs()

    assert told() == [("newt", "new_answer", f"post:{question.pk}", channel)]


def test_followers_of_a_question_hear_of_no_comments(guest, bob, newt):
    question = make_question(guest)
    follow(newt, question=question)

    make_comment(question, bob)
    run_jobs()

    assert told() == []


def test_who_asks_and_follows_is_told_once_as_the_one_who_asks(ann, bob, question):
    follow(ann, FollowMode.WEEKLY, question=question)
    follow(ann, person=bob)

    make_answer(question, bob)
    run_jobs()

    assert told() == [("ann", "answered", f"post:{question.pk}", "now")]


def test_followers_of_a_member_hear_of_what_stands_under_their_name(guest, bob, newt):
    follow(newt, person=bob)

    answer = make_answer(make_question(guest), bob)
    question = make_question(bob)
    run_jobs()

    assert told() == [
        ("newt", "new_question", f"post:{answer.question_id}", "daily"),
        ("newt", "new_question", f"post:{question.pk}", "daily"),
    ]


def test_followers_of_a_member_hear_of_nothing_anonymous(guest, bob, newt):
    follow(newt, person=bob)

    make_answer(make_question(guest), bob, is_anonymous=True)
    make_question(bob, is_anonymous=True)
    run_jobs()

    assert told() == []


def test_followers_of_tags_and_of_topics_above_hear_of_a_question_once(ann, bob, newt, mo, sleep):
    dreams = make_category("Dreams", parent=sleep)
    other = make_category("Work")
    make_question(ann, category=other, tags=["night"])
    night = Tag.objects.get(name="night")
    run_jobs()
    follow(bob, FollowMode.WEEKLY, category=sleep)
    follow(bob, FollowMode.INSTANT, tag=night)
    follow(newt, category=dreams)
    follow(mo, category=other)
    follow(ann, tag=night)

    question = make_question(ann, category=dreams, tags=["night"])
    run_jobs()

    assert told() == [
        ("bob", "new_question", f"post:{question.pk}", "now"),
        ("newt", "new_question", f"post:{question.pk}", "daily"),
    ]


def test_a_comment_tells_the_author_of_the_post_and_who_commented_there(ann, bob, newt, mo, question):
    answer = make_answer(question, bob)
    make_comment(answer, newt)
    make_comment(question, mo)
    run_jobs()
    Notification.objects.all().delete()

    make_comment(answer, ann)
    run_jobs()

    assert told() == [
        ("bob", "commented", f"post:{answer.pk}", "now"),
        ("newt", "replied", f"post:{answer.pk}", "daily"),
    ]


def test_the_author_of_a_post_who_commented_there_is_told_as_its_author(ann, bob, question):
    make_comment(question, bob)
    make_comment(question, ann)
    run_jobs()

    assert told() == [
        ("ann", "commented", f"post:{question.pk}", "now"),
        ("bob", "replied", f"post:{question.pk}", "daily"),
    ]


def test_who_is_mentioned_is_told(bob, newt, guest):
    answer = make_answer(make_question(guest), bob)
    mention(answer, newt)

    run_jobs()

    assert told() == [("newt", "mentioned", f"post:{answer.pk}", "now")]


def test_who_takes_no_mentions_is_not_told(bob, newt, guest):
    Preferences.objects.create(member=newt, takes_mentions=False)
    mention(make_answer(make_question(guest), bob), newt)

    run_jobs()

    assert told() == []


@pytest.mark.parametrize("is_mention_first", [False, True])
def test_an_answer_that_mentions_who_asked_is_one_line(is_mention_first, ann, bob, question):
    answer = make_answer(question, bob)
    mention(answer, ann)
    if is_mention_first:
        notifications.make_notifications.call(Event.objects.get(verb="member.mentioned").pk)

    run_jobs()

    kind, subject = ("mentioned", answer.pk) if is_mention_first else ("answered", question.pk)
    assert told() == [("ann", kind, f"post:{subject}", "now")]


def test_a_follower_who_is_mentioned_is_told_of_the_mention(guest, bob, newt):
    question = make_question(guest)
    follow(newt, question=question)
    answer = make_answer(question, bob)
    mention(answer, newt)

    run_jobs()

    assert told() == [("newt", "mentioned", f"post:{answer.pk}", "now")]


def test_a_chosen_answer_tells_its_author(ann, bob, question):
    answer = make_answer(question, bob)
    run_jobs()
    Notification.objects.all().delete()

    answering.accept_answer(ann, answer)
    run_jobs()

    assert told() == [("bob", "accepted", f"post:{answer.pk}", "daily")]


def test_choosing_one_s_own_answer_tells_nobody(ann, question):
    answering.accept_answer(ann, make_answer(question, ann))
    run_jobs()

    assert told() == []


def test_votes_tell_at_milestones_once_and_name_nobody(ann, question):
    voters = [make_member() for _ in range(6)]
    for voter in voters:
        voting.cast_vote(voter, question, 1)
    voting.retract_vote(voters[0], question)
    voting.retract_vote(voters[1], question)
    voting.cast_vote(voters[0], question, 1)
    run_jobs()

    assert told() == [("ann", "voted", f"post:{question.pk}", "daily")] * 2
    reached = Event.objects.filter(verb="post.milestone").order_by("pk")
    assert list(reached.values("actor", "guest", "member", "post", "data")) == [
        {"actor": None, "guest": None, "member": None, "post": question.pk, "data": {"ups": 1}},
        {"actor": None, "guest": None, "member": None, "post": question.pk, "data": {"ups": 5}},
    ]


def test_votes_down_tell_nobody(ann, bob, question):
    voting.cast_vote(bob, question, -1)
    run_jobs()

    assert told() == []


def test_points_tell_their_member_once(newt, bob, ann):
    member = make_member("near", points=480)
    question = make_question(bob)
    answer = make_answer(question, member)
    run_jobs()
    voting.cast_vote(newt, answer, 1)
    voting.retract_vote(newt, answer)
    editing.withdraw_post(member, answer)
    editing.return_post(member, answer)
    run_jobs()

    assert [line for line in told() if line[1] == "points"] == [("near", "points", "points:500", "daily")]
    event = Event.objects.get(verb="points.reached")
    assert (event.actor, event.post, event.member, event.data) == (None, None, member, {"points": 500})
    assert Notification.objects.get(event=event).post is None


def test_points_that_go_are_told_to_nobody(bob):
    member = make_member("near", points=510)
    question = make_question(member, is_anonymous=True)
    run_jobs()
    voting.cast_vote(bob, question, -1)
    editing.withdraw_post(member, question)
    run_jobs()

    assert told() == []
