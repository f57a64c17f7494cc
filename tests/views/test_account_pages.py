"""Each page of allauth wears our layout and keeps to the Content-Security-Policy."""

import re

import pytest

from tests.architecture.test_templates import INLINE
from tests.support.accounts import PASSWORD, make_account, sign_in, totp_code

pytestmark = pytest.mark.django_db

ENTRANCE = ["login/", "signup/", "password/reset/", "inactive/", "3rdparty/login/cancelled/"]
MANAGE = [
    *("email/", "password/change/", "sessions/", "2fa/", "2fa/totp/activate/", "3rdparty/", "logout/"),
    *("reauthenticate/?next=/settings/",),
]


@pytest.fixture
def ann(client):
    member = make_account("Ann Rivers")
    sign_in(client, "Ann Rivers")
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    return member


def is_ours(response, status=200):
    """Tell whether a page is complete, in our layout, with nothing inline and nothing from elsewhere."""
    html = response.content.decode()
    assert response.status_code == status
    assert INLINE.findall(html) == []
    assert re.findall(r'(?:src|href)="(?:data:|https?://|//)', html) == []
    assert "<span>Mindwellnessforum</span>" in html
    return html.count("<h1") == 1 and 'class="site-head"' in html and 'class="crisis"' in html


@pytest.mark.parametrize("path", ENTRANCE)
def test_a_page_for_guests_is_ours(client, path):
    assert is_ours(client.get(f"/accounts/{path}"))


def test_the_page_for_a_failed_way_in_is_ours(client):
    assert is_ours(client.get("/accounts/3rdparty/login/error/"), status=401)


@pytest.mark.parametrize("path", MANAGE)
def test_a_page_for_members_is_ours(client, ann, path):
    assert is_ours(client.get(f"/accounts/{path}"))


def test_the_pages_of_codes_are_ours(client, mailoutbox):
    client.post("/accounts/signup/", {"username": "Noor", "email": "noor@example.org", "password1": PASSWORD})

    assert is_ours(client.get("/accounts/confirm-email/"))


def test_the_page_for_a_reset_code_is_ours(client, mailoutbox):
    client.post("/accounts/password/reset/", {"email": "noor@example.org"})

    assert is_ours(client.get("/accounts/password/reset/confirm/"))


def test_the_second_step_is_set_up_used_and_turned_off(client, ann):
    activation = client.get("/accounts/2fa/totp/activate/")
    form = activation.context["form"]

    client.post("/accounts/2fa/totp/activate/", {"code": totp_code(form.secret)})

    pages = ["2fa/", "2fa/recovery-codes/", "2fa/recovery-codes/generate/", "2fa/totp/deactivate/"]
    assert [is_ours(client.get(f"/accounts/{path}")) for path in pages] == [True] * 4
    assert '<svg class="qr"' in activation.content.decode()
    client.post("/accounts/logout/")
    answer = sign_in(client, "Ann Rivers")
    assert answer["Location"] == "/accounts/2fa/authenticate/"
    assert is_ours(client.get("/accounts/2fa/authenticate/"))
