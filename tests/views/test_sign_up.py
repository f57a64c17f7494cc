"""Becoming a member."""

import re
from typing import ClassVar

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client

from accounts.models import User
from forum.choices import ReputationReason
from tests.factories import make_member
from tests.support.accounts import PASSWORD, code_in, make_account, shown
from tests.support.jobs import run_jobs

pytestmark = pytest.mark.django_db

MANY_USE_IT = "Too common, so it’s easy to guess."
FORM = {"username": "Noor Bakker", "email": "noor@example.org", "password1": PASSWORD}


class CountingHasher(MD5PasswordHasher):
    """Counts what would take a fifth of a second with the hasher that sites use."""

    made: ClassVar[list[str]] = []

    def encode(self, password, salt):
        self.made.append(password)
        return super().encode(password, salt)


def sign_up(client, path="/accounts/signup/", **fields):
    return client.post(path, FORM | fields)


def test_a_code_from_the_mail_makes_a_member(client, mailoutbox):
    sign_up(client)
    run_jobs()
    answer = client.post("/accounts/confirm-email/", {"code": code_in(mailoutbox[0])})

    noor = User.objects.get(username="Noor Bakker")
    assert answer.status_code == 302
    assert client.get("/settings/").context["user"] == noor
    assert (noor.name_key, noor.email) == ("noorbakker", "noor@example.org")
    assert EmailAddress.objects.get(user=noor).verified is True
    assert noor.reputation_changes.get().reason == ReputationReason.JOINED


def test_before_the_code_nobody_is_a_member(client, mailoutbox):
    sign_up(client)

    noor = User.objects.get(username="Noor Bakker")
    assert client.get("/settings/").status_code == 302
    assert noor.reputation == 0


def test_a_wrong_code_confirms_nothing(client, mailoutbox):
    sign_up(client)

    answer = client.post("/accounts/confirm-email/", {"code": "WRONG"})

    assert "That’s not the code we sent. Check the latest email and try again." in shown(answer)
    assert EmailAddress.objects.get().verified is False


def test_the_person_comes_back_to_where_they_were(client, mailoutbox):
    sign_up(client, next="/settings/mail/")
    run_jobs()

    answer = client.post("/accounts/confirm-email/", {"code": code_in(mailoutbox[0])})

    assert answer["Location"] == "/settings/mail/"


@pytest.mark.parametrize(
    "name", ["BOB", "b.o.b", "8ob" * 11, "admin", "Moderator", "ab", "Bob/Ann", "<b>Bob</b>", "Вob", "a\u202eb"]
)
def test_a_name_nobody_may_have_is_refused_with_a_sentence(client, name):
    make_member("Bob")

    answer = sign_up(client, username=name)

    assert len(answer.context["form"].errors["username"]) == 1
    assert User.objects.count() == 1
    assert answer.context["form"]["email"].value() == "noor@example.org"


def test_a_name_of_two_han_letters_is_long_enough(client, mailoutbox):
    sign_up(client, username="陈晨")

    assert User.objects.get().username == "陈晨"


@pytest.mark.parametrize("password", ["short", "1234567890", "password123", "Noor Bakker"])
def test_a_weak_password_is_refused(client, password):
    answer = sign_up(client, password1=password)

    assert list(answer.context["form"].errors) == ["password1"]
    assert User.objects.count() == 0


def test_a_known_address_learns_it_by_mail_and_the_page_tells_nothing(client, mailoutbox):
    new = sign_up(client)
    client.session.flush()
    client.cookies.clear()
    make_account("Ann", email="ann@example.org")

    known = sign_up(client, username="Someone", email="ann@example.org")
    run_jobs()

    assert (known.status_code, known["Location"]) == (new.status_code, new["Location"])
    assert [mail.subject for mail in mailoutbox[1:]] == ["You already have an account"]
    assert User.objects.filter(username="Someone").exists() is False


def test_who_fills_the_trap_gets_no_account(client, mailoutbox):
    sign_up(client, website="https://spam.example")
    run_jobs()

    assert (User.objects.count(), mailoutbox) == (0, [])


def test_the_sixth_account_of_an_hour_from_one_address_waits(client):
    for number in range(5):
        sign_up(client, username=f"Person {'abcde'[number]}", email=f"p{number}@example.org")
        client.cookies.clear()

    answer = sign_up(client)

    assert "Several accounts were created from your network in the last hour." in shown(answer)
    assert User.objects.count() == 5


def test_typing_mistakes_do_not_count_as_accounts(client, mailoutbox):
    for _ in range(6):
        sign_up(client, username="admin")

    answer = sign_up(client)

    assert (answer.status_code, User.objects.count()) == (302, 1)


def test_ipv6_counts_by_its_network(client):
    for number in range(5):
        client.post(
            "/accounts/signup/",
            FORM | {"username": f"Person {'abcde'[number]}", "email": f"p{number}@example.org"},
            REMOTE_ADDR=f"2001:db8:1:2::{number + 1}",
        )
        client.cookies.clear()

    same = client.post("/accounts/signup/", FORM, REMOTE_ADDR="2001:db8:1:2:ffff::9")
    other = client.post("/accounts/signup/", FORM, REMOTE_ADDR="2001:db8:1:3::1")

    assert (same.status_code, other.status_code) == (429, 302)


def test_the_mail_has_the_code_in_words_and_in_html(client, mailoutbox):
    sign_up(client)
    run_jobs()

    [mail] = mailoutbox
    [(html, kind)] = [(part.content, part.mimetype) for part in mail.alternatives]
    assert kind == "text/html"
    assert code_in(mail) in mail.body
    assert code_in(mail) in html
    assert mail.to == ["noor@example.org"]


def test_an_address_of_a_member_takes_as_much_work_as_a_new_one(settings, mailoutbox):
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    make_account("Ann Rivers", email="ann@example.org")
    CountingHasher.made.clear()

    answers = [sign_up(Client(), email=email) for email in ("ann@example.org", "noor@example.org")]

    assert [(answer.status_code, answer.url) for answer in answers] == [(302, "/accounts/confirm-email/")] * 2
    assert CountingHasher.made == [PASSWORD] * 2


def test_the_trap_asks_browsers_not_to_fill_it_in(client):
    (trap,) = re.findall(r'<input[^>]*name="website"[^>]*>', client.get("/accounts/signup/").content.decode())

    assert 'autocomplete="off"' in trap


@pytest.mark.parametrize(
    "password, said",
    [
        (
            "12345678",
            [
                "Too short: use at least 10 characters.",
                MANY_USE_IT,
                "Numbers alone are easy to guess: add a few words.",
            ],
        ),
        ("noor bakker", ["Too similar to your name or email address."]),
        ("qwertyuiop", [MANY_USE_IT]),
        (PASSWORD, []),
    ],
)
def test_each_fault_of_a_password_is_said_once_in_our_words(client, password, said):
    page = sign_up(client, password1=password, email="x").content.decode()

    sentences = re.findall(r'<p class="err">.*?<span>(.*?)</span>', page.partition('name="password1"')[2])
    assert sentences == said
    assert [page.count(sentence) for sentence in said] == [1] * len(said)
    assert User.objects.count() == 0
