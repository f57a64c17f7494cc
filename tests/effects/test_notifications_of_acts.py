"""Who is told of edits, closings, messages and reports."""

import pytest

from forum.actions import closing, editing, flagging, messaging, suggesting, undoing
from forum.choices import MessageKind
from forum.models import (
    Event,
    LogEntry,
    Notification,
)
from tests.support.jobs import run_jobs
from tests.support.told import suggest, told

pytestmark = pytest.mark.django_db


def undo_last(moderator):
    undoing.undo_entry(moderator, LogEntry.objects.newest_first().first())


def test_an_edit_by_somebody_else_tells_the_author_once_for_one_text(ann, bob, question):
    for words in ("I wake at five.", "I wake at six."):
        editing.edit_post(bob, question, body=words, reason="Clearer")
    editing.edit_post(ann, question, body="I wake at seven.")
    run_jobs()

    assert told() == [("ann", "edited", f"post:{question.pk}", "daily")]


def test_an_edit_by_a_moderator_is_one_line(ann, mo, question):
    editing.edit_post(mo, question, body="I wake at five.", reason="A name stood there.")
    run_jobs()

    assert told() == [("ann", "edited", f"post:{question.pk}", "daily")]


def test_a_suggested_edit_tells_the_author_once(ann, newt, question):
    suggest(newt, question)
    suggest(newt, question, "I wake at five.")
    run_jobs()

    assert told() == [("ann", "suggested", f"post:{question.pk}", "daily")]


def test_a_decision_tells_who_suggested_and_an_author_nothing_of_their_own(ann, newt, question):
    suggestion = suggest(newt, question)
    run_jobs()
    Notification.objects.all().delete()

    suggesting.approve_suggestion(ann, suggestion, base_version=1)
    run_jobs()

    assert told() == [("newt", "decided", f"post:{question.pk}", "daily")]


def test_an_approval_by_somebody_else_tells_both(ann, mo, newt, question):
    suggestion = suggest(newt, question)
    run_jobs()
    Notification.objects.all().delete()

    suggesting.approve_suggestion(mo, suggestion, base_version=1)
    run_jobs()

    assert told() == [
        ("ann", "edited", f"post:{question.pk}", "daily"),
        ("newt", "decided", f"post:{question.pk}", "daily"),
    ]


def test_a_rejection_tells_who_suggested(ann, newt, question):
    suggestion = suggest(newt, question)
    run_jobs()
    Notification.objects.all().delete()

    suggesting.reject_suggestion(ann, suggestion, reason="I meant four.")
    run_jobs()

    assert told() == [("newt", "decided", f"post:{question.pk}", "daily")]


def test_closing_and_opening_again_are_one_line_each(ann, mo, question):
    closing.close_question(mo, question, reason="needs_detail", note="Asked twice.")
    closing.reopen_question(mo, question, reply="It is open again.")
    run_jobs()

    assert told() == [
        ("ann", "closed", f"post:{question.pk}", "daily"),
        ("ann", "reopened", f"post:{question.pk}", "daily"),
    ]


def test_a_message_from_the_moderators_tells_of_itself(ann, mo, question):
    message = messaging.write_to_author(mo, question, text="Are you safe?", kind=MessageKind.CARE)
    run_jobs()

    assert told() == [("ann", "message", f"conversation:{message.conversation_id}", "now")]
    event = Event.objects.get(verb="message.sent")
    assert (event.actor, event.post, event.member) == (None, None, None)
    assert Notification.objects.get().post is None


def test_what_became_of_a_report_tells_who_reported(ann, bob, mo, question):
    flag = flagging.flag_post(bob, question, reason="spam")
    flagging.settle_flag(mo, flag, upheld=False, outcome="It is fine.")
    run_jobs()

    conversation = bob.conversations.get()
    assert told() == [("bob", "reported", f"conversation:{conversation.pk}", "daily")]


def test_a_withdrawn_message_withdraws_its_line_and_back(ann, mo, question):
    messaging.write_to_author(mo, question, text="Are you safe?", kind=MessageKind.CARE)
    run_jobs()
    assert len(told()) == 1

    undo_last(mo)
    run_jobs()
    assert told() == []
    ann.refresh_from_db()
    assert ann.unread_notifications == 0

    undo_last(mo)
    run_jobs()
    assert len(told()) == 1


def test_a_message_withdrawn_before_anybody_was_told_tells_nobody(ann, mo, question):
    messaging.write_to_author(mo, question, text="Are you safe?", kind=MessageKind.CARE)
    undo_last(mo)
    run_jobs()

    assert told() == []
