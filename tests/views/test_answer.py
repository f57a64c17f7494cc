"""Answering over HTTP."""

import pytest

from forum.actions import closing, editing
from forum.models import Answer, Draft, Question, SiteSettings
from tests.factories import make_answer, make_question
from tests.support.html import faults_of
from tests.support.records import everything_but_drafts
from tests.support.typing_forms import typed, typed_question


def address(question):
    """Return where answers to `question` go."""
    return f"/posts/{question.pk}/answer/"


def test_a_member_answers_and_comes_to_the_answer(signed_in, bob, question):
    response = signed_in(bob).post(address(question), typed(body="A warm drink helps me."))

    answer = Answer.objects.get()
    assert (response.status_code, response.url) == (302, f"{question.get_absolute_url()}#a{answer.pk}")
    assert (answer.author, answer.body, answer.is_anonymous) == (bob, "A warm drink helps me.", False)


def test_a_guest_answers_with_a_name_and_is_known_again(client, question):
    client.post(address(question), typed(body="A warm drink.", guest_name="Lea"))

    answer = Answer.objects.get()
    assert (answer.author, answer.guest_name) == (None, "Lea")
    assert client.get("/drafts/").wsgi_request.viewer.pk == answer.guest_id


def test_a_form_sent_twice_makes_one_answer_even_before_the_first_cookie(client, question):
    sent = typed(body="A warm drink.")

    client.post(address(question), sent)
    client.cookies.clear()
    client.post(address(question), sent)

    assert Answer.objects.count() == 1


@pytest.mark.parametrize(
    "body, sentence",
    [
        ("", "Write your answer"),
        (" \n\t ", "Write your answer"),
        ("\x00\u202e", "Write your answer"),
        ("x", "Write your answer"),
        ("x" * 30_001, "Use at most 30,000 characters."),
    ],
)
def test_what_cannot_be_posted_comes_back_with_a_sentence(client, question, body, sentence):
    before = everything_but_drafts()

    response = client.post(address(question), typed(body=body, guest_name="Lea"))

    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert 'value="Lea"' in page
    assert everything_but_drafts() == before


def test_a_text_that_cannot_be_shown_comes_back_with_a_sentence(client, question):
    response = client.post(address(question), typed(body="> " * 60 + "deep"))

    assert response.status_code == 422
    assert b"Please use fewer layers." in response.content
    assert Answer.objects.count() == 0


def test_an_answer_to_a_closed_question_keeps_its_text(signed_in, mo, bob, question):
    closing.close_question(mo, question, reason="resolved")

    response = signed_in(bob).post(address(question), typed(body="I was still writing."))

    assert response.status_code == 403
    assert "This question is closed, so it takes no new answers." in response.content.decode()
    assert b"I was still writing." in response.content
    assert Answer.objects.count() == 0


def test_an_answer_to_a_question_that_is_gone_gives_the_text_back(signed_in, ann, bob, question):
    editing.withdraw_post(ann, question)

    response = signed_in(bob).post(address(question), typed(body="I was still writing."))

    assert response.status_code == 404
    assert b"I was still writing." in response.content
    assert faults_of(response.content.decode()) == []
    assert Answer.objects.count() == 0


def test_a_member_whose_session_ended_is_not_taken_for_a_guest(client, question):
    response = client.post(address(question), typed(body="With my name hidden.", signed_in="1"))

    assert response.status_code == 302
    assert response.url.startswith("/accounts/login/")
    assert Answer.objects.count() == 0
    draft = Draft.objects.get()
    assert (draft.kind, draft.about_id, draft.fields) == (
        "answer",
        question.pk,
        {"body": "With my name hidden.", "is_anonymous": False},
    )


def test_the_draft_of_an_answer_stands_in_the_form_until_it_is_posted(signed_in, bob, question):
    client = signed_in(bob)
    client.post(f"/drafts/save/?kind=answer&about={question.pk}", {"body": "Half a thought."})

    page = client.get(question.get_absolute_url()).content.decode()
    client.post(address(question), typed(body="A whole thought."))

    assert "Half a thought." in page
    assert Draft.objects.count() == 0


def test_preview_without_script_posts_nothing(client, question):
    response = client.post(address(question), typed(body="It is **dark**.", action="preview"))

    page = response.content.decode()
    assert response.status_code == 200
    assert "<strong>dark</strong>" in page
    assert "It is **dark**." in page
    assert faults_of(page) == []
    assert Answer.objects.count() == 0


def test_the_form_that_comes_back_is_good_html(client, question):
    response = client.post(address(question), typed(body="", guest_email="nowhere"))

    assert faults_of(response.content.decode()) == []


def test_an_answer_that_waits_says_so(client, question):
    SiteSettings.objects.update_or_create(pk=1, defaults={"approval": "guests"})

    page = client.post(address(question), typed(body="A warm drink."), follow=True).content.decode()

    assert Answer.objects.get().status == "waiting"
    assert "A moderator will read it before others can see it." in page


def own_part(page):
    """Return what stands below the answers for the one who asked, up to the form."""
    return page.partition('id="own-answer-h"')[2].partition('id="answer"')[0]


def test_the_one_who_asked_is_offered_a_reply_and_a_folded_answer(signed_in, ann, bob):
    question = make_question(ann, intent="listening")
    first = make_answer(question, bob)
    one = signed_in(ann).get(question.get_absolute_url()).content.decode()
    make_answer(question, bob)
    several = signed_in(ann).get(question.get_absolute_url()).content.decode()
    others = signed_in(bob).get(question.get_absolute_url()).content.decode()

    assert f'href="{question.get_absolute_url()}?comment={first.pk}' in own_part(one)
    assert 'href="#answers"' in own_part(several)
    assert "<details><summary" in own_part(one)
    assert "the person who asked" not in one
    assert ["They’d like to be heard. You don’t have to solve anything." in page for page in (one, others)] == [
        False,
        True,
    ]
    assert ("Reply to an answer" in others, "Answer your own question" in others) == (False, False)


def test_a_question_without_answers_offers_its_asker_no_reply_to_one(signed_in, ann, question):
    page = signed_in(ann).get(question.get_absolute_url()).content.decode()

    assert ("Reply to an answer" in page, "Answer your own question" in page) == (False, True)


@pytest.mark.parametrize("email, is_asked", [("", True), ("lea@example.org", False)])
def test_a_guest_below_their_own_question_has_their_name_and_gives_an_address_once(client, sleep, email, is_asked):
    client.post("/ask/", typed_question(sleep, guest_name="Lea", guest_email=email))
    asked = Question.objects.get()

    page = client.get(asked.get_absolute_url()).content.decode()
    sent = client.post(address(asked), typed(body="It was the coffee.", guest_name="Lea"))

    assert 'name="guest_name" value="Lea"' in page
    assert ('name="guest_email"' in page, 'id="follow-email"' in page) == (is_asked, is_asked)
    assert sent.status_code == 302
    assert (Answer.objects.get().guest_name, Answer.objects.get().guest.email) == ("Lea", email)
