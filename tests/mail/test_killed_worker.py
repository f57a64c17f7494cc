"""A worker is killed twenty times while it tells people and mails to a difficult server: nothing is lost or doubled."""

from collections import Counter

import pytest
from allauth.account.models import EmailAddress
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from accounts.names import name_key
from forum.actions import recounting
from forum.choices import FollowMode, MailKind, MailState, NotificationKind
from forum.effects import mails
from forum.effects.notifications import make_notifications
from forum.jobs.outcomes import failures_of
from forum.models import Bundle, Event, Follow, Mail, Notification
from tests.factories import make_answer, make_member, make_question
from tests.support.smtp import mail_server
from tests.support.workers import kill_while, own_database

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.exhaustive]

KILLS, FOLLOWERS, MAILED_AT_ONCE, CODES = 20, 100, 18, 10  # an answer and ten codes between two kills
WORDS = {"subject": "Your code is AB12", "text": "AB12\n", "html": "<p>AB12</p>"}


def difficult(recipient, attempt):
    """One in ten each: slow, away for now, hanging up in the middle, unknown for good, refused for its words."""
    answers = {1: "slow", 2: "451 4.3.0 Later", 3: "break", 4: "550 5.1.1 Unknown", 5: "data 451 4.7.1 Not yet"}
    answer = answers.get(number_of(recipient) % 10, "")
    return answer if attempt % 4 == 1 or answer.startswith(("5", "slow")) else ""


def number_of(address):
    return int("".join(sign for sign in address if sign.isdigit()))


def is_unknown(address):
    return number_of(address) % 10 == 4


def make_followers(question):
    """Members who follow `question`, the first ones with mails at once."""
    names = [f"follower {number}" for number in range(FOLLOWERS)]
    members = User.objects.bulk_create(
        User(username=name, name_key=name_key(name), email=f"{name.replace(' ', '')}@example.org") for name in names
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=member, email=member.email, verified=True, primary=True) for member in members
    )
    modes = [FollowMode.INSTANT] * MAILED_AT_ONCE + [FollowMode.SITE] * (FOLLOWERS - MAILED_AT_ONCE)
    Follow.objects.bulk_create(
        Follow(member=member, question=question, mode=mode) for member, mode in zip(members, modes, strict=True)
    )
    return members


@pytest.fixture
def site(tmp_path):
    """A database that workers share, and the environment they need."""
    with own_database(tmp_path) as environment, mail_server() as server:
        server.answer = difficult
        yield server, environment | {"EMAIL_URL": server.url}


def test_a_worker_killed_twenty_times_loses_and_doubles_nothing(site):
    server, environment = site
    asker = make_member("asker", email="")
    question = make_question(asker)
    followers = make_followers(question)
    helpers = [make_member(f"helper {number}") for number in range(KILLS)]

    def bring(number):
        for code in range(number * CODES, (number + 1) * CODES):
            mails.queue(f"account:{code}", MailKind.ACCOUNT, f"reader{code}@example.org", content=WORDS)
        make_answer(question, helpers[number])

    cut = kill_while(environment, kills=KILLS, bring=bring, targets=[(make_notifications, 1), (mails.deliver_mail, 20)])

    # Both were cut off in the middle, and no job failed by itself.
    assert sorted(cut) == ["deliver_mail", "make_notifications"]
    jobs = DBTaskResult.objects.all()
    assert [(job.task_path, job.traceback) for job in jobs if (job.status, failures_of(job)) != ("SUCCESSFUL", 1)] == []

    # Everybody was told of each answer once, in one line, and knows of that one line.
    events = Event.objects.filter(verb="answer.posted").values_list("pk", flat=True)
    told = Counter(Notification.objects.standing().values_list("event", "recipient"))
    assert told == Counter({(event, member.pk): 1 for event in events for member in [asker, *followers]})
    lines = Bundle.objects.values_list("recipient", "kind", "count")
    assert sorted(lines) == [
        (asker.pk, NotificationKind.ANSWERED, KILLS),
        *((member.pk, NotificationKind.NEW_ANSWER, KILLS) for member in followers),
    ]
    unread = dict(User.objects.filter(unread_notifications__gt=0).values_list("pk", "unread_notifications"))
    assert unread == {member.pk: 1 for member in [asker, *followers]}
    assert recounting.recount(check=True) == []

    # Every mail that was not refused for good arrived, and no other; what came twice came under the same name.
    known = [mail for mail in Mail.objects.all() if not is_unknown(mail.address)]
    expected = {(mail.address, f"<{mail.token.hex}@127.0.0.1>") for mail in known}
    arrived = Counter((to, message_id) for to, ids in server.message_ids().items() for message_id in ids)
    assert set(arrived) == expected
    assert len(expected) == KILLS * (CODES - 1 + MAILED_AT_ONCE - 2)
    assert {mail.state for mail in known} == {MailState.SENT}
    unknown = Counter(mail.state for mail in Mail.objects.all() if is_unknown(mail.address))
    assert set(unknown) <= {MailState.DEAD, MailState.SKIPPED}
    assert unknown[MailState.DEAD] >= KILLS
    assert arrived.total() - len(arrived) <= cut["deliver_mail"]
