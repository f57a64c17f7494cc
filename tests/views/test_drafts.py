"""Drafts over HTTP."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import timezone

from forum import markup
from forum.actions import drafting, editing
from forum.actions.drafting import Sitting
from forum.choices import DraftKind
from forum.forms.writing import seconds_open
from forum.models import Draft, Guest, SiteSettings
from tests.factories import make_answer
from tests.support.html import faults_of
from tests.support.records import everything
from tests.support.typing_forms import opened, typed


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

    assert signed_in(ann).get(f"/drafts/{draft.pk}/").url == f"/ask/?draft={draft.pk}"


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

    assert (from_list.url, from_form.url) == ("/drafts/", "/ask/?new=1")
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


@pytest.mark.parametrize("place", ["question", "answer", "comment"])
def test_two_tabs_keep_two_texts_and_posting_one_leaves_the_other(signed_in, ann, question, place):
    client = signed_in(ann)
    path, page, kind = {
        "question": ("/ask/", "/ask/", "kind=question"),
        "answer": (f"/posts/{question.pk}/answer/", question.get_absolute_url(), f"kind=answer&about={question.pk}"),
        "comment": (
            f"/posts/{question.pk}/comment/",
            f"{question.get_absolute_url()}?comment={question.pk}",
            f"kind=comment&about={question.pk}",
        ),
    }[place]
    one = opened(client, page, path) | {"title": "How do I sleep alone?", "body": "My bed is cold since March."}
    other = opened(client, page, path) | {"title": "What if my boss shouts?", "body": "Mondays end in tears."}
    for sent in (one, other, one):
        client.post(f"/drafts/save/?{kind}", sent)
    both = sorted(fields["body"] for fields in Draft.objects.values_list("fields", flat=True))

    answer = client.post(path, other | {"started": typed()["started"]} | {"category": question.category_id})

    assert both == ["Mondays end in tears.", "My bed is cold since March."]
    assert answer.status_code == 302
    assert [fields["body"] for fields in Draft.objects.values_list("fields", flat=True)] == [
        "My bed is cold since March."
    ]


def test_the_form_goes_on_from_the_newest_draft_and_another_question_is_one_tap_away(signed_in, ann):
    client = signed_in(ann)
    old = drafting.save_draft(ann, DraftKind.QUESTION, None, {"title": "The older one"}, Sitting(uuid4()))
    drafting.save_draft(ann, DraftKind.QUESTION, None, {"title": "The newer one"}, Sitting(uuid4()))

    first = client.get("/ask/").content.decode()
    fresh = client.get("/ask/?new=1").content.decode()
    chosen = client.get(f"/ask/?draft={old.pk}").content.decode()
    someone_elses = client.get("/ask/?draft=x").content.decode()

    assert "The newer one</textarea>" in first
    assert 'href="/ask/?new=1"' in first
    assert [words in fresh for words in ("The newer one", "The older one")] == [False, False]
    assert "The older one</textarea>" in chosen
    assert "one</textarea>" not in someone_elses
    assert [faults_of(page) for page in (first, fresh, chosen)] == [[], [], []]


def test_a_restored_draft_counts_its_time_from_when_it_was_first_saved(client, question):
    path = f"/posts/{question.pk}/answer/"
    client.post(f"/drafts/save/?kind=answer&about={question.pk}", {"body": "A long answer. " * 200})
    Draft.objects.update(begun_at=timezone.now() - timedelta(minutes=20))

    sent = opened(client, question.get_absolute_url(), path)
    answer = client.post(path, sent)

    assert seconds_open(sent["started"][0]) >= 1200
    assert (answer.status_code, Draft.objects.count()) == (302, 0)


@pytest.mark.parametrize("action", ["preview", ""])
def test_a_preview_and_a_refusal_keep_what_was_typed(client, question, action):
    path = f"/posts/{question.pk}/answer/"
    sent = opened(client, question.get_absolute_url(), path)

    client.post(path, sent | {"body": "Tea" if action else "T", "action": action})
    again = opened(client, question.get_absolute_url(), path)

    assert again["body"] == ["\nTea" if action else "\nT"]
    assert Draft.objects.get().guest == Guest.objects.get()


def test_a_program_in_the_trap_leaves_no_draft(client, question):
    client.post(f"/posts/{question.pk}/answer/", typed(body="Buy this.", website="https://example.org"))

    assert (Draft.objects.count(), Guest.objects.count()) == (0, 0)


def test_what_there_is_no_room_for_comes_back_with_a_sentence(signed_in, ann, monkeypatch):
    monkeypatch.setattr(drafting, "DRAFTS_MOST", 1)
    drafting.save_draft(ann, DraftKind.QUESTION, None, {"title": "The older one"})

    answer = save(signed_in(ann), "kind=question", title="One too many", submission_id=str(uuid4()))

    page = answer.content.decode()
    assert (answer.status_code, faults_of(page)) == (422, [])
    assert "You have 1 drafts, which is the most we keep." in page
    assert "One too many</textarea>" in page
    assert Draft.objects.get().fields["title"] == "The older one"


def test_the_list_reads_no_more_of_a_draft_than_it_shows(signed_in, ann, monkeypatch):
    read = []
    monkeypatch.setattr(markup, "plain_text", lambda source: read.append(len(source)) or source)
    for number in range(3):
        drafting.save_draft(ann, DraftKind.QUESTION, None, {"body": "word " * 6_000}, Sitting(UUID(int=number)))

    signed_in(ann).get("/drafts/")

    assert len(read) == 3
    assert max(read) <= 501
