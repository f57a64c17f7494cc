"""Mails about accounts, mails sent again, and what mails that come back teach."""

from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from forum.actions import joining, mailing, tidying
from forum.choices import MailKind
from forum.effects import mails
from forum.models import Guest, Mail, MailFollow
from tests.factories import LONG_AGO
from tests.support.records import everything

pytestmark = pytest.mark.django_db


def queue(address="ann@example.org", key="notification:1", **more):
    return mails.queue(key, MailKind.NOTIFICATION, address, **more)


def is_refused(member):
    return User.objects.get(pk=member.pk).mail_refused_at is not None


def test_a_mail_about_an_account_waits_with_its_words(ann):
    mailing.queue_account_mail("ann@example.org", subject="Your code", text="AB12", html="<p>AB12</p>", member=ann)

    mail, job = Mail.objects.get(), DBTaskResult.objects.get()
    assert (mail.kind, mail.address, mail.member) == ("account", "ann@example.org", ann)
    assert mail.content == {"subject": "Your code", "text": "AB12", "html": "<p>AB12</p>"}
    assert (job.priority, job.args_kwargs) == (100, {"args": [mail.pk], "kwargs": {}})


def test_a_mail_that_was_given_up_is_sent_again(ada, ann):
    mail = queue(member=ann)
    DBTaskResult.objects.all().delete()
    Mail.objects.update(state="dead", attempts=8, bounced_at=LONG_AGO, due_at=LONG_AGO)

    answers = [mailing.resend_mail(ada, mail), mailing.resend_mail(ada, mail)]

    mail.refresh_from_db()
    assert answers == [True, False]
    assert (mail.state, mail.attempts, mail.bounced_at) == ("queued", 0, None)
    assert DBTaskResult.objects.count() == 1


@pytest.mark.parametrize("state", ["sent", "skipped", "queued"])
def test_what_was_not_given_up_is_not_sent_again(state, ada, ann):
    mail = queue(member=ann)
    Mail.objects.update(state=state, sent_at=LONG_AGO)
    before = everything()

    assert mailing.resend_mail(ada, mail) is False
    assert everything() == before


def test_moderators_send_nothing_again(mo, ann):
    mail = queue(member=ann)
    Mail.objects.update(state="dead")
    before = everything()

    with pytest.raises(PermissionDenied):
        mailing.resend_mail(mo, mail)

    assert everything() == before


def test_a_mail_that_comes_back_for_good_ends_mails_to_its_member(ann, bob):
    mail = queue(member=ann)

    answers = [mailing.record_bounce(mail.token, is_hard=True, said="550 <ann@example.org> unknown") for _ in range(2)]

    mail.refresh_from_db()
    assert answers == [True, False]
    assert (is_refused(ann), is_refused(bob)) == (True, False)
    assert (mail.bounced_at is not None, mail.last_error) == (True, "Bounced. 550 <…> unknown")


def test_a_mail_that_comes_back_for_now_changes_nothing_else(ann):
    mail = queue(member=ann)

    answers = [mailing.record_bounce(mail.token, is_hard=False, said="Full") for _ in range(2)]

    mail.refresh_from_db()
    assert answers == [True, False]
    assert (is_refused(ann), mail.bounced_at, mail.last_error) == (False, None, "Bounced for now. Full")


def test_what_came_back_for_now_may_come_back_for_good(ann):
    mail = queue(member=ann)
    mailing.record_bounce(mail.token, is_hard=False)
    mailing.record_bounce(mail.token, is_hard=True)
    mailing.record_bounce(mail.token, is_hard=False)

    mail.refresh_from_db()
    assert (is_refused(ann), mail.last_error) == (True, "Bounced.")


def test_a_token_of_no_mail_changes_nothing(ann):
    queue(member=ann)
    before = everything()

    assert mailing.record_bounce(uuid4(), is_hard=True) is False
    assert everything() == before


def test_a_member_who_has_another_address_by_now_goes_on_getting_mails(ann):
    mail = queue(member=ann)
    User.objects.filter(pk=ann.pk).update(email="new@example.org")

    mailing.record_bounce(mail.token, is_hard=True)

    assert is_refused(ann) is False


def test_mails_that_come_back_end_those_to_guests_and_followers(guest, question):
    follow = MailFollow.objects.create(question=question, email="her@example.org", confirmed_at=LONG_AGO)
    to_guest = queue("guest@example.org", "guest:1", guest=guest)
    to_follower = queue("her@example.org", "follow:1", mail_follow=follow)

    for mail in (to_guest, to_follower):
        mailing.record_bounce(mail.token, is_hard=True)

    assert Guest.objects.get(pk=guest.pk).email == ""
    assert MailFollow.objects.get(pk=follow.pk).stopped_at is not None


def test_trusting_ones_address_lasts_until_another_mail_comes_back(ann):
    old, new = queue(member=ann), queue(member=ann, key="notification:2")
    mailing.record_bounce(old.token, is_hard=True)

    answers = [mailing.trust_address(ann), mailing.trust_address(ann)]
    mailing.record_bounce(old.token, is_hard=True)  # the same report, read again
    after_the_old = is_refused(ann)
    mailing.record_bounce(new.token, is_hard=True)

    assert (answers, after_the_old, is_refused(ann)) == ([True, False], False, True)


def test_confirming_an_address_lets_mails_go_there_again(ann):
    User.objects.filter(pk=ann.pk).update(mail_refused_at=timezone.now())

    email_confirmed.send(EmailAddress, request=None, email_address=EmailAddress.objects.get(user=ann))

    assert is_refused(ann) is False


def test_an_erased_member_leaves_no_mail(ann, bob):
    queue(member=ann)
    kept = queue("bob@example.org", "notification:2", member=bob)

    joining.forget_member(ann)

    assert list(Mail.objects.all()) == [kept]


def test_old_mails_and_codes_that_never_left_are_forgotten(ann):
    words = {"subject": "Your code", "text": "AB12", "html": ""}
    for key, kind, state in [("a", "account", "dead"), ("b", "notification", "sent"), ("c", "account", "queued")]:
        mail = mails.queue(key, MailKind(kind), "ann@example.org", member=ann, content=words)
        Mail.objects.filter(pk=mail.pk).update(state=state, created_at=LONG_AGO, sent_at=LONG_AGO)
    week_old = mails.queue("d", MailKind.ACCOUNT, "ann@example.org", member=ann, content=words)
    Mail.objects.filter(pk=week_old.pk).update(state="dead", created_at=timezone.now() - tidying._WORDS_AGE)

    assert tidying.forget_old_mails() == 2
    assert list(Mail.objects.order_by("key").values_list("key", "content")) == [("c", words), ("d", {})]
    assert tidying.forget_old_mails() == 0
