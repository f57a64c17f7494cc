"""Every answer carries the headers that keep visitors safe, and says nothing of what the site is made of."""

import pytest

from tests.support.addresses import addresses

pytestmark = [pytest.mark.django_db, pytest.mark.exhaustive]

EVERY = {address.name: address for address in addresses()}
POLICY = {
    "default-src 'self'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "object-src 'none'",
}
SAFE = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}


@pytest.fixture
def anybody(client, question):
    return client


@pytest.mark.parametrize("address", EVERY.values(), ids=EVERY)
def test_an_answer_carries_the_safe_headers(anybody, address):
    answer = anybody.get(address.filled())

    assert {policy.strip() for policy in answer["Content-Security-Policy"].split(";")} == POLICY
    assert {name: answer[name] for name in SAFE} == SAFE
    assert answer["Referrer-Policy"] in {"same-origin", "no-referrer"}
    assert "camera=()" in answer["Permissions-Policy"]
    assert [name for name in ("Server", "X-Powered-By") if name in answer] == []


def test_an_answer_at_the_door_carries_them_too(anybody):
    refused = [anybody.get("/search/?q=%00"), anybody.post("/ask/", b"x" * 1_100_000, content_type="text/plain")]

    assert [answer.status_code for answer in refused] == [400, 413]
    assert [{name: answer[name] for name in SAFE} for answer in refused] == [SAFE, SAFE]
    assert [bool(answer["Content-Security-Policy"] and answer["Referrer-Policy"]) for answer in refused] == [True, True]
    assert [answer.get("Permissions-Policy", "")[:9] for answer in refused] == ["camera=()"] * 2


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(client, question):
    client.get("/accounts/login/")
    client.post("/theme/", {"theme": "dark"})
    client.post(f"/drafts/save/?kind=answer&about={question.pk}", {"body": "Half a thought."})

    marks = {name: (bool(cookie["httponly"]), cookie["samesite"]) for name, cookie in client.cookies.items()}
    # htmx and forms carry the token in the page; no script needs the cookie.
    assert {"theme", "guest"} <= set(marks)
    assert {name: mark for name, mark in marks.items() if mark[1] != "Lax"} == {}
    assert {name for name, mark in marks.items() if not mark[0]} <= {"csrf"}
