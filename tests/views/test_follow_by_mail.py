"""A question followed by mail without an account: asked for, confirmed by a press, never by looking."""

import pytest
from django.db.models import F

from forum.choices import Audience, MailKind
from forum.effects.mail_writers import write
from forum.models import Mail, MailFollow, Post
from tests.factories import make_answer, make_question
from tests.support.html import faults_of
from tests.support.jobs import run_jobs
from tests.support.letters import faults_of_mail, links_of
from tests.support.records import everything

pytestmark = pytest.mark.django_db


def ask(client, question, email="wren@example.org", **fields):
    return client.post(f"/posts/{question.pk}/follow-by-mail/", {"email": email, **fields})


def rows():
    return list(MailFollow.objects.order_by("pk").values_list("email", "confirmed_at", "stopped_at"))


def test_a_guest_asks_and_is_asked_back_by_mail(client, question, settings):
    answer = ask(client, question)

    mail, follow = Mail.objects.get(), MailFollow.objects.get()
    letter = write(mail)
    assert (answer.status_code, answer.url) == (302, question.get_absolute_url())
    assert rows() == [("wren@example.org", None, None)]
    assert (mail.kind, mail.address) == (MailKind.FOLLOW, "wren@example.org")
    assert letter.subject == "Please confirm: emails about new answers"
    assert f"{settings.SITE_URL}/mail/confirm/{follow.token}/" in letter.text
    assert faults_of_mail(letter) == []
    in_text, in_html = links_of(letter, settings.SITE_URL)
    assert {path: client.get(path).status_code for path in {*in_text, *in_html}} == dict.fromkeys(
        {*in_text, *in_html}, 200
    )


def test_asking_twice_is_once_and_says_the_same(client, question):
    answers = [ask(client, question, email) for email in ("wren@example.org", "WREN@example.org")]
    MailFollow.objects.update(confirmed_at=question.created_at)
    answers.append(ask(client, question))

    assert {(answer.status_code, answer.url) for answer in answers} == {(302, question.get_absolute_url())}
    assert (len(rows()), Mail.objects.count()) == (1, 1)


def test_looking_confirms_nothing(client, question):
    ask(client, question)
    path = f"/mail/confirm/{MailFollow.objects.get().token}/"
    before = everything()

    page = client.get(path)

    assert "Yes, email me" in page.content.decode()
    assert "wren" not in page.content.decode()
    assert faults_of(page.content) == []
    assert everything() == before


def test_a_press_confirms_another_stops_and_a_third_begins_again(client, question):
    ask(client, question)
    path = f"/mail/confirm/{MailFollow.objects.get().token}/"
    said = []

    for fields in ({}, {"stop": "1"}, {}):
        assert client.post(path, fields).url == path
        page = client.get(path)
        assert faults_of(page.content) == []
        follow = MailFollow.objects.get()
        said.append((follow.confirmed_at is not None, follow.stopped_at is not None))

    assert said == [(True, False), (True, True), (True, False)]


def test_who_said_never_is_not_asked_again(client, question):
    ask(client, question)
    client.post(f"/mail/confirm/{MailFollow.objects.get().token}/", {"stop": "1"})
    Mail.objects.all().delete()

    ask(client, question)

    assert Mail.objects.count() == 0
    assert MailFollow.objects.get().stopped_at is not None


def test_who_stopped_and_asks_again_is_asked_once_more_and_then_told(client, question, bob, mailoutbox):
    ask(client, question)
    run_jobs()
    follow = MailFollow.objects.get()
    confirm = f"/mail/confirm/{follow.token}/"
    client.post(confirm)
    client.post(confirm, {"stop": "1"})
    Mail.objects.update(key=F("token"))  # of another day

    for _ in range(2):
        ask(client, question)
        make_answer(question, bob)
        run_jobs()
        Mail.objects.update(key=F("token"))
    before = [mail.subject for mail in mailoutbox if mail.to == ["wren@example.org"]]
    client.post(confirm)
    make_answer(question, bob)
    run_jobs()

    after = [mail.subject for mail in mailoutbox if mail.to == ["wren@example.org"]]
    assert before == ["Please confirm: emails about new answers"] * 2
    assert len(after) == 3
    assert after[2] == "You have a new answer"


def test_a_stranger_cannot_fill_a_mailbox(client, ann):
    for _ in range(5):
        ask(client, make_question(ann))

    assert Mail.objects.filter(address="wren@example.org").count() == 3


def test_asking_too_often_from_one_place_has_to_wait(client, question):
    answers = [ask(client, question, f"wren{number}@example.org").status_code for number in range(11)]

    assert answers == [302] * 10 + [429]
    assert MailFollow.objects.count() == 10


def test_a_program_that_fills_in_everything_is_told_the_same(client, question):
    before = everything()["MailFollow"]

    answer = ask(client, question, website="https://spam.example.org")

    assert (answer.status_code, everything()["MailFollow"], Mail.objects.count()) == (302, before, 0)


@pytest.mark.parametrize("email", ["", "not an address", "x" * 250 + "@example.org"])
def test_what_is_no_address_comes_back(client, question, email):
    answer = ask(client, question, email)

    assert (answer.status_code, rows()) == (422, [])
    assert faults_of(answer.content) == []


def test_only_what_every_guest_can_read_is_followed(client, question):
    Post.objects.filter(pk=question.pk).update(audience=Audience.MEMBERS)

    assert (ask(client, question).status_code, rows()) == (404, [])


def test_a_member_follows_as_a_member(signed_in, bob, question):
    browser = signed_in(bob)

    assert (ask(browser, question).status_code, rows()) == (403, [])
    assert "follow-by-mail" not in browser.get(question.get_absolute_url()).content.decode()


def test_the_question_offers_it_to_guests(client, question):
    assert f'action="/posts/{question.pk}/follow-by-mail/"' in client.get(question.get_absolute_url()).content.decode()


def test_an_answer_is_no_question(client, question, bob):
    assert ask(client, make_answer(question, bob)).status_code == 404
