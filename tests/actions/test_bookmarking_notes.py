"""A note on a bookmark, and the day to be reminded of it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from forum.actions import bookmarking, moderating
from forum.choices import NotificationKind
from forum.models import Bookmark, LogEntry, Notification
from forum.queries.inbox import InboxView, get_inbox
from tests.factories import make_question
from tests.support.jobs import run_jobs
from tests.support.records import everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def today():
    return timezone.localdate()


def kept(member):
    return list(Bookmark.objects.filter(member=member).order_by("pk").values_list("note", "remind_on"))


def test_a_note_and_a_day_stay_with_the_bookmark_and_go_with_it(newt, question, today):
    bookmarking.bookmark_post(newt, question)
    day = today + timedelta(days=3)

    bookmarking.annotate_bookmark(newt, question, note=" For  Friday ", remind_on=day, today=today)
    assert kept(newt) == [("For Friday", day)]
    bookmarking.unbookmark_post(newt, question)
    assert kept(newt) == []
    bookmarking.annotate_bookmark(newt, question, note="Again", remind_on=None, today=today)
    assert kept(newt) == [("Again", None)]
    assert LogEntry.objects.count() == 0


@pytest.mark.parametrize("days", [0, -1])
def test_a_day_that_is_not_to_come_is_refused(newt, question, today, days):
    bookmarking.bookmark_post(newt, question)
    before = everything()

    with pytest.raises(ValidationError, match="Choose a date in the future"):
        bookmarking.annotate_bookmark(newt, question, note="", remind_on=today + timedelta(days=days), today=today)
    with pytest.raises(ValidationError, match="Use at most 200"):
        bookmarking.annotate_bookmark(newt, question, note="x" * 201, remind_on=None, today=today)
    assert everything() == before


def test_a_member_is_reminded_once_on_the_day(newt, ann, today):
    question, other = make_question(ann), make_question(ann)
    for member, post, days in ((newt, question, 1), (newt, other, 2), (ann, question, 1)):
        bookmarking.bookmark_post(member, post)
        bookmarking.annotate_bookmark(member, post, note="Secret", remind_on=today + timedelta(days=days), today=today)

    told = [bookmarking.remind(today + timedelta(days=days)) for days in (0, 1, 1)]
    run_jobs()

    assert told == [0, 2, 0]
    reminded = Notification.objects.filter(kind=NotificationKind.REMINDED)
    assert sorted(reminded.values_list("recipient", "event__post")) == sorted(
        [(newt.pk, question.pk), (ann.pk, question.pk)]
    )
    assert [day for _, day in kept(newt)] == [None, today + timedelta(days=2)]
    [line] = get_inbox(newt, InboxView()).page.rows
    assert (line.before.strip(), line.strong) == ("You asked to be reminded –", question.title)


def test_what_is_gone_by_then_reminds_nobody(newt, mo, ann, today):
    question = make_question(ann)
    bookmarking.bookmark_post(newt, question)
    bookmarking.annotate_bookmark(newt, question, note="", remind_on=today + timedelta(days=1), today=today)
    moderating.hide_post(mo, question, reason="Spam")

    bookmarking.remind(today + timedelta(days=1))
    run_jobs()

    assert not Notification.objects.standing().filter(kind=NotificationKind.REMINDED).exists()
