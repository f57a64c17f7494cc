"""What becomes of a mail in the queue: sent once, tried again, given up, or not sent for a reason."""

import logging
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from forum.choices import BlockKind, MailKind
from forum.effects import mail_writers, mails
from forum.effects.envelopes import Letter
from forum.models import Block, Guest, Mail, MailFollow, Preferences
from tests.support.jobs import pass_time, run_jobs

pytestmark = pytest.mark.django_db

PAUSES = [1, 5, 15, 60, 4 * 60, 12 * 60, 24 * 60]
WORDS = {"subject": "Your code is AB12", "text": "AB12\n", "html": "<p>AB12</p>"}


@pytest.fixture(autouse=True)
def letters(monkeypatch):
    """Every kind of mail has something to say."""
    letter = Letter("Something happened", "Some words.\n", "<p>Some words.</p>")
    for kind in set(MailKind) - {MailKind.ACCOUNT}:
        monkeypatch.setitem(mail_writers.WRITERS, kind, lambda mail: letter)


def queue(address="ann@example.org", kind=MailKind.NOTIFICATION, key="notification:1", **more):
    return mails.queue(key, kind, address, **more)


def state(mail):
    mail.refresh_from_db()
    return mail.state, mail.attempts, mail.last_error


def planned():
    """The pauses until the jobs that wait, in minutes."""
    waiting = DBTaskResult.objects.filter(status="READY").values_list("run_after", flat=True)
    return [round((at - timezone.now()) / timedelta(minutes=1)) for at in waiting]


def test_a_mail_is_sent_once(ann, smtp):
    mail = queue(member=ann)
    again = queue(member=ann)
    mails.plan(mail)
    run_jobs()

    assert (again, state(mail)) == (None, ("sent", 1, ""))
    assert [(recipient, message["Subject"]) for _, recipient, message in smtp.kept] == [
        ("ann@example.org", "Something happened")
    ]
    assert mail.sent_at is not None
    assert mail.leased_until is None


def test_a_mail_leaves_when_it_is_due(ann, smtp):
    queue(member=ann, due_at=timezone.now() + timedelta(hours=2))
    run_jobs()
    before = list(smtp.kept)

    pass_time(hours=2)
    run_jobs()

    assert (before, len(smtp.kept)) == ([], 1)


def test_the_words_about_an_account_are_forgotten_once_they_have_left(ann, smtp):
    mail = queue(kind=MailKind.ACCOUNT, member=ann, content=WORDS)
    run_jobs()

    assert (state(mail), mail.content) == (("sent", 1, ""), {})
    assert smtp.kept[0][2]["Subject"] == "Your code is AB12"


def test_mails_about_accounts_go_ahead_of_all_others(ann, smtp):
    for number in range(3):
        queue(key=f"notification:{number}", member=ann)
    queue(kind=MailKind.ACCOUNT, key="account:1", member=ann, content=WORDS)
    run_jobs()

    subjects = [message["Subject"] for _, _, message in smtp.kept]
    assert subjects == ["Your code is AB12", *["Something happened"] * 3]


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        ("451 4.3.0 Come back later", "451 4.3.0 Come back later"),
        ("421 4.3.2 Closing", "421 4.3.2 Closing"),
        ("data 452 4.3.1 Full", "452 4.3.1 Full"),
        ("break", "SMTPServerDisconnected: Connection unexpectedly closed"),
    ],
)
def test_what_fails_for_now_is_tried_again(answer, said, ann, smtp):
    smtp.answer = lambda recipient, attempt: answer if attempt == 1 else ""
    mail = queue(member=ann)
    run_jobs()
    first, waits = state(mail), planned()

    pass_time(minutes=1)
    run_jobs()

    assert (first, waits) == (("queued", 1, said), [1])
    assert (state(mail), len(smtp.kept)) == (("sent", 2, ""), 1)


def test_a_server_that_is_away_is_waited_for(ann, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    mail = queue(member=ann)
    run_jobs()

    assert state(mail) == ("queued", 1, "ConnectionRefusedError: [Errno 111] Connection refused")


@pytest.mark.parametrize("answer", ["550 5.1.1 No one by that name", "451 4.3.0 Later"])
def test_a_mail_that_is_refused_leaves_a_line_in_the_log_without_its_address(answer, ann, smtp, monkeypatch):
    said = []
    monkeypatch.setattr(
        logging.getLogger("forum.effects.mails"), "warning", lambda text, *args: said.append(text % args)
    )
    smtp.answer = lambda recipient, attempt: f"{answer} <{recipient}>"
    mail = queue(member=ann)

    run_jobs()

    assert said == [f"Email {mail.pk} was not taken: {answer} <…>"]


def test_pauses_grow_until_the_mail_is_given_up(ann, smtp):
    smtp.answer = lambda recipient, attempt: "451 4.3.0 Later"
    mail = queue(member=ann)
    run_jobs()
    waited = []
    while planned():
        waited += planned()
        pass_time(minutes=waited[-1])
        run_jobs()

    assert waited == PAUSES
    assert state(mail) == ("dead", 8, "451 4.3.0 Later")
    assert User.objects.get(pk=ann.pk).mail_refused_at is None


@pytest.mark.parametrize(
    ("answer", "is_about_the_address"),
    [
        ("550 5.1.1 <ann@example.org> unknown", True),
        ("550 No such user", True),
        ("553 5.2.1 Closed", True),
        ("550 5.7.1 We take nothing from you", False),
        ("552 5.2.2 Full", False),
        ("data 550 5.1.1 Unknown", True),
        ("data 554 5.7.1 Looks like spam", False),
        ("data 554 No", False),
    ],
)
def test_a_refusal_for_good_ends_it_and_may_be_about_the_address(answer, is_about_the_address, ann, smtp):
    smtp.answer = lambda recipient, attempt: answer
    mail = queue(member=ann)
    run_jobs()

    said = answer.removeprefix("data ").replace("ann@example.org", "…")
    assert (state(mail), planned()) == (("dead", 1, said), [])
    assert (User.objects.get(pk=ann.pk).mail_refused_at is not None) is is_about_the_address
    assert (mail.bounced_at is not None) is is_about_the_address


def test_a_mail_that_was_taken_before_the_worker_knew_comes_again_under_the_same_id(ann, smtp):
    smtp.answer = lambda recipient, attempt: "lose" if attempt == 1 else ""
    queue(member=ann)
    run_jobs()
    pass_time(minutes=1)
    run_jobs()

    [[first, second]] = smtp.message_ids().values()
    assert first == second


def test_whoever_was_killed_holds_a_mail_no_longer_than_the_lease(ann, smtp):
    mail = queue(member=ann)
    Mail.objects.filter(pk=mail.pk).update(leased_until=timezone.now() + timedelta(minutes=2), attempts=1)
    run_jobs()
    first, waits = state(mail), planned()

    pass_time(minutes=2)
    run_jobs()

    assert (first, waits) == (("queued", 1, ""), [2])
    assert (state(mail), len(smtp.kept)) == (("sent", 2, ""), 1)


def test_a_mail_that_kills_every_worker_is_given_up(ann, smtp):
    mail = queue(member=ann)
    Mail.objects.filter(pk=mail.pk).update(attempts=8)
    run_jobs()

    assert (state(mail), smtp.kept) == (("dead", 8, "The worker was stopped each time it tried."), [])


def test_a_bug_keeps_its_trace_with_the_job_and_the_mail_in_the_queue(ann, smtp, monkeypatch):
    monkeypatch.delitem(mail_writers.WRITERS, MailKind.DIGEST)
    mail = queue(kind=MailKind.DIGEST, member=ann)

    with pytest.raises(AssertionError, match="KeyError"):
        run_jobs()

    assert state(mail) == ("queued", 1, "KeyError: MailKind.DIGEST")
    assert planned() == [1]


def test_mails_whose_job_is_lost_get_another_and_only_they(ann, smtp):
    lost, held, later, fresh = (queue(key=f"notification:{number}", member=ann) for number in range(4))
    pass_time(minutes=2)
    DBTaskResult.objects.exclude(args_kwargs={"args": [held.pk], "kwargs": {}}).delete()
    Mail.objects.filter(pk=later.pk).update(due_at=timezone.now() + timedelta(hours=1))
    Mail.objects.filter(pk=fresh.pk).update(due_at=timezone.now())

    counts = [mails.plan_overdue(), mails.plan_overdue()]

    jobs = DBTaskResult.objects.values_list("args_kwargs__args__0", flat=True)
    assert counts == [1, 0]
    assert sorted(jobs) == [lost.pk, held.pk]


def test_a_retry_waits_for_the_end_of_quiet_hours(ann, smtp):
    smtp.answer = lambda recipient, attempt: "451 4.3.0 Later"
    soon = timezone.now() + timedelta(minutes=1)
    until = (soon + timedelta(hours=1)).replace(second=0, microsecond=0)
    Preferences.objects.create(member=ann, quiet_from=(soon - timedelta(hours=1)).time(), quiet_until=until.time())
    mail = queue(member=ann)
    run_jobs()

    mail.refresh_from_db()
    assert mail.due_at == until


def test_nothing_to_say_any_more_sends_nothing(ann, smtp, monkeypatch):
    monkeypatch.setitem(mail_writers.WRITERS, MailKind.NOTIFICATION, lambda mail: None)
    mail = queue(member=ann)
    run_jobs()

    assert (state(mail), smtp.kept) == (("skipped", 1, "There was nothing left to say."), [])


def closed(ann):
    User.objects.filter(pk=ann.pk).update(closed_at=timezone.now())


def refused(ann):
    User.objects.filter(pk=ann.pk).update(mail_refused_at=timezone.now())


def unconfirmed(ann):
    EmailAddress.objects.filter(user=ann).update(verified=False)


def moved(ann):
    User.objects.filter(pk=ann.pk).update(email="new@example.org")


def blocked(ann):
    until = timezone.now() + timedelta(days=1)
    Block.objects.create(kind=BlockKind.DOMAIN, value="example.org", actor=ann, until=until, reason="Spam.")


@pytest.mark.parametrize(
    ("happens", "why"),
    [
        (closed, "The account is closed."),
        (refused, "Emails to this member bounce."),
        (unconfirmed, "The address isn’t the member’s, or isn’t confirmed."),
        (moved, "The address isn’t the member’s, or isn’t confirmed."),
        (blocked, "The address is blocked."),
    ],
)
def test_who_should_get_no_mail_gets_codes_alone(happens, why, ann, smtp):
    happens(ann)
    mail = queue(member=ann)
    queue(kind=MailKind.ACCOUNT, key="account:1", member=ann, content=WORDS)
    run_jobs()

    assert state(mail) == ("skipped", 1, why)
    assert [message["Subject"] for _, _, message in smtp.kept] == ["Your code is AB12"]


def test_a_guest_who_took_the_address_away_gets_no_mail(guest, smtp):
    first = queue("guest@example.org", MailKind.GUEST, "guest:1", guest=guest)
    second = queue("guest@example.org", MailKind.GUEST, "guest:2", guest=guest)
    mails.deliver_mail.call(first.pk)
    Guest.objects.filter(pk=guest.pk).update(email="")
    run_jobs()

    assert (state(first), state(second)) == (("sent", 1, ""), ("skipped", 1, "The guest stopped these emails."))


def test_who_follows_by_mail_gets_one_mail_before_they_confirm(question, smtp):
    follow = MailFollow.objects.create(question=question, email="her@example.org")
    asked, early = (queue("her@example.org", MailKind.FOLLOW, f"follow:{key}", mail_follow=follow) for key in (1, 2))
    run_jobs()
    MailFollow.objects.update(confirmed_at=timezone.now())
    confirmed = queue("her@example.org", MailKind.FOLLOW, "follow:3", mail_follow=follow)
    run_jobs()
    MailFollow.objects.update(stopped_at=timezone.now())
    stopped = queue("her@example.org", MailKind.FOLLOW, "follow:4", mail_follow=follow)
    run_jobs()

    assert [state(mail) for mail in (asked, early, confirmed, stopped)] == [
        ("sent", 1, ""),
        ("skipped", 1, "The address is not confirmed."),
        ("sent", 1, ""),
        ("skipped", 1, "They stopped these emails."),
    ]
