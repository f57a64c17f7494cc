"""The private link of a guest."""

import pytest
from django.core import signing

from forum.tokens import guest_token
from tests.factories import make_answer, make_question
from tests.support.html import faults_of

pytestmark = pytest.mark.django_db


def test_the_link_asks_first_and_makes_nobody_known_by_itself(client, guest, sleep):
    question = make_question(guest, category=sleep, title="How do I sleep better?")

    response = client.get(f"/guest/{guest_token(guest.pk)}/?to={question.pk}")

    assert (response.status_code, response["Cache-Control"]) == (200, "no-store")
    assert "How do I sleep better?" in response.content.decode()
    assert faults_of(response.content.decode()) == []
    assert client.get("/drafts/").wsgi_request.viewer.pk is None


def test_the_button_makes_the_browser_known_and_leads_to_the_post(client, guest, sleep):
    answer = make_answer(make_question(guest, category=sleep))

    response = client.post(f"/guest/{guest_token(guest.pk)}/?to={answer.pk}")

    assert (response.status_code, response.url) == (302, answer.get_absolute_url())
    assert (response["Cache-Control"], response["Referrer-Policy"]) == ("no-store", "no-referrer")
    assert client.get("/drafts/").wsgi_request.viewer == guest


def test_a_browser_that_is_known_is_led_on_at_once(client, guest, sleep):
    question = make_question(guest, category=sleep)
    client.post(f"/guest/{guest_token(guest.pk)}/")

    assert client.get(f"/guest/{guest_token(guest.pk)}/").url == question.get_absolute_url()


@pytest.mark.parametrize("to", ["", "x", "0", "9" * 30])
def test_a_link_to_no_post_leads_to_the_newest_one(client, guest, sleep, to):
    make_question(guest, category=sleep, days_ago=2)
    newest = make_question(guest, category=sleep)

    assert client.post(f"/guest/{guest_token(guest.pk)}/?to={to}").url == newest.get_absolute_url()


def test_a_link_without_posts_leads_to_the_drafts(client, guest):
    assert client.post(f"/guest/{guest_token(guest.pk)}/").url == "/drafts/"


def test_a_link_shows_nothing_hidden(client, guest, ann, sleep):
    members = make_question(ann, category=sleep, audience="members")

    assert client.post(f"/guest/{guest_token(guest.pk)}/?to={members.pk}").url == "/drafts/"


@pytest.mark.parametrize(
    "token",
    ["x", "1:2:3", signing.dumps(1, salt="another"), signing.dumps("x", salt="forum.guest")],
    ids=["no token", "three parts", "signed for something else", "no number"],
)
def test_a_link_that_was_altered_is_not_found(client, guest, token):
    response = client.get(f"/guest/{token}/")

    assert response.status_code == 404
    assert "guest" not in response.cookies


def test_the_link_ends_when_the_posts_were_taken_over(client, guest, ann):
    guest.claimed_by = ann
    guest.save()

    assert client.get(f"/guest/{guest_token(guest.pk)}/").status_code == 404
