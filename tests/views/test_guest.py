"""A guest's own page, in the browser that wrote, and the private link for other devices."""

import re

import pytest
from django.test import Client

from forum.actions import drafting
from forum.choices import DraftKind
from forum.effects.mail_writers import write
from forum.models import Guest, Mail, Question
from forum.tokens import guest_token
from tests.factories import make_answer, make_guest, make_question
from tests.support.accounts import shown
from tests.support.html import faults_of
from tests.support.letters import faults_of_mail
from tests.support.typing_forms import typed_question

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(client, guest):
    """The guest's browser."""
    client.cookies["guest"] = guest_token(guest.pk)
    return client


def test_your_questions_lists_what_this_browser_wrote_and_nothing_else(known, guest, bob, sleep):
    mine = make_question(guest, category=sleep, title="Why am I so tired?")
    make_answer(mine, bob)
    make_question(make_guest(), category=sleep, title="Asked by another guest")
    drafting.save_draft(guest, DraftKind.ANSWER, mine, {"body": "Half a thought"})

    response = known.get("/guest/")
    page = response.content.decode()

    assert faults_of(page) == []
    assert "Why am I so tired?" in page
    assert "1 answer" in shown(response)
    assert "Asked by another guest" not in page
    assert "1 draft waiting for you." in shown(response)
    assert f"/guest/{guest_token(guest.pk).partition(':')[0]}" in page
    assert "data-copy" in page
    assert (response["Cache-Control"], "guest@example.org" in page) == ("no-store", True)


def test_without_a_guest_the_page_is_empty_and_keeps_no_link(client):
    page = client.get("/guest/").content.decode()

    assert faults_of(page) == []
    assert "Nothing here yet" in page
    assert "data-copy" not in page
    assert Guest.objects.count() == 0


def test_you_leads_there_for_a_guest_who_has_written(known, client):
    you = [
        re.search(r'<a href="([^"]+)"[^>]*><svg[^>]*>.{0,120}?</svg>You</a>', page)
        for page in (known.get("/").content.decode(), Client().get("/").content.decode())
    ]

    assert [found[1] for found in you] == ["/guest/", "/accounts/login/"]


def test_the_first_post_says_the_private_link_with_a_button_to_copy_it(client, sleep):
    page = client.post("/ask/", typed_question(sleep), follow=True).content.decode()

    guest = Guest.objects.get()
    button = re.search(r'<a class="btn" href="([^"]+)" data-copy>', page)
    assert re.fullmatch(rf"http://[^/]+/guest/[^/]+/\?to={Question.objects.get().pk}", button[1])
    assert '<a href="/guest/">Your questions</a>' in page
    assert Mail.objects.count() == 0
    assert guest.email == ""


def test_an_address_gets_the_private_link_once(client, sleep, settings):
    for number in range(2):
        asked = typed_question(sleep, title=f"Why do I wake at {number + 3}?", body=f"{number}")
        client.post("/ask/", {**asked, "guest_email": "tired@example.org"})

    guest, mail = Guest.objects.get(), Mail.objects.get()
    letter = write(mail)
    assert (mail.address, mail.guest, letter.subject) == ("tired@example.org", guest, "Your private link")
    assert faults_of_mail(letter) == []
    assert f"{settings.SITE_URL}/guest/{guest_token(guest.pk).partition(':')[0]}" in letter.html
    assert f"{settings.SITE_URL}/mail/stop/{mail.token}/" in letter.html
    assert "Why do I wake" not in letter.text + letter.html


def test_one_address_gets_at_most_three_links_a_day_whoever_gives_it(sleep):
    for number in range(5):
        make_question(Guest(), category=sleep, body=f"Text {number}", guest_email="Victim@example.org")

    assert Mail.objects.filter(address__iexact="victim@example.org").count() == 3


def test_an_address_taken_back_before_the_email_left_gets_none(sleep):
    guest = make_question(Guest(), category=sleep, guest_email="tired@example.org").guest
    Guest.objects.filter(pk=guest.pk).update(email="")

    assert write(Mail.objects.get()) is None
