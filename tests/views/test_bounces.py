"""A provider reports a mail that came back; its member is told on every page and says when all is well."""

import base64
import json

import pytest
from django.test import Client

from accounts.models import User
from forum import tokens
from forum.choices import MailKind
from forum.effects import mails
from forum.models import Mail
from tests.support.accounts import shown
from tests.support.records import everything

pytestmark = pytest.mark.django_db
SECRET = "a secret nobody guesses"
BEARER = f"Bearer {SECRET}"


@pytest.fixture(autouse=True)
def mailbox(settings):
    settings.BOUNCE_ADDRESS, settings.BOUNCE_SECRET = "bounce@forum.example.org", SECRET


@pytest.fixture
def mail(ann):
    return mails.queue("notification:1", MailKind.NOTIFICATION, "ann@example.org", member=ann)


def report(told, authorization=BEARER):
    words = told if isinstance(told, str) else json.dumps(told)
    return Client(enforce_csrf_checks=True).post(
        "/mail/bounces/", words, "application/json", headers={"Authorization": authorization}
    )


def is_refused(member):
    return User.objects.get(pk=member.pk).mail_refused_at is not None


def test_a_report_by_the_signed_address_is_taken(mail, ann):
    told = {"to": tokens.bounce_address(mail.token), "kind": "hard", "said": "550 unknown"}

    answers = [report(told), report(told)]

    assert [(answer.status_code, answer.json()) for answer in answers] == [
        (200, {"changed": True}),
        (200, {"changed": False}),
    ]
    assert (is_refused(ann), Mail.objects.get().last_error) == (True, "Bounced. 550 unknown")


def test_a_report_by_the_message_id_is_taken(mail, ann):
    answer = report({"token": mail.token.hex, "kind": "soft"})

    assert (answer.json(), is_refused(ann)) == ({"changed": True}, False)


def test_the_secret_may_be_the_password_of_the_address(mail, ann):
    report(
        {"token": mail.token.hex, "kind": "hard"}, f"Basic {base64.b64encode(f'provider:{SECRET}'.encode()).decode()}"
    )

    assert is_refused(ann) is True


@pytest.mark.parametrize(
    "authorization", ["", "Bearer ", "Bearer wrong", SECRET, "Basic !", "Basic Og==", "Basic /w=="]
)
def test_without_the_secret_nothing_is_taken(authorization, mail):
    before = everything()

    answer = report({"token": mail.token.hex, "kind": "hard"}, authorization)

    assert (answer.status_code, everything()) == (403, before)


def test_a_forged_signature_changes_nothing(mail):
    address = tokens.bounce_address(mail.token)
    signed, at, host = address.partition("@")
    forged = f"{signed[:-1]}{'1' if signed[-1] == '0' else '0'}{at}{host}"
    before = everything()

    answer = report({"to": forged, "token": mail.token.hex, "kind": "hard"})

    assert (answer.status_code, answer.json(), everything()) == (200, {"changed": False}, before)


@pytest.mark.parametrize(
    "told",
    [
        "",
        "{",
        "[]",
        '"hard"',
        {},
        {"kind": "hard"},
        {"token": "x", "kind": "hard"},
        {"token": "0" * 32, "kind": "odd"},
        {"to": {"a": 1}, "kind": []},
    ],
)
def test_a_report_that_makes_no_sense_is_said_to_be_one(told, mail):
    before = everything()

    answer = report(told)

    assert (answer.status_code, list(answer.json()), everything()) == (400, ["errors"], before)


def test_strange_signs_in_what_was_said_are_left_out(mail):
    report({"token": mail.token.hex, "kind": "hard", "said": "no\ud800body \r\n home"})

    assert Mail.objects.get().last_error == "Bounced. no body home"


def test_without_a_secret_there_is_no_such_address(mail, settings):
    settings.BOUNCE_SECRET = ""

    assert report({"token": mail.token.hex, "kind": "hard"}, "Bearer ").status_code == 404


def test_a_member_is_told_on_every_page_until_they_say_otherwise(ann, bob, signed_in):
    User.objects.filter(pk=ann.pk).update(mail_refused_at="2026-01-01T00:00Z")
    browser, said = signed_in(ann), "Emails to ann@example.org came back, so we’ve stopped sending them."
    before = [said in shown(browser.get(path)) for path in ("/", "/settings/", "/tags/")]

    answer = browser.post("/mail/again/")
    page = browser.get(answer["Location"])

    assert before == [True, True, True]
    assert said not in shown(signed_in(bob).get("/"))
    assert (answer.status_code, answer["Location"]) == (302, "/settings/notifications/")
    assert ("We’ll email you again." in shown(page), said in shown(page), is_refused(ann)) == (True, False, False)


def test_a_guest_cannot_say_so(ann, client):
    User.objects.filter(pk=ann.pk).update(mail_refused_at="2026-01-01T00:00Z")

    answer = client.post("/mail/again/")

    assert (answer.status_code, is_refused(ann)) == (302, True)
