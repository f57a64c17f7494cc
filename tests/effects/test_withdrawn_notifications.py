"""What was told stands while it can be read, and no longer; nobody is told of what others cannot see yet."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forum.actions import (
    answering,
    asking,
    commenting,
    converting,
    editing,
    merging,
    moderating,
    recounting,
    suggesting,
    undoing,
)
from forum.choices import FollowMode, PostKind
from forum.effects import notifications
from forum.limits import TELL_DAYS
from forum.models import Bundle, Event, Follow, LogEntry, Notification, Post
from tests.factories import make_answer, make_comment, make_member, make_question
from tests.support.jobs import run_jobs
from tests.support.told import mention, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def answer(newt, bob, question):
    """Bob's answer to Ann's question, which Newt follows."""
    Follow.objects.create(member=newt, question=question, mode=FollowMode.DAILY)
    return make_answer(question, bob)


def lines(question):
    return [
        ("ann", "answered", f"post:{question.pk}", "now"),
        ("newt", "new_answer", f"post:{question.pk}", "daily"),
    ]


def unread(*members):
    for member in members:
        member.refresh_from_db()
    return [member.unread_notifications for member in members]


@pytest.mark.parametrize("hide", [moderating.hide_post, moderating.delete_post])
def test_what_goes_out_of_sight_is_withdrawn_and_comes_back(hide, ann, newt, mo, question, answer):
    run_jobs()
    assert (told(), unread(ann, newt)) == (lines(question), [1, 1])

    hide(mo, answer)
    run_jobs()
    assert (told(), unread(ann, newt)) == ([], [0, 0])
    assert list(Bundle.objects.values_list("count", "latest_event")) == [(0, None)] * 2

    undoing.undo_entry(mo, LogEntry.objects.newest_first().first())
    run_jobs()
    assert (told(), unread(ann, newt)) == (lines(question), [1, 1])
    assert recounting.recount(check=True) == []


def test_what_its_author_takes_away_is_withdrawn_and_comes_back(bob, question, answer):
    run_jobs()

    editing.withdraw_post(bob, answer)
    run_jobs()
    assert told() == []

    editing.return_post(bob, answer)
    run_jobs()
    assert told() == lines(question)


def test_with_a_question_everything_below_it_goes(mo, bob, question, answer):
    make_comment(answer, make_member("cy"))
    run_jobs()
    assert len(told()) == 3

    moderating.hide_post(mo, question)
    run_jobs()

    # Who wrote something there reads it still, and what was said to it stands below a question nobody can open.
    assert told() == []


def test_moderators_are_told_of_what_is_hidden(mo, question, answer):
    Follow.objects.create(member=mo, question=question)
    run_jobs()
    moderating.hide_post(make_member("max", role="moderator"), answer)
    run_jobs()

    assert told() == [("mo", "new_answer", f"post:{question.pk}", "daily")]


def test_what_waits_is_told_once_it_is_approved(ann, bob, newt, mo, question):
    Follow.objects.create(member=newt, question=question)
    answer = answering.answer_question(bob, question, body="A warm drink.", must_wait=True)
    mention(answer, newt)
    comment = commenting.add_comment(bob, question, body="Since when?", must_wait=True)
    run_jobs()
    assert Notification.objects.count() == 0

    moderating.approve_post(mo, answer)
    moderating.approve_post(mo, comment)
    run_jobs()

    assert told() == [
        ("ann", "answered", f"post:{question.pk}", "now"),
        ("ann", "commented", f"post:{question.pk}", "now"),
        ("newt", "mentioned", f"post:{answer.pk}", "now"),
    ]


def test_a_question_that_waits_is_told_once_it_is_approved(ann, newt, mo, sleep):
    Follow.objects.create(member=newt, category=sleep)
    question = asking.ask_question(
        ann, title="Why do I wake?", body="At four.", category=sleep, tags=[], must_wait=True
    )
    run_jobs()
    assert told() == []

    moderating.approve_post(mo, question)
    run_jobs()

    assert told() == [("newt", "new_question", f"post:{question.pk}", "daily")]


def test_what_waited_too_long_is_no_news(ann, bob, mo, question):
    answer = answering.answer_question(bob, question, body="A warm drink.", must_wait=True)
    run_jobs()
    Event.objects.update(created_at=timezone.now() - timedelta(days=TELL_DAYS + 1))

    moderating.approve_post(mo, answer)
    run_jobs()

    assert told() == []


def test_what_was_hidden_before_the_worker_came_is_told_when_it_is_back(mo, question, answer):
    moderating.hide_post(mo, answer)
    run_jobs()
    assert told() == []

    moderating.show_post(mo, answer)
    run_jobs()
    assert told() == lines(question)


def test_what_goes_while_it_is_told_is_withdrawn_by_whoever_told_it(mo, question, answer):
    Post.objects.filter(pk=answer.pk).update(status="hidden")
    event = Event.objects.get(verb="answer.posted")
    Post.objects.filter(pk=answer.pk).update(status="published")
    notifications.make_notifications.call(event.pk)
    Post.objects.filter(pk=answer.pk).update(status="hidden")

    notifications.make_notifications.call(event.pk)
    run_jobs()

    assert told() == []


def test_an_answer_chosen_no_more_is_not_told_so(ann, bob, question):
    answer = make_answer(question, bob)
    answering.accept_answer(ann, answer)
    answering.unaccept_answer(ann, answer)
    run_jobs()
    assert told(kind="accepted") == []

    answering.accept_answer(ann, answer)
    run_jobs()
    assert told(kind="accepted") == [("bob", "accepted", f"post:{answer.pk}", "daily")]

    answering.accept_answer(ann, make_answer(question, make_member()))
    run_jobs()
    assert told(kind="accepted", recipient=bob) == []


def test_a_suggestion_taken_back_is_not_told(ann, newt, question):
    suggestion = suggesting.suggest_edit(newt, question, body="I wake at five.", reason="Clearer")
    run_jobs()
    assert len(told()) == 1

    suggesting.withdraw_suggestion(newt, suggestion)
    run_jobs()

    assert told() == []


def test_a_decision_taken_back_is_not_told(mo, newt, question):
    suggestion = suggesting.suggest_edit(newt, question, body="I wake at five.", reason="Clearer")
    suggesting.reject_suggestion(mo, suggestion, reason="No.")
    run_jobs()
    assert [line[1] for line in told()] == ["suggested", "decided"]

    undoing.undo_entry(mo, LogEntry.objects.newest_first().first())
    run_jobs()

    assert [line[1] for line in told()] == ["suggested"]


def test_a_question_that_becomes_anonymous_is_told_to_nobody_who_follows_its_author(bob, newt, ann, sleep):
    Follow.objects.create(member=newt, person=bob)
    Follow.objects.create(member=ann, person=bob)
    Follow.objects.create(member=ann, category=sleep)
    question = make_question(bob, category=sleep)
    answer = make_answer(make_question(make_member(), category=sleep), bob)
    run_jobs()
    assert len(told(kind="new_question", recipient=newt)) == 2

    for post in (question, answer):
        editing.edit_post(bob, post, body=post.body, is_anonymous=True)
    run_jobs()

    assert told(kind="new_question", recipient=newt) == []
    assert told(kind="new_question", post=question) == [("ann", "new_question", f"post:{question.pk}", "daily")]


def test_answers_that_move_to_another_question_stand(ann, mo, newt, sleep, question, answer):
    older = make_question(make_member(), category=sleep)
    run_jobs()

    merging.merge_question(mo, question, target=older)
    run_jobs()
    assert told() == lines(question)

    moderating.hide_post(mo, older)
    run_jobs()
    assert told(kind__in=["answered", "new_answer"]) == []


def test_an_answer_that_becomes_a_comment_stands(mo, question, answer):
    run_jobs()
    converting.convert_post(mo, answer, to=PostKind.COMMENT)
    run_jobs()

    assert told() == lines(question)
