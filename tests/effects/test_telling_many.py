"""Many who are told: in batches that can be killed anywhere, at the same cost for whoever posts, and in a race."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from accounts.names import name_key
from forum.actions import answering, recounting
from forum.actions.moderating import hide_post as hide
from forum.effects import bundles, notifications, ways
from forum.limits import TELL_BATCH
from forum.models import Bundle, Event, Follow, Mail, Notification
from tests.effects.test_races import at_once
from tests.factories import make_answer, make_guest, make_member, make_question
from tests.support.jobs import run_jobs


def followers_of(question, number, mode="daily"):
    """Make `number` members who follow `question`, and return their names."""
    members = User.objects.bulk_create(
        User(username=f"follower {n}", name_key=name_key(f"follower {n}"), email=f"f{n}@example.org")
        for n in range(number)
    )
    Follow.objects.bulk_create(Follow(member=member, question=question, mode=mode) for member in members)
    return [member.pk for member in members]


def told_ids():
    return list(Notification.objects.order_by("recipient").values_list("recipient_id", flat=True))


class Killed(BaseException):
    """As if the worker were killed there and then."""


def kill(*args, **kwargs):
    raise Killed


@pytest.fixture
def batches_of_three(monkeypatch):
    monkeypatch.setattr(ways, "TELL_BATCH", 3)


@pytest.mark.django_db
def test_everybody_is_told_once_in_batches(batches_of_three, bob):
    question = make_question(make_guest())
    members = followers_of(question, 10)
    make_answer(question, bob)

    run_jobs()

    assert told_ids() == members
    assert set(Bundle.objects.values_list("count", flat=True)) == {1}
    assert set(User.objects.filter(pk__in=members).values_list("unread_notifications", flat=True)) == {1}
    made = DBTaskResult.objects.filter(task_path=notifications.make_notifications.module_path)
    assert made.count() == 1 + 4


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("place", ["before a mail", "before the next batch", "among the rows"])
def test_a_worker_killed_between_or_within_batches_loses_and_doubles_nothing(place, batches_of_three, bob, monkeypatch):
    question = make_question(make_guest())
    members = followers_of(question, 7, mode="instant")
    make_answer(question, bob)
    event = Event.objects.get(verb="answer.posted")
    spot = {
        "before a mail": (notifications.mails, "queue"),
        "before the next batch": (type(notifications.make_notifications), "enqueue"),
        "among the rows": (bundles, "recount"),
    }[place]
    with monkeypatch.context() as patch:
        patch.setattr(*spot, kill)
        with pytest.raises(Killed):
            notifications.make_notifications.call(event.pk)

    run_jobs()

    assert told_ids() == members
    assert sorted(Mail.objects.values_list("member_id", flat=True)) == members
    assert Notification.objects.filter(mail=None).count() == 0
    assert recounting.recount(check=True) == []


@pytest.mark.django_db
def test_whoever_posts_waits_no_longer_for_many_followers(bob):
    def cost(followers):
        question = make_question(make_guest())
        Follow.objects.bulk_create(Follow(member=member, question=question) for member in followers)
        with CaptureQueriesContext(connection) as queries:
            answering.answer_question(bob, question, body="A warm drink.")
        return len(queries)

    cost([])  # the very first answer brings what a first one does

    assert cost([]) == cost([make_member() for _ in range(30)])


@pytest.mark.django_db
def test_a_batch_costs_the_same_few_queries(django_assert_num_queries):
    question = make_question(make_guest())
    followers_of(question, 3)
    bob = make_member("bob", points=2_500)
    first, second = make_answer(question, bob), make_answer(question, bob)
    Follow.objects.exclude(member=Follow.objects.order_by("pk").first().member).delete()

    with django_assert_num_queries(33):
        notifications.make_notifications.call(Event.objects.get(post=first, verb="answer.posted").pk)
    assert len(told_ids()) == 1

    for number in range(3, 6):
        follower = make_member(f"follower {number}")
        Follow.objects.create(member=follower, question=question)
    with django_assert_num_queries(33):
        notifications.make_notifications.call(Event.objects.get(post=second, verb="answer.posted").pk)
    assert len(told_ids()) == 1 + 4


def test_a_batch_is_small_enough_for_an_engine():
    assert TELL_BATCH <= 1_000


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_two_events_at_once_for_one_recipient_are_one_true_line(ann, bob, newt, question):
    for author in (bob, newt, bob, newt):
        make_answer(question, author)
    events = Event.objects.filter(verb="answer.posted").values_list("pk", flat=True)

    at_once(*[lambda pk=pk: notifications.make_notifications.call(pk) for pk in [*events, *events]])

    assert list(Bundle.objects.values_list("recipient", "count", "read_at")) == [(ann.pk, 4, None)]
    assert Notification.objects.count() == Mail.objects.count() == 4
    ann.refresh_from_db()
    assert ann.unread_notifications == 1
    assert recounting.recount(check=True) == []


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_telling_and_taking_back_at_once_leave_nothing_wrong(bob, mo):
    question = make_question(make_guest())
    followers_of(question, 40)
    answers = [make_answer(question, bob) for _ in range(4)]
    events = Event.objects.filter(verb="answer.posted").values_list("pk", flat=True)

    at_once(
        *[lambda pk=pk: notifications.make_notifications.call(pk) for pk in events],
        *[lambda answer=answer: hide(mo, answer) for answer in answers],
        *[lambda answer=answer: notifications.review_notifications.call(answer.pk) for answer in answers],
    )
    run_jobs()

    assert Notification.objects.standing().count() == 0
    assert recounting.recount(check=True) == []
