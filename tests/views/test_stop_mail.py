"""The link by which mails stop: what looking, pressing, a mail program's one click and taking back do."""

import pytest
from django.test import Client

from forum.choices import FollowMode, MailKind, Rhythm
from forum.models import Follow, Guest, Mail, MailFollow, NotificationChoice, Preferences
from tests.factories import make_answer
from tests.support.html import faults_of
from tests.support.letters import mail_of, tell
from tests.support.records import everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def mail(ann, bob, question):
    """A mail to Ann about an answer to her question."""
    return mail_of(tell(ann, "answered", make_answer(question, bob)))


def link(mail):
    return f"/mail/stop/{mail.token}/"


def choices():
    return list(NotificationChoice.objects.order_by("kind").values_list("kind", "on_site", "mail"))


def test_looking_changes_nothing_and_names_nobody(client, mail):
    before = everything()

    page = client.get(link(mail))

    assert page.status_code == 200
    assert [
        word
        for word in ("ann", "bob", "sleep better")
        if word in page.content.decode().partition("<main")[2].partition("</main")[0]
    ] == []
    assert faults_of(page.content) == []
    assert (page["Cache-Control"], page["Referrer-Policy"]) == ("no-store", "strict-origin")
    assert everything() == before


def test_one_click_of_a_mail_program_stops_that_kind_at_once(mail):
    stranger = Client(enforce_csrf_checks=True)

    answers = [stranger.post(link(mail), {"List-Unsubscribe": "One-Click"}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].content == b"These emails are stopped.\n"
    assert choices() == [("answered", True, "never")]


def test_everything_else_needs_our_own_form(mail):
    before = everything()

    assert Client(enforce_csrf_checks=True).post(link(mail), {"stop": "all"}).status_code == 403
    assert everything() == before


def test_a_kind_stops_and_comes_again(client, mail, ann):
    NotificationChoice.objects.create(member=ann, kind="answered", on_site=False, mail="now")

    assert client.post(link(mail), {"stop": "kind"}).url == link(mail)
    stopped = choices()
    page = client.get(link(mail))
    client.post(link(mail), {"stop": "undo"})

    assert stopped == [("answered", False, "never")]
    assert "<h1>These emails are stopped</h1>" in page.content.decode()
    assert faults_of(page.content) == []
    assert choices() == [("answered", False, "now")]
    assert "<h1>Which emails should we stop?</h1>" in client.get(link(mail)).content.decode()


def test_a_question_stops_and_comes_again(client, mail, ann, question):
    client.post(link(mail), {"stop": "question"})
    muted = list(Follow.objects.filter(mode=FollowMode.MUTED).values_list("member", "question"))
    client.post(link(mail), {"stop": "undo"})

    assert muted == [(ann.pk, question.pk)]
    assert not Follow.objects.filter(mode=FollowMode.MUTED).exists()


def test_all_mails_stop_and_come_again(client, mail, ann, question):
    Follow.objects.update_or_create(member=ann, question=question, defaults={"mode": FollowMode.INSTANT})
    for _ in range(2):
        client.post(link(mail), {"stop": "all"})

    assert {way for _, _, way in choices()} == {"never"}
    assert len(choices()) == 15
    assert Preferences.objects.get(member=ann).rhythm == Rhythm.NEVER
    assert Follow.objects.get(question=question).mode == FollowMode.SITE

    client.post(link(mail), {"stop": "undo"})

    assert choices() == []
    assert Preferences.objects.get(member=ann).rhythm == Rhythm.DAILY
    assert Follow.objects.get(question=question).mode == FollowMode.INSTANT


@pytest.mark.parametrize("kind, mode", [("new_answer", FollowMode.SITE), ("answered", FollowMode.INSTANT)])
def test_what_is_followed_is_stopped_where_it_is_followed(client, kind, mode, newt, bob, question):
    Follow.objects.create(member=newt, question=question, mode=FollowMode.INSTANT)
    mail = mail_of(tell(newt, kind, make_answer(question, bob)))

    client.post(link(mail), {"stop": "kind"})

    assert Follow.objects.get(member=newt).mode == mode


def test_summaries_stop_and_come_again(client, ann, mail):
    Mail.objects.update(kind=MailKind.DIGEST)
    Preferences.objects.create(member=ann, rhythm=Rhythm.WEEKLY)

    client.post(link(mail), {"stop": "kind"})
    stopped = (Preferences.objects.get(member=ann).rhythm, choices())
    client.post(link(mail), {"stop": "undo"})

    assert stopped == (Rhythm.NEVER, [])
    assert Preferences.objects.get(member=ann).rhythm == Rhythm.WEEKLY


def test_a_guest_stops_and_takes_it_back(client, guest):
    mail = Mail.objects.create(key="g", kind=MailKind.GUEST, guest=guest, address=guest.email)

    client.post(link(mail), {"List-Unsubscribe": "One-Click"})
    stopped = Guest.objects.get().email
    client.post(link(mail), {"stop": "undo"})

    assert (stopped, Guest.objects.get().email) == ("", "guest@example.org")


def test_who_follows_by_mail_stops_and_takes_it_back(client, question):
    follow = MailFollow.objects.create(question=question, email="wren@example.org")
    mail = Mail.objects.create(key="f", kind=MailKind.FOLLOW, mail_follow=follow, address=follow.email)

    client.post(link(mail), {"stop": "kind"})
    stopped = MailFollow.objects.get().stopped_at
    client.post(link(mail), {"stop": "undo"})

    assert stopped is not None
    assert MailFollow.objects.get().stopped_at is None


def test_account_mails_cannot_be_stopped(client, ann):
    mail = Mail.objects.create(key="a", kind=MailKind.ACCOUNT, member=ann, address=ann.email)
    before = everything()

    assert client.post(link(mail), {"stop": "all"}).status_code == 422
    assert "can’t be turned off" in client.get(link(mail)).content.decode()
    assert everything() == before


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_of_nobody_is_not_there(client, method):
    path = "/mail/stop/4cbd3f0e-8a60-4c2b-94a7-6f7ee1e4f0a1/"

    assert getattr(client, method)(path, {"List-Unsubscribe": "One-Click"}).status_code == 404


@pytest.mark.parametrize("kinds", [1, 3])
def test_the_page_costs_the_same(kinds, client, ann, bob, question, django_assert_num_queries):
    mail = mail_of(*(tell(ann, "answered", make_answer(question, bob)) for _ in range(kinds)))

    with django_assert_num_queries(3):
        client.get(link(mail))
