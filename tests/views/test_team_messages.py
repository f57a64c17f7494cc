"""The team's side of messages: the list, a conversation, writing to the author of a post."""

import pytest

from forum.actions import messaging
from forum.models import LogEntry, Message
from tests.factories import make_answer, make_question
from tests.support.pages import piece
from tests.support.records import everything

pytestmark = pytest.mark.django_db
CARE = {"kind": "care", "text": "Are you safe tonight?"}


@pytest.fixture
def asked(newt):
    """Return newt's general conversation, which awaits an answer."""
    return messaging.write_to_team(newt, text="Why was my answer hidden?").conversation


def test_what_awaits_an_answer_comes_first_and_the_rest_on_the_other_tab(signed_in, mo, ann, asked):
    messaging.write_to_member(mo, ann, text="Thank you.", kind="message")
    client = signed_in(mo)

    waiting, rest = (piece(client.get(f"/moderation/messages/{query}")) for query in ("", "?show=all"))

    assert ("Why was my answer hidden?" in waiting, "Thank you." in waiting) == (True, False)
    assert ("Why was my answer hidden?" in rest, "Thank you." in rest) == (True, True)


def test_nobody_waits(signed_in, mo):
    assert "No one is waiting for an answer" in piece(signed_in(mo).get("/moderation/messages/"))


def test_the_list_pages_by_what_was_said_last(signed_in, mo):
    for number in range(21):
        messaging.write_to_team(make_question().author, text=f"Question number {number:02}.")
    client = signed_in(mo)

    first = client.get("/moderation/messages/")
    page = first.context["list"].page

    assert [row.excerpt for row in page.rows] == [f"Question number {number:02}." for number in range(20, 0, -1)]
    older = client.get(page.older_url).context["list"].page
    assert [row.excerpt for row in older.rows] == ["Question number 00."]


def test_a_moderator_answers_and_can_take_it_back_at_once(signed_in, mo, newt, asked):
    client, path = signed_in(mo), f"/moderation/messages/{asked.pk}/"

    page = piece(client.post(path, {"kind": "message", "text": "It named a pharmacy."}, follow=True))

    assert "It named a pharmacy." in page
    number = LogEntry.objects.get().number
    assert f'name="entries" value="{number}"' in page
    client.post("/moderation/undo/", {"entries": str(number), "next": path})
    assert Message.objects.get(is_from_team=True).withdrawn_at is not None
    assert "Taken back. The member no longer sees it." in piece(client.get(path))


def test_a_ready_text_fills_the_form_by_address_and_sends_nothing(signed_in, mo, asked):
    client, before = signed_in(mo), everything()

    form = client.get(f"/moderation/messages/{asked.pk}/?reply=worried").context["composing"].form

    assert form.initial["kind"] == "care"
    assert form.initial["text"].startswith(
        "We read what you wrote, and we’re worried about you. You haven’t done anything wrong. If you’re not safe right now, please call som"
    )
    assert everything() == before


def test_a_ready_text_goes_below_what_has_been_typed_and_sends_nothing(signed_in, mo, asked):
    client, before = signed_in(mo), everything()

    sent = {"kind": "message", "text": "Dear newt,", "reply": "detail"}
    answer = client.post(f"/moderation/messages/{asked.pk}/", sent)

    assert answer.status_code == 200
    assert answer.context["composing"].form.initial["text"].startswith("Dear newt,\n\nPeople want to help")
    assert everything() == before


def test_an_address_cannot_put_words_into_the_form(signed_in, mo, asked):
    page = piece(signed_in(mo).get(f"/moderation/messages/{asked.pk}/?text=You+are+banned&kind=warning"))

    assert "You are banned" not in page


@pytest.mark.parametrize(
    "data", [{"kind": "care", "text": " "}, {"kind": "notice", "text": "Words."}, {"kind": "care", "text": "x" * 3001}]
)
def test_a_message_that_says_nothing_or_too_much_comes_back(signed_in, mo, newt, question, asked, data):
    client, before = signed_in(mo), everything()
    paths = [
        f"/moderation/messages/{asked.pk}/",
        f"/moderation/posts/{question.pk}/write/",
        "/moderation/members/newt/write/",
    ]

    answers = [client.post(path, data) for path in paths]

    assert [answer.status_code for answer in answers] == [422] * 3
    assert all(data["text"].strip() in piece(answer) for answer in answers)
    assert everything() == before


def test_a_moderator_writes_to_the_author_of_a_post(signed_in, mo, ann, question):
    answer = signed_in(mo).post(f"/moderation/posts/{question.pk}/write/", CARE)

    message = Message.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/moderation/messages/{message.conversation_id}/")
    assert (message.conversation.member, message.conversation.post_id, message.kind) == (ann, question.pk, "care")


def test_a_guest_has_no_account_to_read_with(signed_in, mo, guest, sleep):
    post = make_question(guest, category=sleep, guest_name="Kim")
    client, before = signed_in(mo), everything()

    answer = client.post(f"/moderation/posts/{post.pk}/write/", CARE)

    assert answer.status_code == 422
    assert "A guest wrote this and has no inbox. What you write when you act is shown beside the post." in piece(answer)
    assert everything() == before


def test_the_page_of_a_comment_and_of_a_hidden_answer_opens(signed_in, mo, question):
    post = make_answer(question)

    assert signed_in(mo).get(f"/moderation/posts/{post.pk}/write/").status_code == 200


@pytest.mark.parametrize("who", ["ann", "bob", "newt"])
def test_it_is_for_moderators(signed_in, request, question, asked, who):
    client, before = signed_in(request.getfixturevalue(who)), everything()
    paths = [
        "/moderation/messages/",
        f"/moderation/messages/{asked.pk}/",
        f"/moderation/posts/{question.pk}/write/",
    ]

    answers = [client.get(path) for path in paths] + [client.post(path, CARE) for path in paths[1:]]

    assert [answer.status_code for answer in answers] == [403] * 5
    assert all("Only moderators" in piece(answer) for answer in answers)
    assert everything() == before


def test_guests_are_asked_to_sign_in(client, asked):
    answers = [client.get(path) for path in ("/moderation/messages/", f"/moderation/messages/{asked.pk}/")]

    assert [answer.url.partition("?")[0] for answer in answers] == ["/accounts/login/"] * 2


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_each_time(signed_in, mo, ann, rows, django_assert_num_queries):
    for _ in range(rows):
        question = make_question(is_anonymous=True)
        messaging.write_to_author(mo, question, text="Hello.", kind="message")
    client = signed_in(mo)
    client.get("/help/")  # the number beside the queue is kept for a while

    with django_assert_num_queries(7):
        client.get("/moderation/messages/?show=all")


@pytest.mark.parametrize("rows", [1, 3])
def test_a_conversation_costs_the_same_each_time(signed_in, mo, ada, asked, rows, django_assert_num_queries):
    for number in range(rows):
        messaging.write_to_member(ada, asked.member, text=f"Hello {number}.", kind="message")
    client = signed_in(mo)
    client.get("/help/")  # the number beside the queue is kept for a while

    with django_assert_num_queries(8):
        client.get(f"/moderation/messages/{asked.pk}/")
