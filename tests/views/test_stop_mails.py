"""Stopping the mails to the address a guest left, by the link in each of them."""

import pytest
from django.test import Client

from forum.effects.guest_mails import queue_guest_mails
from forum.models import Event
from forum.tokens import guest_token, mail_token
from forum.views import guest_cookie
from tests.factories import make_answer, make_question
from tests.support.html import faults_of
from tests.support.records import everything, verbs
from tests.support.typing_forms import typed


def link_of(guest):
    return f"/guest/stop/{mail_token(guest.pk)}/"


def test_looking_at_the_page_stops_nothing(client, guest):
    before = everything()

    page = client.get(link_of(guest))

    assert page.status_code == 200
    assert "<h1>Stop these emails?</h1>" in page.content.decode()
    assert guest.email not in page.content.decode()
    assert faults_of(page.content) == []
    assert everything() == before


def test_one_press_stops_them_and_twice_is_once(client, guest):
    link = link_of(guest)

    for _ in range(2):
        response = client.post(link)
        assert (response.status_code, response.url) == (302, link)

    guest.refresh_from_db()
    assert (guest.email, verbs()) == ("", ["guest.mails_stopped"])
    assert "<h1>No more emails</h1>" in client.get(link_of(guest)).content.decode()


def test_no_mail_leaves_afterwards(client, guest, bob, sleep):
    question = make_question(guest, category=sleep)
    client.post(link_of(guest))
    answer = make_answer(question, bob)

    assert queue_guest_mails(Event.objects.get(verb="answer.posted"), answer) == 0


def test_it_makes_nobody_the_guest(client, guest):
    client.post(link_of(guest))

    assert guest_cookie.NAME not in client.cookies


def test_the_secret_is_kept_by_no_cache(client, guest):
    for response in (client.get(link_of(guest)), client.post(link_of(guest))):
        assert (response["Cache-Control"], response["Referrer-Policy"]) == ("no-store", "strict-origin")


def test_another_site_cannot_stop_them(guest):
    assert Client(enforce_csrf_checks=True).post(link_of(guest)).status_code == 403

    guest.refresh_from_db()
    assert guest.email == "guest@example.org"


@pytest.mark.parametrize("token", ["x", "1:2:3", "a%00b"])
def test_an_altered_link_leads_nowhere(client, db, token):
    assert client.post(f"/guest/stop/{token}/").status_code in {400, 404}


def test_the_private_link_itself_stops_no_mails(client, guest):
    assert client.post(f"/guest/stop/{guest_token(guest.pk)}/").status_code == 404

    guest.refresh_from_db()
    assert guest.email == "guest@example.org"


def test_the_page_to_come_back_offers_it_while_mails_go_out(client, guest, sleep):
    make_question(guest, category=sleep)
    come_back = f"/guest/{guest_token(guest.pk)}/"

    assert 'action="/guest/stop/' in client.get(come_back).content.decode()
    client.post(link_of(guest))
    assert "/guest/stop/" not in client.get(come_back).content.decode()


@pytest.mark.parametrize("fields, kept", [({"guest_email": ""}, ""), ({}, "guest@example.org")])
def test_an_emptied_field_stops_them_and_a_form_that_did_not_ask_changes_nothing(client, guest, question, fields, kept):
    client.cookies[guest_cookie.NAME] = guest_token(guest.pk)

    response = client.post(f"/posts/{question.pk}/comment/", typed(body="The same here.", **fields))

    guest.refresh_from_db()
    assert (response.status_code, guest.posts.count(), guest.email) == (302, 1, kept)


def test_a_form_says_what_an_empty_field_means_to_whoever_gets_mails(client, guest):
    hint = "Clear it to stop these emails."
    assert hint not in client.get("/ask/").content.decode()

    client.cookies[guest_cookie.NAME] = guest_token(guest.pk)

    assert hint in client.get("/ask/").content.decode()
