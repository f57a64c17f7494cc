"""By which ways each is told: lines of the inbox, mails, both or neither; each once."""

import pytest
from django.utils import timezone

from forum.choices import MailChannel, MailChoice, Rhythm
from forum.effects import notifications
from forum.effects.inboxes import recount_unread
from forum.models import (
    Bundle,
    Event,
    Mail,
    Notification,
    NotificationChoice,
    Preferences,
)
from tests.factories import make_answer, make_member
from tests.support.jobs import run_jobs
from tests.support.told import follow, told

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("on_site", "mail", "rhythm", "expected"),
    [
        (True, MailChoice.NEVER, Rhythm.DAILY, [("ann", "answered", True, "")]),
        (True, MailChoice.DIGEST, Rhythm.WEEKLY, [("ann", "answered", True, "weekly")]),
        (True, MailChoice.DIGEST, Rhythm.NEVER, [("ann", "answered", True, "")]),
        (False, MailChoice.NOW, Rhythm.DAILY, [("ann", "answered", False, "now")]),
        (False, MailChoice.NEVER, Rhythm.DAILY, []),
    ],
)
def test_the_ways_are_each_member_s_to_choose(on_site, mail, rhythm, expected, question):
    NotificationChoice.objects.create(member=question.author, kind="answered", on_site=on_site, mail=mail)
    Preferences.objects.create(member=question.author, rhythm=rhythm)
    make_answer(question)
    run_jobs()

    assert [(name, kind, bool(subject), channel) for name, kind, subject, channel in told()] == expected


def test_an_address_that_refuses_gets_no_mail(ann, bob, question):
    ann.mail_refused_at = question.created_at
    ann.save()
    make_answer(question, bob)
    run_jobs()

    assert told() == [("ann", "answered", f"post:{question.pk}", "")]


def test_a_mail_at_once_is_queued_once(ann, bob, question):
    make_answer(question, bob)
    event = Event.objects.get(verb="answer.posted")
    for _ in range(2):
        notifications.make_notifications.call(event.pk)

    notification = Notification.objects.get()
    mail = Mail.objects.get()
    assert (mail.key, mail.kind, mail.member, mail.address, mail.event) == (
        f"notification:{notification.pk}",
        "notification",
        ann,
        ann.email,
        event,
    )
    assert (notification.mail, notification.mail_channel) == (mail, MailChannel.NOW)


def test_what_is_unread_stands_together_until_it_is_read(ann, bob, newt, question):
    make_answer(question, bob)
    make_answer(question, newt)
    run_jobs()
    line = Bundle.objects.get()
    last = Event.objects.filter(verb="answer.posted").latest("pk")
    assert (line.count, line.latest_event, line.post, line.read_at) == (2, last, question, None)
    ann.refresh_from_db()
    assert ann.unread_notifications == 1

    Bundle.objects.update(read_at=timezone.now())
    recount_unread([ann.pk])
    make_answer(question, make_member())
    run_jobs()

    assert list(Bundle.objects.order_by("pk").values_list("count", flat=True)) == [2, 1]
    ann.refresh_from_db()
    assert ann.unread_notifications == 1


def test_what_is_queued_twice_is_told_once(ann, bob, newt, question):
    follow(newt, question=question)
    make_answer(question, bob)
    event = Event.objects.get(verb="answer.posted")
    for _ in range(3):
        notifications.make_notifications.enqueue(event.pk)
    run_jobs()

    assert told() == [
        ("ann", "answered", f"post:{question.pk}", "now"),
        ("newt", "new_answer", f"post:{question.pk}", "daily"),
    ]
    assert list(Bundle.objects.order_by("recipient").values_list("count", flat=True)) == [1, 1]
