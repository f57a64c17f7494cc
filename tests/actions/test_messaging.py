"""Moderators and members write to each other; notes for the team; and taking all of it back."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.models import User
from forum.actions import answering, messaging, sanctioning, undoing
from forum.actions.recounting import recount
from forum.models import Conversation, Guest, LogEntry, MemberNote, Message
from tests.factories import make_question
from tests.support.records import everything

pytestmark = pytest.mark.django_db


def fresh(member):
    return User.objects.get(pk=member.pk)


def log():
    """Return what the log says, oldest first: verb, actor, post, member, thing, reason."""
    columns = ("verb", "actor__username", "post", "member__username", "thing", "text__reason")
    return list(LogEntry.objects.order_by("number").values_list(*columns))


def without_times(rows):
    """Return `everything` but what an undo adds or dates: the log and the messages."""
    return {name: table for name, table in rows.items() if name not in {"LogEntry", "LogText", "LogHead", "Event"}}


@pytest.fixture
def paused(mo, bob):
    """Bob, who may only read."""
    sanctioning.suspend_member(mo, bob, until=timezone.now() + timedelta(days=7), reason="Anger")
    return bob


@pytest.mark.parametrize(
    "kind, verb", [("message", "member.written_to"), ("care", "member.cared_for"), ("warning", "member.warned")]
)
def test_a_moderator_writes_to_a_member_and_the_log_says_so(mo, ann, kind, verb):
    message = messaging.write_to_member(mo, ann, text="A few words.", kind=kind)

    assert (message.text, message.kind, message.author, message.is_from_team) == ("A few words.", kind, mo, True)
    assert (fresh(ann).unread_messages, fresh(ann).must_acknowledge) == (1, kind == "warning")
    assert log() == [(verb, "mo", None, "ann", f"message:{message.pk}", "A few words.")]
    assert recount(check=True) == []


def test_about_an_anonymous_post_the_log_names_the_post_and_not_the_member(mo, ann):
    question = make_question(ann, is_anonymous=True)

    message = messaging.write_to_member(mo, ann, text="Are you safe?", kind="care", post=question)

    assert log() == [("member.cared_for", "mo", question.pk, None, f"message:{message.pk}", "Are you safe?")]
    assert (message.conversation.member, message.conversation.post_id) == (ann, question.pk)


def test_the_same_message_twice_is_one(mo, ann):
    first = messaging.write_to_member(mo, ann, text="A few words.", kind="care")
    before = everything()

    assert messaging.write_to_member(mo, ann, text="A few words.", kind="care") == first
    assert everything() == before


def test_only_moderators_write_to_members_and_not_to_themselves(mo, ann, bob):
    before = everything()

    for actor, member, sentence in [
        (bob, ann, "Only moderators"),
        (Guest(), ann, "Only moderators"),
        (mo, mo, "This is your own account"),
    ]:
        with pytest.raises(PermissionDenied, match=sentence):
            messaging.write_to_member(actor, member, text="Hello.", kind="message")
        with pytest.raises(PermissionDenied, match=sentence):
            messaging.note_member(actor, member, text="Hello.")
    assert everything() == before


@pytest.mark.parametrize("text, kind", [("  ", "message"), ("Words.", "notice"), ("Words.", "suspension")])
def test_an_empty_text_and_a_kind_that_acts_alone_write_are_refused(mo, ann, text, kind):
    before = everything()

    with pytest.raises(ValidationError):
        messaging.write_to_member(mo, ann, text=text, kind=kind)
    assert everything() == before


def test_who_was_warned_writes_and_votes_again_once_they_have_read_it(mo, newt, question):
    message = messaging.write_to_member(mo, newt, text="Please be kind.", kind="warning")
    with pytest.raises(PermissionDenied, match="at the top of every page"):
        answering.answer_question(fresh(newt), question, body="A warm drink.")

    messaging.acknowledge_warning(newt, message)

    newt = fresh(newt)
    assert (newt.unread_messages, newt.must_acknowledge) == (0, False)
    assert answering.answer_question(newt, question, body="A warm drink.").is_published
    assert recount(check=True) == []


def test_acknowledging_twice_is_once_and_a_message_needs_none(mo, newt):
    warning = messaging.write_to_member(mo, newt, text="Please be kind.", kind="warning")
    care = messaging.write_to_member(mo, newt, text="How are you?", kind="care")
    messaging.acknowledge_warning(newt, warning)
    before = everything()

    messaging.acknowledge_warning(newt, warning)
    messaging.acknowledge_warning(newt, care)

    assert everything() == before


def test_reading_empties_the_count_and_leaves_a_warning_to_be_acknowledged(mo, newt):
    message = messaging.write_to_member(mo, newt, text="Please be kind.", kind="warning")

    messaging.read_conversation(newt, message.conversation)
    before = everything()
    messaging.read_conversation(newt, message.conversation)

    assert everything() == before
    assert (fresh(newt).unread_messages, fresh(newt).must_acknowledge) == (0, True)


def test_nobody_reads_acknowledges_or_answers_for_somebody_else(mo, newt, ann):
    message = messaging.write_to_member(mo, newt, text="Please be kind.", kind="warning")
    before = everything()

    for person in (ann, mo, Guest()):
        with pytest.raises(PermissionDenied):
            messaging.read_conversation(person, message.conversation)
        with pytest.raises(PermissionDenied):
            messaging.acknowledge_warning(person, message)
        with pytest.raises(PermissionDenied):
            messaging.write_to_team(person, text="Hello.", conversation=message.conversation)
    assert everything() == before


def test_a_member_writes_to_the_moderators_in_general_and_in_a_conversation(mo, newt, question):
    about = messaging.write_to_member(mo, newt, text="Thank you.", kind="message", post=question).conversation

    general = messaging.write_to_team(newt, text="Who are you?").conversation
    messaging.write_to_team(newt, text="You are welcome.", conversation=about)
    before = everything()
    messaging.write_to_team(newt, text="You are welcome.", conversation=about)

    assert everything() == before
    rows = Conversation.objects.order_by("pk").values_list("post_id", "awaits_team")
    assert list(rows) == [(question.pk, True), (None, True)]
    assert list(general.messages.values_list("is_from_team", "author", "text")) == [(False, None, "Who are you?")]
    assert LogEntry.objects.count() == 1


def test_a_warning_and_a_suspension_do_not_keep_a_member_from_writing_to_the_moderators(mo, newt, paused):
    messaging.write_to_member(mo, newt, text="Please be kind.", kind="warning")

    messaging.write_to_team(fresh(paused), text="May I explain?")
    messaging.write_to_team(fresh(newt), text="May I explain?")

    assert Message.objects.filter(is_from_team=False).count() == 2


def test_a_note_is_the_teams_alone_and_twice_is_once(mo, newt):
    note = messaging.note_member(mo, newt, text="Writes for a company.")
    before = everything()

    assert messaging.note_member(mo, newt, text="Writes for a company.") == note
    assert everything() == before
    assert log() == [("member.noted", "mo", None, "newt", f"note:{note.pk}", "Writes for a company.")]
    assert fresh(newt).unread_messages == 0


def test_lifting_a_note_twice_is_once(mo, newt):
    note = messaging.note_member(mo, newt, text="Writes for a company.")

    messaging.lift_note(mo, note)
    before = everything()
    messaging.lift_note(mo, note)

    assert everything() == before
    assert MemberNote.objects.get().lifted_at is not None
    assert [entry[0] for entry in log()] == ["member.noted", "member.note_lifted"]


@pytest.mark.parametrize("kind", ["message", "care", "warning"])
@pytest.mark.parametrize("about_a_post", [True, False])
def test_undoing_withdraws_a_message_and_undoing_that_brings_it_back(mo, ada, ann, question, kind, about_a_post):
    messaging.write_to_member(mo, ann, text="A few words.", kind=kind, post=question if about_a_post else None)
    before = without_times(everything())

    undone = undoing.undo_entry(ada, LogEntry.objects.get())
    assert undone.verb == "member.message_withdrawn"
    assert (fresh(ann).unread_messages, fresh(ann).must_acknowledge) == (0, False)
    assert undoing.undo_entry(ada, LogEntry.objects.get(number=1)) is None

    again = undoing.undo_entry(mo, undone)
    assert again.verb == "member.message_returned"
    assert without_times(everything()) == before
    assert undoing.undo_entry(mo, again).verb == "member.message_withdrawn"
    assert fresh(ann).unread_messages == 0


def test_undoing_a_note_lifts_it_and_undoing_that_brings_it_back(mo, newt):
    messaging.note_member(mo, newt, text="Writes for a company.")
    before = without_times(everything())

    undone = undoing.undo_entry(mo, LogEntry.objects.get())
    assert (undone.verb, MemberNote.objects.filter(lifted_at=None).count()) == ("member.note_lifted", 0)

    assert undoing.undo_entry(mo, undone).verb == "member.note_returned"
    assert without_times(everything()) == before
