"""Coming back as a guest, by the private link."""

import pytest
from django.test import Client

from forum.tokens import guest_token
from tests.factories import make_answer, make_guest, make_question


def link_of(guest, to=""):
    return f"/guest/{guest_token(guest.pk)}/{to}"


def who(client):
    """Return the guest whom the site sees in this browser, or None."""
    return client.get("/drafts/").wsgi_request.viewer.pk


def test_the_link_makes_another_browser_the_guests_once_they_say_so(client, guest, sleep):
    asked = make_question(guest, category=sleep)
    answer = make_answer(asked)

    page = client.get(link_of(guest))
    assert (page.status_code, who(client)) == (200, None)
    assert asked.title in page.content.decode()

    response = client.post(link_of(guest, f"?to={answer.pk}"))
    assert (response.status_code, response.url) == (302, f"/{answer.pk}/")
    assert who(client) == guest.pk


def test_a_link_that_somebody_else_left_makes_nobody_their_guest(client, guest, sleep):
    make_question(guest, category=sleep)
    mine = make_guest("me@example.org")
    client.cookies["guest"] = guest_token(mine.pk)

    client.get(link_of(guest))
    client.head(link_of(guest))

    assert who(client) == mine.pk


def test_another_site_cannot_say_so_in_my_place(guest, sleep):
    make_question(guest, category=sleep)
    careful = Client(enforce_csrf_checks=True)

    assert careful.post(link_of(guest)).status_code == 403
    assert who(careful) is None


def test_the_guests_own_browser_goes_straight_on(client, guest, sleep):
    asked = make_question(guest, category=sleep)
    client.cookies["guest"] = guest_token(guest.pk)

    response = client.get(link_of(guest, f"?to={asked.pk}"))

    assert (response.status_code, response.url) == (302, asked.get_absolute_url())


@pytest.mark.parametrize("send", ["get", "post"])
def test_the_secret_in_the_address_is_told_to_nobody(client, guest, sleep, send):
    make_question(guest, category=sleep)

    response = getattr(client, send)(link_of(guest))

    assert response["Cache-Control"] == "no-store"
    assert response["Referrer-Policy"] in {"strict-origin", "no-referrer"}


def test_an_altered_link_leads_nowhere(client, guest):
    assert client.post(f"/guest/{guest_token(guest.pk)}x/").status_code == 404
    assert who(client) is None
