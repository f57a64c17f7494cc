"""A member's conversations with the moderators over HTTP."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from forum.actions import messaging, sanctioning
from forum.effects import conversations
from forum.models import Conversation, LogEntry, Message
from tests.factories import make_question
from tests.support.pages import piece
from tests.support.records import everything

pytestmark = pytest.mark.django_db
BANNER = "The moderators wrote to you. Please read their message and confirm. Until then you can’t write or vote."
SAID = {"text": "May I ask why?"}


@pytest.fixture
def told(mo, newt, question):
    """Return what moderators wrote to newt about a question: a notice."""
    return messaging.write_to_member(mo, newt, text="Thank you for asking.", kind="message", post=question)


@pytest.fixture
def warned(mo, newt):
    return messaging.write_to_member(mo, newt, text="Please be kind. See /help/guidelines/.", kind="warning")


def test_somebody_without_messages_reads_that_there_are_none(signed_in, newt):
    page = piece(signed_in(newt).get("/messages/"))

    assert "<h2>No messages</h2>" in page
    assert 'href="/messages/write/"' in page


def test_conversations_are_listed_the_last_used_first(signed_in, newt, told, warned):
    page = piece(signed_in(newt).get("/messages/"))

    assert page.index("You and the moderators") < page.index("Question: How do I sleep better?")
    assert (page.count("1 new"), page.count(">Please read<")) == (1, 1)


def test_the_account_menu_counts_what_is_unread_and_says_nothing_when_there_is_nothing(
    signed_in, newt, ann, told, warned
):
    link = 'Messages <span class="pill p-clay">2 new</span></a>'

    assert link in signed_in(newt).get("/").content.decode()
    assert " new</span></a>" not in signed_in(ann).get("/").content.decode()


def test_a_warning_stands_on_every_page_until_its_member_says_that_they_have_read_it(signed_in, newt, warned):
    client = signed_in(newt)
    path = f"/messages/{warned.conversation_id}/"
    assert [BANNER in client.get(page).content.decode() for page in ("/", "/nothing/", path)] == [True] * 3

    answer = client.post(f"{path}acknowledge/{warned.pk}/")

    assert (answer.status_code, answer.url) == (302, f"{path}#m{warned.pk}")
    assert BANNER not in client.get("/").content.decode()
    assert "read this just now</time>" in piece(client.get(path))
    assert User.objects.get(pk=newt.pk).must_acknowledge is False


def test_the_banner_costs_nobody_a_query(signed_in, newt, ann, warned, django_assert_num_queries):
    with_banner, without = signed_in(newt), signed_in(ann)

    with django_assert_num_queries(4):
        with_banner.get("/help/")
    with django_assert_num_queries(4):
        without.get("/help/")


def test_a_word_of_care_says_that_it_is_no_warning_and_where_help_is(signed_in, mo, newt):
    message = messaging.write_to_member(mo, newt, text="How are you?", kind="care")

    page = piece(signed_in(newt).get(f"/messages/{message.conversation_id}/"))

    assert '<article class="said said-care"' in page
    assert "This is not a warning." in page
    assert 'href="/help/crisis/"' in page
    assert "I have read this" not in page


def test_an_address_of_our_help_pages_is_a_link_and_nothing_else_is(signed_in, mo, newt):
    text = "See /help/crisis/ and <b>https://x.example/help/crisis/</b>"
    message = messaging.write_to_member(mo, newt, text=text, kind="message")

    page = piece(signed_in(newt).get(f"/messages/{message.conversation_id}/"))

    assert '<a href="/help/crisis/">/help/crisis/</a> and &lt;b&gt;https://x.example/help/crisis/&lt;/b&gt;' in page


def test_to_the_member_every_moderator_is_the_moderators(signed_in, newt, told):
    page = piece(signed_in(newt).get(f"/messages/{told.conversation_id}/"))

    assert "The moderators" in page
    assert "<bdi>mo</bdi>" not in page


def test_reading_is_said_by_a_form_that_a_browser_with_scripts_sends_by_itself(signed_in, newt, told):
    client, path = signed_in(newt), f"/messages/{told.conversation_id}/"
    assert f'hx-post="{path}read/" hx-trigger="load, submit"' in client.get(path).content.decode()
    assert User.objects.get(pk=newt.pk).unread_messages == 1

    answer = client.post(f"{path}read/")

    assert (answer.status_code, answer.url) == (302, path)
    assert User.objects.get(pk=newt.pk).unread_messages == 0


def test_the_answer_to_htmx_is_the_piece_of_the_page(signed_in, newt, told):
    client, path = signed_in(newt), f"/messages/{told.conversation_id}/"

    answer = client.post(f"{path}read/", headers={"HX-Request": "true"})

    assert answer.content.decode().strip() in client.get(path).content.decode()


def test_a_member_answers_in_the_conversation(signed_in, newt, told):
    path = f"/messages/{told.conversation_id}/"

    answer = signed_in(newt).post(path, SAID)

    message = Message.objects.get(is_from_team=False)
    assert (answer.status_code, answer.url) == (302, f"{path}#m{message.pk}")
    assert (message.text, message.conversation.awaits_team) == ("May I ask why?", True)


def test_a_member_begins_a_conversation_in_general(signed_in, newt):
    answer = signed_in(newt).post("/messages/write/", SAID, follow=True)

    assert answer.redirect_chain == [(f"/messages/{Conversation.objects.get().pk}/", 302)]
    assert "Sent. The moderators will answer here." in piece(answer)
    assert "May I ask why?" in piece(answer)


@pytest.mark.parametrize("text", ["", "  ", "\u200b\u2060", "x" * 3001])
def test_a_message_without_words_or_with_too_many_comes_back(signed_in, newt, told, text):
    client, before = signed_in(newt), everything()

    for path in ("/messages/write/", f"/messages/{told.conversation_id}/"):
        answer = client.post(path, {"text": text})
        assert (answer.status_code, text.strip() in piece(answer)) == (422, True)
    assert everything() == before


def test_a_suspended_member_writes_and_reads_why_until_when_and_how_to_appeal(signed_in, mo, newt):
    sanctioning.suspend_member(mo, newt, until=datetime(2099, 5, 4, 12, tzinfo=UTC), reason="Anger, three times.")
    client = signed_in(newt)

    for path in ("/messages/", newt.get_absolute_url()):
        page = piece(client.get(path))
        assert "You can only read until 4 May 2099." in page
        assert "Anger, three times." in page
        assert f'href="/appeal/{LogEntry.objects.get().number}/"' in page
    assert client.post("/messages/write/", SAID).status_code == 302


def test_somebody_else_learns_nothing_of_a_suspension(signed_in, mo, newt, ann):
    sanctioning.suspend_member(mo, newt, until=timezone.now() + timedelta(days=3), reason="Anger, three times.")

    for client in (signed_in(ann), signed_in(mo)):
        assert "Anger" not in client.get(newt.get_absolute_url()).content.decode()


def test_a_refusal_names_the_date_and_what_is_missing(signed_in, mo, newt, question):
    sanctioning.suspend_member(mo, newt, until=datetime(2099, 5, 4, tzinfo=UTC), reason="Votes.", ability="voting")

    answer = signed_in(newt).post(f"/posts/{question.pk}/vote/", {"direction": "up"})

    assert answer.status_code == 403
    assert "You can’t vote until 4 May 2099." in piece(answer)
    assert '<a class="btn btn-primary" href="/messages/">Why, and what you can do</a>' in piece(answer)


@pytest.mark.parametrize("who", ["ann", "mo", "ada"])
def test_nobody_else_reads_answers_or_acknowledges(signed_in, request, warned, who):
    client, path = signed_in(request.getfixturevalue(who)), f"/messages/{warned.conversation_id}/"
    before = everything()

    statuses = [
        client.get(path).status_code,
        client.post(path, SAID).status_code,
        client.post(f"{path}read/").status_code,
        client.post(f"{path}acknowledge/{warned.pk}/").status_code,
    ]

    assert statuses == [404] * 4
    assert everything() == before


def test_guests_are_asked_to_sign_in(client, warned):
    paths = ["/messages/", "/messages/write/", f"/messages/{warned.conversation_id}/"]

    answers = [client.get(path) for path in paths] + [client.post(path, SAID) for path in paths[1:]]

    assert [answer.status_code for answer in answers] == [302] * 5
    assert all(answer.url.startswith("/accounts/login/?next=") for answer in answers)
    assert Message.objects.count() == 1


def test_what_was_taken_back_is_not_there_any_more(signed_in, mo, newt, warned):
    conversations.take_back(warned.pk)
    client = signed_in(newt)

    assert client.get(f"/messages/{warned.conversation_id}/").status_code == 404
    assert "<h2>No messages</h2>" in piece(client.get("/messages/"))
    assert BANNER not in client.get("/").content.decode()


def test_more_messages_than_an_hour_allows_are_refused(signed_in, newt):
    client = signed_in(newt)

    statuses = [client.post("/messages/write/", {"text": f"Message {number}"}).status_code for number in range(11)]

    assert statuses == [302] * 10 + [429]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_each_time(signed_in, mo, newt, ann, rows, django_assert_num_queries):
    for _ in range(rows):
        question = make_question(ann)
        messaging.write_to_member(mo, newt, text="Hello.", kind="message", post=question)
    client = signed_in(newt)

    with django_assert_num_queries(6):
        client.get("/messages/")


@pytest.mark.parametrize("rows", [1, 3])
def test_a_conversation_costs_the_same_each_time(signed_in, mo, newt, question, rows, django_assert_num_queries):
    for number in range(rows):
        message = messaging.write_to_member(mo, newt, text=f"Hello {number}.", kind="message", post=question)
    client = signed_in(newt)

    with django_assert_num_queries(7):
        client.get(f"/messages/{message.conversation_id}/")
