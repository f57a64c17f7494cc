"""Saying what one has read: changes one's own lines alone, twice is once, and the cached number stays true."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forum.actions import messaging, reading
from forum.models import Bundle, Conversation, Event, Guest, Notification
from tests.factories import make_answer, make_comment, make_question
from tests.support.inboxes import make_line, unread_of
from tests.support.records import everything, verbs

pytestmark = pytest.mark.django_db


@pytest.fixture
def answer(question, bob):
    return make_answer(question, author=bob)


@pytest.fixture
def line(ann, answer):
    """Ann was told of Bob's answer."""
    return make_line(ann, "answered", answer)


def last_told(member):
    return Notification.objects.filter(recipient=member).order_by("-pk").values_list("pk", flat=True).first()


def tell_again(line, post):
    """Let a line grow by one, as the worker does."""
    event = Event.objects.create(verb="test.told", post=post)
    Notification.objects.create(event=event, recipient=line.recipient, bundle=line, kind=line.kind, post=post)
    Bundle.objects.filter(pk=line.pk).update(count=line.count + 1, latest_event=event, latest_at=timezone.now())


def test_a_line_marked_read_counts_no_longer(ann, line):
    changed = reading.mark_read(ann, [line.pk])

    assert (changed, unread_of(ann)) == (True, (0, []))
    assert Bundle.objects.get().read_at is not None


def test_marking_read_twice_keeps_the_first_time(ann, line):
    reading.mark_read(ann, [line.pk])
    before = everything()

    assert reading.mark_read(ann, [line.pk]) is False
    assert everything() == before


@pytest.mark.parametrize("act", [reading.mark_read, reading.mark_unread])
def test_nobody_marks_the_lines_of_somebody_else(act, ann, bob, answer):
    lines = [make_line(ann, "answered", answer), make_line(ann, "commented", answer, is_read=True)]
    before = everything()

    assert act(bob, [line.pk for line in lines]) is False
    assert act(Guest(), [line.pk for line in lines]) is False
    assert everything() == before


def test_a_line_without_anything_standing_is_not_marked(ann, line):
    Bundle.objects.update(count=0)
    before = everything()

    assert reading.mark_read(ann, [line.pk]) is False
    assert everything() == before


def test_a_line_is_found_unread_again(ann, line):
    reading.mark_read(ann, [line.pk])

    assert [reading.mark_unread(ann, [line.pk]), reading.mark_unread(ann, [line.pk])] == [True, False]
    assert unread_of(ann) == (1, [line.pk])


def test_an_old_line_stays_read_where_a_new_one_about_the_same_has_begun(ann, line, question, answer):
    reading.mark_read(ann, [line.pk])
    newer = make_line(ann, "answered", answer)

    assert reading.mark_unread(ann, [line.pk]) is False
    assert unread_of(ann) == (1, [newer.pk])


def test_opening_a_question_marks_what_was_told_of_it_and_of_what_stands_below(ann, question, answer, line):
    other = make_line(ann, "answered", make_answer(make_question(ann)))
    make_line(ann, "commented", make_comment(answer), about=answer)
    make_line(ann, "closed", about=question)

    changed = reading.mark_thread_read(ann, question, before=timezone.now())

    assert (changed, unread_of(ann)) == (True, (1, [other.pk]))
    assert reading.mark_thread_read(ann, question, before=timezone.now()) is False


def test_opening_a_question_leaves_what_came_after_its_page_was_made(ann, question, line):
    made = line.latest_at - timedelta(seconds=1)

    assert reading.mark_thread_read(ann, question, before=made) is False
    assert unread_of(ann) == (1, [line.pk])


def test_opening_a_question_leaves_what_is_read_elsewhere(ann, question, mo):
    about = Conversation.objects.create(member=ann, post=question)
    left = [
        make_line(ann, "message", subject=f"conversation:{about.pk}", about=question),
        make_line(ann, "reported", question),
    ]
    make_line(ann, "new_question", question)

    reading.mark_thread_read(ann, question, before=timezone.now())

    assert unread_of(ann) == (2, [line.pk for line in left])


def test_mark_all_reads_what_the_page_knew_and_no_more(ann, bob, question, line, answer):
    grown = make_line(ann, "commented", make_comment(question), about=question)
    bobs = make_line(bob, "commented", make_comment(answer), about=answer)
    known = last_told(ann)
    tell_again(grown, make_comment(question))
    fresh = make_line(ann, "mentioned", answer)

    read_at = reading.mark_all_read(ann, up_to=known)

    assert unread_of(ann) == (2, [grown.pk, fresh.pk])
    assert Bundle.objects.get(pk=line.pk).read_at == read_at
    assert unread_of(bob) == (1, [bobs.pk])


def test_mark_all_twice_has_nothing_left_to_do(ann, line):
    reading.mark_all_read(ann, up_to=last_told(ann))
    before = everything()

    assert reading.mark_all_read(ann, up_to=last_told(ann)) is None
    assert everything() == before


def test_mark_all_is_taken_back_by_its_moment_and_nothing_else_is(ann, line, answer, question):
    earlier = make_line(ann, "mentioned", answer)
    reading.mark_read(ann, [earlier.pk])
    read_at = reading.mark_all_read(ann, up_to=last_told(ann))

    assert [reading.unmark_all_read(ann, read_at), reading.unmark_all_read(ann, read_at)] == [1, 0]
    assert unread_of(ann) == (1, [line.pk])


def test_reading_leaves_nothing_in_the_log(ann, line, question):
    before = verbs()

    reading.mark_read(ann, [line.pk])
    reading.mark_unread(ann, [line.pk])
    reading.unmark_all_read(ann, reading.mark_all_read(ann, up_to=last_told(ann)))
    reading.mark_thread_read(ann, question, before=timezone.now())

    assert verbs() == before


@pytest.mark.parametrize("act", ["read", "acknowledge"])
def test_reading_a_conversation_marks_its_lines_and_no_other(act, newt, mo):
    message = messaging.write_to_member(mo, newt, text="Please be kind.", kind="warning")
    make_line(newt, "message", subject=f"conversation:{message.conversation_id}")
    other = make_line(newt, "message", subject="conversation:99999")

    if act == "read":
        messaging.read_conversation(newt, message.conversation)
    else:
        messaging.acknowledge_warning(newt, message)

    assert unread_of(newt) == (1, [other.pk])
