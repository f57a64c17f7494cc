"""Drafts over HTTP."""

import pytest
from django.test import Client

from forum.actions import drafting, editing
from forum.choices import DraftKind
from forum.models import Draft, Guest, SiteSettings
from tests.factories import make_answer
from tests.support.html import faults_of
from tests.support.records import everything


def save(client, place, **fields):
    """Keep these fields as a draft, as the script on the page does."""
    return client.post(f"/drafts/save/?{place}", fields, headers={"HX-Request": "true"})


def test_a_draft_is_kept_for_a_member_and_changed_by_the_next_one(signed_in, ann, question):
    client = signed_in(ann)

    first = save(client, f"kind=answer&about={question.pk}", body="Half")
    second = save(client, f"kind=answer&about={question.pk}", body="Half a thought", notes=["loss"], is_anonymous="on")

    draft = Draft.objects.get()
    assert (first.status_code, second.status_code) == (204, 204)
    assert (draft.author, draft.about_id) == (ann, question.pk)
    assert draft.fields == {"body": "Half a thought", "notes": ["loss"], "is_anonymous": True}


@pytest.mark.django_db
def test_a_guest_has_drafts_too_once_the_browser_is_known(client):
    save(client, "kind=question", title="Half a title")

    assert Draft.objects.get().guest == Guest.objects.get()
    assert b"Half a title" in client.get("/drafts/").content


def test_an_emptied_form_leaves_no_draft(signed_in, ann):
    client = signed_in(ann)
    save(client, "kind=question", title="Half a title")

    save(client, "kind=question", title="  ", intent="advice")

    assert Draft.objects.count() == 0


@pytest.mark.django_db
def test_a_form_without_words_makes_nobody_known(client):
    save(client, "kind=question", title="", intent="advice")

    assert Guest.objects.count() == 0


@pytest.mark.parametrize(
    "place", ["", "kind=", "kind=poem", "kind=answer", "kind=answer&about=x", "kind=edit&about=987654"]
)
def test_a_draft_of_no_form_is_not_kept(client, db, place):
    before = everything()

    response = save(client, place, body="Half a thought")

    assert response.status_code == 404
    assert everything() == before


def test_the_button_without_script_leads_to_the_drafts(client, db):
    response = client.post("/drafts/save/?kind=question", {"title": "Half a title", "action": "save"}, follow=True)

    assert response.redirect_chain == [("/drafts/", 302)]
    assert b"Draft saved." in response.content


def test_what_no_database_keeps_is_left_out(signed_in, ann):
    save(signed_in(ann), "kind=question", title="Half\x00 a \u202etitle", body="x" * 200_000)

    fields = Draft.objects.get().fields
    assert (fields["title"], len(fields["body"])) == ("Half a title", 80_000)


def test_each_draft_opens_in_its_form(signed_in, bob, question):
    answer = make_answer(question, bob)
    drafts = [
        drafting.save_draft(bob, DraftKind.ANSWER, question, {"body": "Half an answer"}),
        drafting.save_draft(bob, DraftKind.COMMENT, answer, {"body": "Half a comment"}),
        drafting.save_draft(bob, DraftKind.EDIT, answer, {"body": "Half an edit"}),
    ]
    client = signed_in(bob)

    pages = [client.get(f"/drafts/{draft.pk}/").content.decode() for draft in drafts]

    assert [faults_of(page) for page in pages] == [[], [], []]
    assert ["Half an answer</textarea>" in pages[0], "Half a comment</textarea>" in pages[1]] == [True, True]
    assert "Half an edit</textarea>" in pages[2]


def test_the_draft_of_a_question_opens_the_form_for_questions(signed_in, ann):
    draft = drafting.save_draft(ann, DraftKind.QUESTION, None, {"title": "Half a title"})

    assert signed_in(ann).get(f"/drafts/{draft.pk}/").url == "/ask/"


def test_a_draft_about_something_gone_gives_the_words_back(signed_in, ann, bob, question):
    draft = drafting.save_draft(bob, DraftKind.ANSWER, question, {"body": "Half a thought"})
    editing.withdraw_post(ann, question)

    page = signed_in(bob).get(f"/drafts/{draft.pk}/").content.decode()

    assert "Half a thought</textarea>" in page
    assert faults_of(page) == []


def test_drafts_are_discarded_from_the_list_and_from_the_form(signed_in, bob, question):
    first = drafting.save_draft(bob, DraftKind.ANSWER, question, {"body": "Half a thought"})
    drafting.save_draft(bob, DraftKind.QUESTION, None, {"title": "Half a title"})
    client = signed_in(bob)

    from_list = client.post(f"/drafts/{first.pk}/discard/")
    from_form = client.post("/drafts/start-over/?kind=question", {"title": "Half a title"})

    assert (from_list.url, from_form.url) == ("/drafts/", "/ask/")
    assert Draft.objects.count() == 0


def test_the_draft_of_another_is_not_there(signed_in, bob, ann):
    draft = drafting.save_draft(bob, DraftKind.QUESTION, None, {"title": "Half a title"})
    client = signed_in(ann)

    assert client.get(f"/drafts/{draft.pk}/").status_code == 404
    assert client.post(f"/drafts/{draft.pk}/discard/").status_code == 404
    assert b"Half a title" not in client.get("/drafts/").content
    assert Draft.objects.count() == 1


@pytest.mark.parametrize("reader", ["guest", "member"], indirect=True)
def test_the_empty_list_is_a_good_page(reader, db):
    page = reader.get("/drafts/").content.decode()

    assert "No drafts" in page
    assert faults_of(page) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_a_fixed_number_of_queries(signed_in, ann, question, rows, django_assert_num_queries):
    for post in [make_answer(question) for _ in range(rows)]:
        drafting.save_draft(ann, DraftKind.COMMENT, post, {"body": "Half a comment"})
    client = signed_in(ann)
    client.get("/drafts/")

    with django_assert_num_queries(4):
        client.get("/drafts/")


@pytest.mark.django_db
def test_drafts_of_new_browsers_from_one_address_have_an_end_and_the_text_comes_back():
    SiteSettings.objects.create(pk=1, numbers={"first_drafts_an_hour": 2})

    answers = [save(Client(), "kind=question", title=f"Title {number}") for number in range(3)]

    assert [answer.status_code for answer in answers] == [204, 204, 429]
    assert (Guest.objects.count(), Draft.objects.count()) == (2, 2)
    assert b"Title 2" in answers[2].content
    assert int(answers[2]["Retry-After"]) > 0
