"""The mail that says somebody answered: who gets it, what it says, and what it must not say."""

from datetime import timedelta
from smtplib import SMTPServerDisconnected

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from forum import tokens
from forum.actions import answering, claiming, closing, moderating
from forum.models import Guest, Post
from tests.factories import make_answer, make_category, make_comment, make_guest, make_question

pytestmark = pytest.mark.django_db


@pytest.fixture
def answer(django_capture_on_commit_callbacks):
    """Answer a question, and let the mail leave as if the transaction had ended."""

    def post(question, author=None, **fields):
        with django_capture_on_commit_callbacks(execute=True):
            return make_answer(question, author, **fields)

    return post


def mails():
    return [(message.to, message.subject) for message in mail.outbox]


def words(message):
    html = message.alternatives[0]
    return message.body + html[0]


def test_a_member_who_asked_is_told(answer, bob, question, settings):
    posted = answer(question, bob, body="Warm milk, *every* night.")

    assert mails() == [(["ann@example.org"], "Mindwellnessforum: somebody answered “How do I sleep better?”")]
    body = mail.outbox[0].body
    assert "bob answered your question “How do I sleep better?”." in body
    assert "Warm milk, every night." in body
    assert f"{settings.SITE_URL}/{question.pk}/how-do-i-sleep-better/#a{posted.pk}" in body
    assert f"{settings.SITE_URL}/settings/mail/" in body
    assert f"{settings.SITE_URL}/help/crisis/" in body
    assert mail.outbox[0].from_email == settings.DEFAULT_FROM_EMAIL


def test_a_guest_who_asked_gets_a_private_link_at_the_address_they_left(answer, guest, bob, settings):
    posted = answer(make_question(guest, title="Why am I so tired?"), bob)

    assert mails() == [(["guest@example.org"], "Mindwellnessforum: somebody answered “Why am I so tired?”")]
    body = mail.outbox[0].body
    path = body.partition(f"{settings.SITE_URL}/guest/")[2].partition("/")[0]
    assert tokens.read_guest_token(path) == guest.pk
    assert f"/?to={posted.pk}" in body
    assert "It is used for these mails and nothing else." in body
    assert "/settings/mail/" not in words(mail.outbox[0])
    stop = body.partition(f"{settings.SITE_URL}/guest/stop/")[2].partition("/")[0]
    assert tokens.read_mail_token(stop) == guest.pk
    assert words(mail.outbox[0]).count(f"{settings.SITE_URL}/guest/stop/{stop}/") == 2


def test_a_guest_without_an_address_is_not_told(answer, bob):
    answer(make_question(make_guest("")), bob)

    assert mails() == []


def test_nobody_is_told_of_their_own_answer(answer, ann, guest, question):
    answer(question, ann)
    answer(make_question(guest), guest)

    assert mails() == []


def test_another_guests_answer_is_told(answer, guest):
    answer(make_question(guest), make_guest("other@example.org"), guest_name="Gil")

    assert [to for to, _ in mails()] == [["guest@example.org"]]
    assert "Gil answered your question" in mail.outbox[0].body


@pytest.mark.parametrize("fields", [{"wants_answer_mail": False}, {"closed_at": timezone.now()}, {"email": ""}])
def test_those_who_want_no_mail_or_left_get_none(answer, ann, bob, question, fields):
    for name, value in fields.items():
        setattr(ann, name, value)
    ann.save()

    answer(question, bob)

    assert mails() == []


def test_an_answer_without_a_name_has_none_in_the_mail(answer, bob, question):
    answer(question, bob, is_anonymous=True)

    assert "Anonymous answered your question" in mail.outbox[0].body
    assert "bob" not in words(mail.outbox[0])


def test_a_sensitive_topic_is_not_in_the_mail(answer, ann, bob):
    topic = make_category("Self-harm", is_sensitive=True)

    answer(make_question(ann, title="I cannot stop hurting myself", category=topic), bob, body="You are not alone.")

    assert mails() == [(["ann@example.org"], "Mindwellnessforum: somebody answered")]
    said = words(mail.outbox[0])
    assert "hurting" not in said.replace("i-cannot-stop-hurting-myself", "")
    assert "alone" not in said
    assert "Self-harm" not in said


def test_what_stands_below_a_sensitive_topic_is_as_sensitive(answer, ann, bob):
    below = make_category("Relapse", parent=make_category("Self-harm", is_sensitive=True))

    answer(make_question(ann, title="I have relapsed again", category=below), bob)

    assert mails() == [(["ann@example.org"], "Mindwellnessforum: somebody answered")]


def test_a_title_cannot_write_the_mails_head(answer, ann, bob, question):
    Post.objects.filter(pk=question.pk).update(title="Hello\r\nBcc: all@example.org\n\nBuy")

    answer(question, bob)

    message = mail.outbox[0]
    assert message.subject == "Mindwellnessforum: somebody answered “Hello Bcc: all@example.org Buy”"
    assert message.recipients() == ["ann@example.org"]
    assert message.message()["Bcc"] is None


def test_html_in_a_title_or_a_text_stays_text(answer, ann, bob):
    answer(make_question(ann, title="<b>Bold</b> & more?"), bob, body="`<img src=x>` helps")

    html = mail.outbox[0].alternatives[0][0]
    assert "&lt;b&gt;Bold&lt;/b&gt; &amp; more?" in html
    assert "<img" not in html
    assert "“<b>Bold</b> & more?”" in mail.outbox[0].body


def test_a_waiting_answer_is_told_once_when_it_is_approved(
    answer, bob, mo, question, django_capture_on_commit_callbacks
):
    posted = answer(question, bob, must_wait=True)
    assert mails() == []

    with django_capture_on_commit_callbacks(execute=True):
        moderating.approve_post(mo, posted)
        moderating.approve_post(mo, posted)
        moderating.hold_post(mo, posted)
        moderating.approve_post(mo, posted)

    assert [to for to, _ in mails()] == [["ann@example.org"]]


def test_an_approved_question_or_comment_and_a_hidden_answer_are_told_to_nobody(
    answer, bob, mo, question, django_capture_on_commit_callbacks
):
    waiting = answer(question, bob, must_wait=True)
    others = [make_question(bob, must_wait=True), make_comment(question, bob, must_wait=True)]
    moderating.hide_post(mo, waiting)

    with django_capture_on_commit_callbacks(execute=True):
        for post in (waiting, *others):
            moderating.approve_post(mo, post)

    assert mails() == []


def test_the_same_form_twice_is_told_once(answer, bob, question):
    form = "4cbd3f0e-8a60-4c2b-94a7-6f7ee1e4f0a1"
    answer(question, bob, submission_id=form)
    answer(question, bob, submission_id=form)

    assert len(mails()) == 1


def test_after_a_claim_the_member_is_told(answer, newt, bob, guest):
    question = make_question(guest)
    claiming.claim_posts(newt, guest)

    answer(question, bob)

    assert [to for to, _ in mails()] == [["newt@example.org"]]


def test_an_answer_that_was_refused_sends_nothing(ann, bob, mo, question, django_capture_on_commit_callbacks):
    closing.close_question(mo, question, reason="heated")

    with django_capture_on_commit_callbacks(execute=True) as callbacks, pytest.raises(Exception, match="closed"):
        answering.answer_question(bob, question, body="Late.")
    assert (callbacks, mails()) == ([], [])


class DeadServer(BaseEmailBackend):
    """A mail server that hangs up."""

    def send_messages(self, email_messages):
        raise SMTPServerDisconnected("Connection unexpectedly closed")


class NoServer(BaseEmailBackend):
    """A mail server that is not there."""

    def send_messages(self, email_messages):
        raise ConnectionRefusedError("Connection refused")


@pytest.mark.parametrize("backend", ["DeadServer", "NoServer"])
@pytest.mark.django_db(transaction=True)
def test_a_mail_server_that_is_down_loses_no_answer(settings, bob, question, backend):
    settings.EMAIL_BACKEND = f"{__name__}.{backend}"

    posted = make_answer(question, bob)

    assert Post.objects.get(pk=posted.pk).is_published


def test_a_token_is_of_one_guest_for_a_year(guest):
    token = tokens.guest_token(guest.pk)

    assert tokens.read_guest_token(token) == guest.pk
    assert tokens.read_guest_token(token + "x") is None
    assert tokens.read_guest_token("") is None
    assert timedelta(days=365).total_seconds() == tokens._LONGEST
    assert Guest.objects.get() == guest


def test_the_token_that_stops_mails_is_good_for_nothing_else(guest):
    token = tokens.mail_token(guest.pk)

    assert tokens.read_mail_token(token) == guest.pk
    assert tokens.read_guest_token(token) is None
    assert tokens.read_mail_token(tokens.guest_token(guest.pk)) is None
    assert tokens.read_mail_token(token + "x") is None
