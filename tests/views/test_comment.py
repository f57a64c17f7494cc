"""Commenting over HTTP."""

import pytest

from forum.models import Comment, Draft
from tests.factories import make_answer
from tests.support.html import faults_of
from tests.support.pages import as_htmx, piece
from tests.support.records import everything_but_drafts
from tests.support.typing_forms import typed


def address(post):
    """Return where comments on `post` go."""
    return f"/posts/{post.pk}/comment/"


def test_a_comment_leads_to_its_place(signed_in, bob, question):
    answer = make_answer(question)

    response = signed_in(bob).post(address(answer), typed(body="Thank you."))

    comment = Comment.objects.get()
    assert (response.status_code, response.url) == (302, f"{question.get_absolute_url()}#c{comment.pk}")
    assert (comment.parent_id, comment.author) == (answer.pk, bob)


@pytest.mark.parametrize("reader", ["guest", "member"], indirect=True)
def test_htmx_gets_the_comments_as_the_page_shows_them(reader, question):
    answered = piece(as_htmx(reader, address(question), typed(body="Thank you.")))

    assert "Thank you." in answered
    assert answered in piece(reader.get(question.get_absolute_url()))


def test_a_guest_who_comments_by_htmx_is_known_again(client, question):
    as_htmx(client, address(question), typed(body="Thank you."))

    assert client.get("/drafts/").wsgi_request.viewer.pk == Comment.objects.get().guest_id


def test_a_form_sent_twice_makes_one_comment(signed_in, bob, question):
    client, sent = signed_in(bob), typed(body="Thank you.")

    client.post(address(question), sent)
    client.post(address(question), sent)

    assert Comment.objects.count() == 1


@pytest.mark.parametrize(
    "body, sentence",
    [
        ("", "Write your comment"),
        ("\x00", "Write your comment"),
        ("x" * 1_501, "Use at most 1,500 characters."),
    ],
)
def test_what_cannot_be_posted_comes_back_in_its_place(client, question, body, sentence):
    before = everything_but_drafts()

    response = as_htmx(client, address(question), typed(body=body, guest_name="Lea"))

    page = response.content.decode()
    assert (response.status_code, response["HX-Reselect"]) == (422, f"#comment-form-{question.pk}")
    assert f'id="comment-form-{question.pk}"' in page
    assert sentence in page
    assert 'value="Lea"' in page
    assert everything_but_drafts() == before


def test_a_comment_on_a_comment_is_refused_and_kept(signed_in, bob, question):
    client = signed_in(bob)
    client.post(address(question), typed(body="Thank you."))

    response = client.post(address(Comment.objects.get()), typed(body="And thank you."))

    assert response.status_code == 403
    assert b"And thank you." in response.content
    assert Comment.objects.count() == 1


def test_a_comment_on_nothing_gives_the_text_back(client, db):
    response = client.post("/posts/987654/comment/", typed(body="Thank you."))

    assert response.status_code == 404
    assert b"Thank you." in response.content


def test_a_member_whose_session_ended_finds_the_comment_among_their_drafts(client, question):
    response = as_htmx(client, address(question), typed(body="Thank you.", signed_in="1"))

    assert response["HX-Redirect"].startswith("/accounts/login/")
    assert Comment.objects.count() == 0
    assert (Draft.objects.get().kind, Draft.objects.get().about_id) == ("comment", question.pk)


def test_preview_without_script_shows_a_comment_as_one(client, question):
    page = client.post(address(question), typed(body="# *Thank* you", action="preview")).content.decode()

    assert "# <em>Thank</em> you" in page
    assert faults_of(page) == []
    assert Comment.objects.count() == 0
