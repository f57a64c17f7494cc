"""Closing one’s account and coming back."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from accounts import members
from tests.support.accounts import PASSWORD, make_account, shown, sign_in, totp_code
from tests.support.jobs import run_jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def ann():
    return make_account("Ann Rivers", email="ann@example.org")


def close(client):
    """Ask to close, and show once more who one is."""
    sign_in(client, "ann@example.org")
    client.post("/settings/close/")
    return client.post(
        "/accounts/reauthenticate/?next=/settings/close/", {"password": PASSWORD, "next": "/settings/close/"}
    )


def test_closing_asks_for_the_password_first(client, ann):
    sign_in(client, "ann@example.org")

    answer = client.post("/settings/close/")

    ann.refresh_from_db()
    assert (answer["Location"], ann.closed_at) == ("/accounts/reauthenticate/?next=%2Fsettings%2Fclose%2F", None)


def test_the_password_given_the_account_closes_everywhere(client, ann, mailoutbox):
    elsewhere = Client()
    sign_in(elsewhere, "ann@example.org")

    answer = close(client)
    run_jobs()

    ann.refresh_from_db()
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert ann.closed_at is not None
    assert [browser.get("/settings/").status_code for browser in (client, elsewhere)] == [302, 302]
    assert mailoutbox[-1].subject == "Your account is closed"


def test_a_wrong_password_closes_nothing(client, ann):
    sign_in(client, "ann@example.org")
    client.post("/settings/close/")

    client.post(
        "/accounts/reauthenticate/?next=/settings/close/", {"password": "wrong horse", "next": "/settings/close/"}
    )

    ann.refresh_from_db()
    assert ann.closed_at is None


def test_signing_in_to_a_closed_account_offers_to_open_it_and_nothing_else(client, ann):
    members.close_account(ann)

    answer = sign_in(client, "ann@example.org")

    assert answer["Location"] == "/settings/reopen/"
    assert "Your account is closed" in shown(client.get("/settings/reopen/"))
    assert client.get("/settings/").status_code == 302
    assert "_auth_user_id" not in client.session


def test_opening_it_again_signs_the_member_in(client, ann):
    members.close_account(ann)
    sign_in(client, "ann@example.org")

    client.post("/settings/reopen/")

    ann.refresh_from_db()
    assert ann.closed_at is None
    assert client.get("/settings/").context["user"] == ann


def test_reopening_without_the_password_leads_to_sign_in(client, ann):
    members.close_account(ann)

    answer = client.post("/settings/reopen/")

    ann.refresh_from_db()
    assert (answer["Location"], ann.closed_at is None) == ("/accounts/login/", False)


def test_a_wrong_password_does_not_tell_that_an_account_is_closed(client, ann):
    members.close_account(ann)

    answer = sign_in(client, "ann@example.org", "wrong horse")

    assert "Wrong name or password. Try again, or choose a new password." in shown(answer)
    assert client.get("/settings/reopen/")["Location"] == "/accounts/login/"


def test_an_account_with_a_second_step_opens_after_it_alone(client, ann):
    secret = generate_totp_secret()
    TOTP.activate(ann, secret)
    members.close_account(ann)

    assert sign_in(client, "ann@example.org")["Location"] == "/accounts/2fa/authenticate/"
    assert client.post("/settings/reopen/")["Location"] == "/accounts/login/"
    ann.refresh_from_db()
    assert ann.closed_at is not None

    answer = client.post("/accounts/2fa/authenticate/", {"code": totp_code(secret)})
    assert (answer["Location"], "_auth_user_id" in client.session) == ("/settings/reopen/", False)

    client.post("/settings/reopen/")
    ann.refresh_from_db()
    assert (ann.closed_at, client.get("/settings/").context["user"]) == (None, ann)


def test_who_leaves_it_closed_may_use_another_account(client, ann):
    make_account("Bea", email="bea@example.org")
    members.close_account(ann)
    sign_in(client, "ann@example.org")

    assert client.get("/accounts/login/").status_code == 200
    sign_in(client, "bea@example.org")

    ann.refresh_from_db()
    assert (client.get("/settings/").context["user"].username, ann.closed_at is None) == ("Bea", False)


def test_an_account_that_is_opened_elsewhere_meanwhile_is_signed_in(client, ann):
    members.close_account(ann)
    sign_in(client, "ann@example.org")
    members.reopen_account(ann)

    client.post("/settings/reopen/")

    assert client.get("/settings/").context["user"] == ann
