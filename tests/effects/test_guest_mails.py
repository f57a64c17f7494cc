"""Mails to people without an account: who gets one, what it says, and what it must not say."""

import re

import pytest
from django.utils import timezone

from forum import tokens
from forum.actions import claiming, moderating
from forum.choices import MailKind
from forum.effects.guest_mails import queue_guest_mails
from forum.effects.mail_writers import write
from forum.models import Event, Guest, Mail, MailFollow, Post
from tests.factories import make_answer, make_category, make_comment, make_guest, make_question
from tests.support.letters import faults_of_mail, links_of

pytestmark = pytest.mark.django_db


def tell_of(post):
    """Queue what the event of the new post tells, as the job does, and return how many that were."""
    event = Event.objects.filter(post=post, verb__in=("answer.posted", "comment.added")).get()
    return queue_guest_mails(event, Post.objects.get(pk=post.pk))


def follow(question, email="wren@example.org", **fields):
    fields = {"confirmed_at": timezone.now(), **fields}
    return MailFollow.objects.create(question=question, email=email, **fields)


def queued():
    return list(Mail.objects.order_by("pk").values_list("kind", "address"))


@pytest.fixture
def asked(guest, sleep):
    return make_question(guest, title="Why am I so tired?", category=sleep)


def test_a_guest_who_asked_is_told_by_their_private_link(asked, guest, bob, settings):
    answer = make_answer(asked, bob, body="Warm milk, *every* night.")

    assert (tell_of(answer), tell_of(answer)) == (1, 0)

    mail, site = Mail.objects.get(), settings.SITE_URL
    letter = write(mail)
    token = re.search(r"/guest/([^/]+)/", letter.text).group(1)  # it is signed in the second in which it is written
    path = f"/guest/{token}/?to={answer.pk}"
    assert tokens.read_guest_token(token) == guest.pk
    assert (mail.kind, mail.address, mail.guest) == (MailKind.GUEST, "guest@example.org", guest)
    assert letter.subject == "You have a new answer"
    assert letter.text == (
        "bob answered your question Why am I so tired?\n"
        "\n"
        "> Warm milk, every night.\n"
        "\n"
        "Read the answer:\n"
        f"{site}{path}\n"
        "\n"
        "Not safe right now? These help lines can help:\n"
        f"{site}/help/crisis/\n"
        "\n"
        "—\n"
        "Mindwellnessforum\n"
        "You left this address when you wrote here without an account. We only use it for these emails. "
        "The link above is private: anyone with it can edit what you wrote.\n"
        f"Stop these emails: {site}/mail/stop/{mail.token}/\n"
    )
    assert (letter.thread_id, letter.stop_path) == (asked.pk, f"/mail/stop/{mail.token}/")
    assert faults_of_mail(letter) == []


def test_a_guest_is_told_of_a_comment_on_their_post(asked, guest, bob):
    answer = make_answer(make_question(bob), guest)

    told = [tell_of(make_comment(asked, bob)), tell_of(make_comment(answer, bob))]

    assert told == [1, 1]
    letters = [write(mail) for mail in Mail.objects.order_by("pk")]
    assert [letter.subject for letter in letters] == ["You have a new comment"] * 2
    assert [letter.text.partition("\n")[0] for letter in letters] == [
        "bob commented on your question Why am I so tired?",
        f"bob commented on your answer – {answer.question.title}",
    ]


def test_nobody_is_told_of_what_they_wrote(asked, guest, ann, question):
    follow(question, "ANN@example.org")
    follow(asked, "guest@example.org")

    told = [
        tell_of(make_answer(asked, guest)),
        tell_of(make_comment(asked, guest)),
        tell_of(make_answer(question, ann)),
    ]

    assert (told, queued()) == ([0, 0, 0], [])


def test_an_address_is_told_once_of_one_answer(asked, bob):
    follow(asked, "Guest@Example.org")

    assert tell_of(make_answer(asked, bob)) == 1


def test_who_follows_by_mail_is_told_of_answers_alone(question, bob, settings):
    one = follow(question)
    follow(question, "new@example.org", confirmed_at=None)
    follow(question, "gone@example.org", stopped_at=timezone.now())
    answer = make_answer(question, bob, is_anonymous=True)

    told = [tell_of(answer), tell_of(make_comment(question, bob))]

    mail = Mail.objects.get()
    letter = write(mail)
    assert (told, queued()) == ([1, 0], [(MailKind.FOLLOW, one.email)])
    assert letter.subject == "You have a new answer"
    assert "bob" not in f"{letter.text}{letter.html}{letter.headers}"
    assert letter.stop_path == f"/mail/stop/{mail.token}/"
    assert faults_of_mail(letter) == []


def test_a_mailbox_that_several_read_tells_nobody_who_wrote_without_a_name(question, ann, bob):
    asked = make_question(make_guest(bob.email.upper()))
    for each in (asked, question):
        follow(each, bob.email)

    told = [
        tell_of(make_answer(each, bob, is_anonymous=veiled)) for each in (asked, question) for veiled in (False, True)
    ]

    assert told == [0, 1, 0, 1]


def test_a_guest_without_an_address_is_not_told(bob):
    assert tell_of(make_answer(make_question(make_guest("")), bob)) == 0


def test_what_waits_or_is_hidden_tells_nobody(asked, bob, mo):
    hidden = make_answer(asked, bob)
    moderating.hide_post(mo, hidden)

    assert [tell_of(hidden), queued()] == [0, []]


def _hide(mail, mo):
    moderating.hide_post(mo, mail.event.post)


def _hide_question(mail, mo):
    moderating.hide_post(mo, mail.event.post.question)


def _forget(mail, mo):
    Guest.objects.update(email="")
    MailFollow.objects.update(stopped_at=timezone.now())


@pytest.mark.parametrize("since", [_hide, _hide_question, _forget])
def test_there_is_nothing_to_say_any_more(since, asked, bob, mo):
    follow(asked)
    tell_of(make_answer(asked, bob))

    since(Mail.objects.first(), mo)

    assert [write(mail) for mail in Mail.objects.select_related("guest", "mail_follow")] == [None, None]


def test_after_a_claim_the_guest_gets_nothing(asked, guest, newt, bob):
    tell_of(make_answer(asked, bob))
    claiming.claim_posts(newt, guest)

    assert write(Mail.objects.get()) is None


def test_a_sensitive_subject_is_not_told(guest, bob):
    topic = make_category("Self-harm", is_sensitive=True)
    asked = make_question(guest, title="I have relapsed again", category=topic)
    follow(asked)
    tell_of(make_answer(asked, bob, body="Walking helps."))

    for mail in Mail.objects.order_by("pk"):
        letter = write(mail)
        said = f"{letter.subject}{letter.text}{letter.html}"
        assert letter.subject == "You have a new answer"
        assert [word for word in ("relapsed", "Walking", "Self-harm") if word in said] == []


def test_the_links_of_these_mails_work(asked, guest, bob, client, settings):
    follow(asked)
    tell_of(make_answer(asked, bob))

    for mail in Mail.objects.order_by("pk"):
        in_text, in_html = links_of(write(mail), settings.SITE_URL)
        assert sorted(set(in_text)) == sorted(set(in_html))
        assert {path: client.get(path, follow=True).status_code for path in in_text} == dict.fromkeys(in_text, 200)


@pytest.mark.parametrize("followers", [1, 3])
def test_each_follower_costs_the_same(followers, question, bob):
    for number in range(followers):
        follow(question, f"wren{number}@example.org")

    assert tell_of(make_answer(question, bob)) == followers
