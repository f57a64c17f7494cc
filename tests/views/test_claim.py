"""A member takes over what they wrote as a guest."""

import pytest

from forum.actions import drafting
from forum.choices import DraftKind
from forum.models import Post
from forum.tokens import guest_token
from tests.factories import make_guest, make_question
from tests.support.accounts import shown
from tests.support.html import faults_of
from tests.support.records import everything


@pytest.fixture
def browser(signed_in, newt, guest):
    """Newt's browser, in which a guest wrote before."""
    client = signed_in(newt)
    client.cookies["guest"] = guest_token(guest.pk)
    return client


def test_the_page_lists_what_can_be_taken_over(browser, guest, sleep):
    mine = make_question(guest, category=sleep, title="Asked before I joined")
    make_question(make_guest(), category=sleep, title="Asked by another guest")
    drafting.save_draft(guest, DraftKind.ANSWER, mine, {"body": "Half a thought"})

    page = browser.get("/guest/claim/").content.decode()

    assert "Asked before I joined" in page
    assert "Asked by another guest" not in page
    assert "1 draft will move too." in page
    assert faults_of(page) == []


@pytest.mark.parametrize("keep, is_anonymous", [({"is_anonymous": "1"}, True), ({}, False)])
def test_the_posts_become_the_members(browser, newt, guest, sleep, keep, is_anonymous):
    mine = make_question(guest, category=sleep, guest_name="Lea")

    response = browser.post("/guest/claim/", keep)

    post = Post.objects.get(pk=mine.pk)
    place = f"{newt.get_absolute_url()}anonymous/" if is_anonymous else newt.get_absolute_url()
    assert (response.status_code, response.url) == (302, place)
    assert (post.author, post.guest, post.guest_name, post.is_anonymous) == (newt, None, "", is_anonymous)
    assert response.cookies["guest"].value == ""


def test_drafts_come_along(browser, newt, guest):
    drafting.save_draft(guest, DraftKind.QUESTION, None, {"title": "Half a title"})

    browser.post("/guest/claim/")

    assert newt.drafts.get().fields == {"title": "Half a title"}


def test_without_a_guest_there_is_nothing_to_take_over(signed_in, newt):
    client = signed_in(newt)
    before = everything()

    shown, sent = client.get("/guest/claim/").content.decode(), client.post("/guest/claim/")

    assert "Nothing to add" in shown
    assert sent.status_code == 200
    assert faults_of(shown) == []
    assert everything()["Post"] == before["Post"]


def test_somebody_not_signed_in_is_asked_to_sign_in_first(client, guest, sleep):
    mine = make_question(guest, category=sleep)
    client.cookies["guest"] = guest_token(guest.pk)

    response = client.post("/guest/claim/")

    assert response.url.startswith("/accounts/login/")
    assert Post.objects.get(pk=mine.pk).guest == guest


@pytest.mark.parametrize(
    "names, sentence",
    [
        (["Tired Daughter", "", "Lea"], "Instead of “Lea”, “Tired Daughter”, others will see “Anonymous”."),
        (["", ""], "Others still see “Anonymous”."),
    ],
)
def test_the_page_says_what_becomes_of_the_names(browser, guest, sleep, names, sentence):
    for name in names:
        make_question(guest, category=sleep, guest_name=name)

    page = shown(browser.get("/guest/claim/")).replace("“ ", "“").replace(" ”", "”")

    assert f"{sentence} Switch this off to show your name, newt , on them." in page


@pytest.mark.parametrize("keep", [{"is_anonymous": "1"}, {}])
def test_what_was_taken_over_stands_on_the_page_one_lands_on(browser, guest, sleep, keep):
    make_question(guest, category=sleep, title="Asked before I joined", guest_name="Lea")

    landed = shown(browser.post("/guest/claim/", keep, follow=True))

    assert "1 post is in your account now." in landed
    assert "Asked before I joined" in landed
    assert "Nothing to show yet" not in landed
