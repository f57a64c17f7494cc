"""Asking over HTTP."""

import re
import uuid
from datetime import timedelta

import pytest
from django.core import signing
from django.utils import timezone

from forum.actions import sanctioning
from forum.models import Draft, Question
from tests.factories import make_answer, make_category, make_member, make_note, make_question, make_tag
from tests.support.accounts import shown
from tests.support.html import faults_of
from tests.support.records import everything_but_drafts
from tests.support.typing_forms import typed, typed_question


@pytest.mark.django_db
def test_a_guest_asks_and_is_known_again(client, sleep):
    response = client.post("/ask/", typed_question(sleep, guest_name="Lea", guest_email="lea@example.org"))

    asked = Question.objects.get()
    assert (response.status_code, response.url) == (302, asked.get_absolute_url())
    assert (asked.title, asked.guest_name, asked.guest.email) == (
        "How do I fall asleep again?",
        "Lea",
        "lea@example.org",
    )
    assert client.get("/drafts/").wsgi_request.viewer.pk == asked.guest_id


def test_a_member_asks_with_every_choice_the_form_has(signed_in, ann, sleep):
    make_note("Loss")
    fields = {
        "intent": "listening",
        "tags": "Night Waking, worry",
        "notes": ["none", "loss"],
        "audience": "members",
        "is_anonymous": "on",
    }

    signed_in(ann).post("/ask/", typed_question(sleep, **fields))

    asked = Question.objects.get()
    assert (asked.author, asked.intent, asked.audience, asked.is_anonymous) == (ann, "listening", "members", True)
    assert sorted(asked.tags.names()) == ["night-waking", "worry"]
    assert [note.slug for note in asked.notes.all()] == ["loss"]


@pytest.mark.django_db
def test_the_first_post_of_a_guest_brings_a_private_link(client, sleep):
    page = client.post("/ask/", typed_question(sleep), follow=True)

    assert b"/guest/" in page.content
    assert b"private link" in page.content


def test_a_form_sent_twice_makes_one_question(signed_in, ann, sleep):
    client = signed_in(ann)
    sent = typed_question(sleep)

    first, second = client.post("/ask/", sent), client.post("/ask/", sent)

    assert first.url == second.url
    assert Question.objects.count() == 1


@pytest.mark.parametrize(
    "fields, sentence",
    [
        ({"title": "Help"}, "Make the title a little longer"),
        ({"title": ""}, "Write your question in one sentence"),
        ({"title": "x" * 151}, "Make the title a little shorter"),
        ({"category": ""}, "Choose a topic"),
        ({"category": "987654"}, "Choose a topic"),
        ({"category": "²"}, "Choose a topic"),
        ({"intent": "pity"}, "Choose one of the three, or none."),
        ({"audience": "nobody"}, "Choose who can read it."),
        ({"notes": ["no-such-note"]}, "This note is no longer available. Choose another one."),
        ({"tags": "a,b,c,d,e,f"}, "Up to 5 tags."),
        ({"tags": "x" * 31}, "A tag can have up to 30 characters."),
        ({"body": "x" * 30_001}, "Use at most 30,000 characters."),
        ({"guest_email": "nowhere"}, "This doesn’t look like an email address."),
        ({"guest_name": "x" * 31}, "A name can have up to 30 characters."),
        ({"title": "\x00\x00\u202e\u2066"}, "Write your question in one sentence"),
    ],
)
def test_what_is_wrong_gets_a_sentence_and_nothing_is_lost(client, sleep, fields, sentence):
    make_note("Loss")
    sent = typed_question(sleep, **{"body": "Every word of mine."} | fields)
    before = everything_but_drafts()

    response = client.post("/ask/", sent)

    page = response.content.decode()
    assert response.status_code == 422
    assert sentence in page
    assert "Nothing was lost." in page
    assert sent["body"] in page
    assert everything_but_drafts() == before


def test_two_problems_are_counted_in_words_and_lead_to_their_fields(client, sleep):
    page = client.post("/ask/", typed(title="Help", body="")).content.decode()

    assert "Two things to fix before posting" in page
    assert '<a href="#id_title">Make the title a little longer</a>' in page
    assert '<a href="#id_category">Choose a topic</a>' in page


def test_an_unknown_tag_is_left_out_and_said(client, signed_in, newt, sleep):
    make_tag("sleep")
    sentence = "“dozing”, “trust” are not tags here yet, so they were left out. Everything else is saved."

    for browser, title in ((client, "How do I fall asleep?"), (signed_in(newt), "Why does he never call back?")):
        typed = typed_question(sleep, title=title, body=title, tags="sleep, dozing, trust")
        response = browser.post("/ask/", typed, follow=True)

        assert sentence in shown(response)
        assert list(Question.objects.latest("pk").tags.names()) == ["sleep"]
    assert Question.objects.count() == 2


def chips_in(page):
    """Return the tags that stand in the field as chips."""
    return re.findall(r'<input name="tags" value="([^"]*)" aria-label="Tag" hidden>', page.content.decode())


def test_tags_are_chips_that_are_taken_and_removed_without_script(client, sleep):
    make_tag("naps")
    typed = typed_question(sleep, tags=["sleep", "naps", "Night Waking"], is_anonymous="1")

    added = client.post("/ask/", {**typed, "without_tag": ""})
    removed = client.post("/ask/", {**typed, "without_tag": "naps"})

    assert [chips_in(page) for page in (added, removed)] == [
        ["sleep", "naps", "night-waking"],
        ["sleep", "night-waking"],
    ]
    assert [page.status_code for page in (added, removed)] == [200, 200]
    assert removed.context["form"]["title"].value() == typed["title"]
    assert (Question.objects.count(), Draft.objects.count()) == (0, 0)
    client.post("/ask/", typed)
    assert list(Question.objects.get().tags.names()) == ["naps"]


def test_enter_takes_a_tag_without_script_as_the_first_button_of_the_form_does(client, sleep):
    page = client.get("/ask/").content.decode()
    form = page[page.index('action="/ask/"') :]

    buttons = re.findall(r'<button(?![^>]*type="button")[^>]*>', form)

    assert 'name="without_tag" value=""' in buttons[0]


@pytest.mark.parametrize("name", ["ann", "ANN", "a.n.n", "Moderator"])
def test_a_guest_may_not_take_a_name_that_means_somebody(client, ann, sleep, name):
    response = client.post("/ask/", typed_question(sleep, guest_name=name))

    assert response.status_code == 422
    assert "Choose another one, or leave it empty." in response.content.decode()
    assert (Question.objects.count(), Draft.objects.get().fields["guest_name"]) == (0, name)


def test_signs_that_turn_text_around_are_left_out(signed_in, ann, sleep):
    signed_in(ann).post("/ask/", typed_question(sleep, title="How\u202e do I\x00 sleep\u2066 better?"))

    assert Question.objects.get().title == "How do I sleep better?"


def test_a_member_whose_session_ended_finds_the_text_among_their_drafts(client, signed_in, ann, sleep):
    sent = typed_question(sleep, signed_in="1", is_anonymous="on")

    response = client.post("/ask/", sent)

    assert (response.status_code, response.url) == (302, "/accounts/login/?next=%2Fdrafts%2F")
    assert Question.objects.count() == 0
    draft = Draft.objects.get()
    assert (draft.kind, draft.fields["title"], draft.fields["is_anonymous"]) == ("question", sent["title"], True)
    assert b"How do I fall asleep again?" in client.get("/drafts/").content


def test_a_suspended_member_reads_why_and_keeps_the_text(signed_in, newt, mo, sleep):
    from_now_on = signed_in(newt)
    sanctioning.suspend_member(mo, newt, until=timezone.now() + timedelta(days=3), reason="A pause.")

    response = from_now_on.post("/ask/", typed_question(sleep))

    assert response.status_code == 403
    assert "You can only read until" in response.content.decode()
    assert b"I wake at four." in response.content


def test_preview_without_script_shows_the_text_and_keeps_the_form(client, sleep):
    sent = typed_question(sleep, body="It is **dark**.", category="", action="preview")

    response = client.post("/ask/", sent)

    page = response.content.decode()
    assert response.status_code == 200
    assert "It is <strong>dark</strong>." in page
    assert "It is **dark**." in page
    assert sent["submission_id"] in page
    assert "to fix before posting" not in page
    assert Question.objects.count() == 0


def test_the_form_begins_with_the_topic_of_the_address(client, sleep):
    deep = make_category("Night", parent=sleep)

    page = client.get(f"/ask/?category={deep.path}").content.decode()

    assert f'<option value="{deep.pk}" selected>' in page


def test_a_follow_up_names_the_answer_it_follows(signed_in, ann, bob, sleep):
    answer = make_answer(make_question(ann, category=sleep), bob)
    client = signed_in(ann)

    page = client.get(f"/ask/?follow={answer.pk}").content.decode()
    client.post("/ask/", typed_question(sleep, follows=str(answer.pk)))

    assert f'name="follows" value="{answer.pk}"' in page
    assert Question.objects.latest("pk").follows_id == answer.pk


@pytest.mark.parametrize("follow", ["0", "x", "9" * 30, "²"])
def test_a_follow_up_to_nothing_is_an_ordinary_question(client, sleep, follow):
    assert client.get("/ask/", {"follow": follow}).status_code == 200
    assert client.post("/ask/", typed_question(sleep, follows=follow)).status_code == 302


def test_the_form_begins_with_the_draft_and_posting_it_ends_the_draft(signed_in, ann, sleep):
    client = signed_in(ann)
    client.post("/drafts/save/?kind=question", {"title": "Half a thought", "tags": "sleep"})

    page = client.get("/ask/").content.decode()
    client.post("/ask/", typed_question(sleep))

    assert "Half a thought" in page
    assert "Draft saved" in page
    assert Draft.objects.count() == 0


def test_a_member_and_a_guest_see_different_signatures(client, signed_in, ann, sleep):
    guests, members = client.get("/ask/").content.decode(), signed_in(ann).get("/ask/").content.decode()

    assert "Your name to display" in guests
    assert "Privacy: Your email address will only be used for sending these notifications." in guests
    assert "Post anonymously" not in guests
    assert "Post anonymously" in members
    assert "Your name to display" not in members


@pytest.mark.parametrize("reader", ["guest", "member"], indirect=True)
def test_the_pages_are_good_html(reader, sleep):
    invalid = reader.post("/ask/", typed(title="Help", tags="a,b,c,d,e,f")).content.decode()

    assert faults_of(reader.get("/ask/").content.decode()) == []
    assert faults_of(invalid) == []


@pytest.mark.parametrize("topics", [1, 3])
@pytest.mark.parametrize("reader, queries", [("guest", 3), ("member", 6)], indirect=["reader"])
def test_the_form_asks_a_fixed_number_of_queries(reader, queries, topics, django_assert_num_queries):
    for _ in range(topics):
        make_category()
    reader.get("/ask/")

    with django_assert_num_queries(queries):
        reader.get("/ask/")


def test_questions_that_sound_alike_are_shown(client, question):
    found = client.get("/ask/similar/", {"title": "I want to sleep much better"}).content.decode()
    nothing = client.get("/ask/similar/", {"title": "sl"}).content.decode()

    assert question.get_absolute_url() in found
    assert "Needs a first answer" in found
    assert nothing.strip() == '<div id="similar"></div>'


def test_a_question_for_members_does_not_sound_alike_to_guests(client, ann, sleep):
    make_question(ann, title="How do I sleep better at home?", category=sleep, audience="members")

    assert b"<a" not in client.get("/ask/similar/", {"title": "sleep better at home"}).content


@pytest.mark.parametrize("submission", ["", "not-a-number", "x" * 400])
def test_a_sitting_without_a_number_is_posted_all_the_same(client, sleep, submission):
    response = client.post("/ask/", typed_question(sleep, submission_id=submission))

    assert response.status_code == 302
    assert Question.objects.get().submission_id is None


def test_somebody_elses_sitting_is_refused(client, signed_in, ann, sleep):
    number = str(uuid.uuid4())
    signed_in(ann).post("/ask/", typed_question(sleep, submission_id=number))

    response = signed_in(make_member()).post("/ask/", typed_question(sleep, submission_id=number))

    assert response.status_code == 422
    assert Question.objects.count() == 1


def test_a_clock_that_was_altered_is_not_believed(client, sleep):
    forged = signing.dumps(0, salt="another")

    response = client.post("/ask/", typed_question(sleep, started=forged))

    assert response.status_code == 422
    assert b"This page was open for a long time." in response.content
    assert Question.objects.count() == 0


def test_a_title_too_long_comes_back_whole_with_a_sentence(client, sleep):
    title = "How do I sleep? " * 12

    page = client.post("/ask/", typed_question(sleep, title=title)).content.decode()

    assert "A title can have up to 150 characters. Put the rest below." in page
    assert f">\n{title}</textarea>" in page
    assert (
        "maxlength"
        not in page.partition('name="title"')[0].rpartition("<")[2]
        + page.partition('name="title"')[2].partition(">")[0]
    )
    assert Question.objects.count() == 0
