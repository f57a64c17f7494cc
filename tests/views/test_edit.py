"""Editing over HTTP."""

import pytest

from forum.actions import drafting, editing, moderating
from forum.choices import DraftKind
from forum.models import Draft, Post, SiteSettings
from tests.factories import make_answer, make_comment, make_note, make_question, make_tag
from tests.support.html import faults_of
from tests.support.records import everything, everything_but_drafts


def address(post):
    """Return where `post` is edited."""
    return f"/posts/{post.pk}/edit/"


def as_it_stands(post, **fields):
    """Return what the form of a question sends when nothing but `fields` was changed."""
    stands = {
        "title": post.title,
        "body": post.body,
        "category": str(post.category_id),
        "audience": post.audience,
        "base_version": str(post.text_version),
    }
    return stands | fields


def test_an_author_changes_everything_the_form_has(signed_in, ann, question):
    make_note("Loss")
    changes = {"title": "How do I wake later?", "tags": "mornings", "notes": ["loss"], "intent": "advice"}
    client = signed_in(ann)

    response = client.post(
        address(question), as_it_stands(question, **changes, audience="unlisted", is_anonymous="on", reason="Clearer")
    )

    post = Post.objects.get(pk=question.pk)
    assert (response.status_code, response.url) == (302, post.get_absolute_url())
    assert (post.title, list(post.tags.names()), [note.slug for note in post.notes.all()]) == (
        "How do I wake later?",
        ["mornings"],
        ["loss"],
    )
    assert (post.intent, post.audience, post.is_anonymous) == ("advice", "unlisted", True)
    assert (post.revision_count, post.revisions.get(number=2).reason) == (2, "Clearer")


def test_the_form_begins_with_the_post(signed_in, ann, sleep):
    note = make_note("Loss")
    post = make_question(ann, title="What do I do at four?", category=sleep, tags=["night"], notes=[note])

    page = signed_in(ann).get(address(post)).content.decode()

    assert faults_of(page) == []
    assert "What do I do at four?</textarea>" in page
    assert '<input name="tags" value="night" aria-label="Tag" hidden>' in page
    assert f'<option value="{sleep.pk}" selected>' in page
    assert 'name="notes" value="loss"' in page


def test_somebody_with_the_points_edits_words_and_nothing_personal(signed_in, bob, question):
    client = signed_in(bob)

    page = client.get(address(question)).content.decode()
    client.post(address(question), as_it_stands(question, body="I wake at 4.", is_anonymous="on", audience="members"))

    post = Post.objects.get(pk=question.pk)
    assert "Someone else wrote this. Edit with care and keep their meaning." in page
    assert "Post anonymously" not in page
    assert (post.body, post.is_anonymous, post.audience, post.edited_by) == ("I wake at 4.", False, "everyone", bob)


def test_a_guest_edits_their_own_answer(client, question):
    guests = make_answer(question, _guest_of(client, question), body="A warm drink.")

    response = client.post(address(guests), {"body": "A warm drink, slowly.", "base_version": "1"})

    assert response.status_code == 302
    assert Post.objects.get(pk=guests.pk).body == "A warm drink, slowly."


def test_a_comment_has_a_short_form(signed_in, ann, question):
    comment = make_comment(question, ann)
    client = signed_in(ann)

    page = client.get(address(comment)).content.decode()
    too_long = client.post(address(comment), {"body": "x" * 1_501})

    assert faults_of(page) == []
    assert 'name="tags"' not in page
    assert too_long.status_code == 422
    assert Post.objects.get(pk=comment.pk).body == comment.body


def test_an_edit_of_an_older_text_shows_both_and_can_then_be_saved(signed_in, ann, bob, question):
    editing.edit_post(bob, question, body="I wake at four, every night.")
    client = signed_in(ann)

    stale = client.post(address(question), as_it_stands(question, body="I wake at four o’clock."))
    page = stale.content.decode()
    unchanged = Post.objects.get(pk=question.pk).body
    again = client.post(address(question), as_it_stands(question, body="I wake at four o’clock.", base_version="2"))

    assert stale.status_code == 422
    assert "I wake at four, every night.</textarea>" in page
    assert "I wake at four o’clock.</textarea>" in page
    assert 'name="base_version" value="2"' in page
    assert faults_of(page) == []
    assert unchanged == "I wake at four, every night."
    assert again.status_code == 302
    assert Post.objects.get(pk=question.pk).body == "I wake at four o’clock."


@pytest.mark.parametrize("fields", [{"title": "Help"}, {"category": "98765"}, {"reason": "x" * 301}])
def test_what_is_wrong_comes_back_and_changes_nothing(signed_in, ann, question, fields):
    client = signed_in(ann)
    before = everything_but_drafts()

    response = client.post(address(question), as_it_stands(question, body="Another text.") | fields)

    assert response.status_code == 422
    assert b"Another text." in response.content
    assert everything_but_drafts() == before


def test_an_unsaved_number_of_a_revision_is_passed_over(signed_in, ann, question):
    sent = as_it_stands(question, body="Another text.", base_version="")

    response = signed_in(ann).post(address(question), sent)

    assert response.status_code == 302


def test_somebody_without_the_points_is_told_how_many_are_missing(signed_in, newt, question):
    response = signed_in(newt).get(address(question))

    assert response.status_code == 403
    assert "You need 2,000 points to edit other people’s posts." in response.content.decode()


def test_an_edit_that_is_no_longer_allowed_keeps_the_text(signed_in, ann, mo, question):
    moderating.delete_post(mo, question, reason="It named a person.")

    response = signed_in(ann).post(address(question), as_it_stands(question, body="Without the name."))

    assert response.status_code == 403
    assert b"Without the name." in response.content
    assert "A moderator has deleted this post, so it can’t be edited." in response.content.decode()
    assert Post.objects.get(pk=question.pk).body == question.body


def test_an_edit_by_someone_whose_session_ended_becomes_a_draft(client, question):
    response = client.post(address(question), as_it_stands(question, body="A better text."))

    draft = Draft.objects.get()
    assert response.status_code == 302
    assert response.url.startswith("/accounts/login/")
    assert (draft.kind, draft.about_id, draft.fields["body"]) == ("edit", question.pk, "A better text.")
    assert Post.objects.get(pk=question.pk).body == question.body


def test_a_guest_who_opens_the_form_is_asked_to_sign_in(client, question):
    response = client.get(address(question))

    assert response.status_code == 302
    assert response.url.startswith("/accounts/login/?next=")


def test_the_form_begins_with_the_draft_and_saving_ends_it(signed_in, ann, question):
    drafting.save_draft(ann, DraftKind.EDIT, question, {"title": "Half a title", "body": "Half a thought"})
    client = signed_in(ann)

    page = client.get(address(question)).content.decode()
    client.post(address(question), as_it_stands(question, body="A whole thought"))

    assert "Half a thought</textarea>" in page
    assert Draft.objects.count() == 0


def test_preview_without_script_changes_nothing(signed_in, ann, question):
    before = everything()

    response = signed_in(ann).post(address(question), as_it_stands(question, body="**Dark**", action="preview"))

    assert b"<strong>Dark</strong>" in response.content
    assert everything()["Post"] == before["Post"]


@pytest.mark.parametrize("notes", [1, 3])
def test_the_form_asks_a_fixed_number_of_queries(signed_in, ann, question, notes, django_assert_num_queries):
    for number in range(notes):
        make_note(f"Note {number}")
    client = signed_in(ann)
    client.get(address(question))

    with django_assert_num_queries(11):  # one asks which words call for care
        client.get(address(question))


def _guest_of(client, question):
    """Return the guest that this browser became by asking for a draft to be kept."""
    client.post(f"/drafts/save/?kind=answer&about={question.pk}", {"body": "Half a thought."})
    return Draft.objects.get().guest


def test_too_many_edits_have_an_end_and_the_text_stays(signed_in, ann, question):
    SiteSettings.objects.create(pk=1, numbers={"edits_an_hour": 1})
    client = signed_in(ann)

    client.post(address(question), as_it_stands(question, body="I wake at three."))
    response = client.post(address(question), as_it_stands(question, body="I wake at two."))

    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert "I wake at two." in response.content.decode()
    assert Post.objects.get(pk=question.pk).body == "I wake at three."


def test_an_author_who_waits_is_told_so(signed_in, newt, sleep):
    question = make_question(newt, category=sleep)
    SiteSettings.objects.create(pk=1, approval="newcomers")

    response = signed_in(newt).post(address(question), as_it_stands(question, body="Other words."), follow=True)

    question.refresh_from_db()
    assert (question.status, question.body) == ("waiting", "Other words.")
    assert "Changes saved. A moderator will read them before others can see this." in response.content.decode()


def test_a_moderator_says_why_and_may_take_it_back(signed_in, mo, question):
    client = signed_in(mo)

    page = client.get(address(question)).content.decode()
    unsaid = client.post(address(question), as_it_stands(question, body="I wake early."))
    said = client.post(address(question), as_it_stands(question, body="I wake early.", reason="A name"), follow=True)

    assert "The author sees this, and it is kept in the log." in page
    assert (unsaid.status_code, "Say briefly what you changed and why." in unsaid.content.decode()) == (
        422,
        True,
    )
    assert 'action="/moderation/undo/"' in said.content.decode()
    assert Post.objects.get(pk=question.pk).body == "I wake early."


def test_a_conflict_shows_what_changed_since_and_what_saving_would_change(signed_in, ann, bob, question):
    editing.edit_post(bob, question, title=question.title, body="I wake at four, every night.")

    stale = signed_in(ann).post(address(question), as_it_stands(question, body="I wake at five."))

    page = stale.content.decode()
    assert "What changed since you started" in page
    assert '<ins><span class="vh">[added: </span>, every night<span class="vh">]</span></ins>' in page
    assert "What your version would change now" in page
    assert "I wake at five.</textarea>" in page


def test_tags_are_taken_and_left_out_as_in_a_new_question(signed_in, newt, sleep):
    make_tag("naps")
    post = make_question(newt, category=sleep, tags=["night"])
    browser = signed_in(newt)
    before = everything()

    shown_again = browser.post(
        address(post), as_it_stands(post, body="Half", tags=["night", "naps"], without_tag="night")
    )

    assert '<input name="tags" value="naps" aria-label="Tag" hidden>' in shown_again.content.decode()
    assert 'value="night"' not in shown_again.content.decode()
    assert shown_again.context["form"]["body"].value() == "Half"
    assert everything() == before
    saved = browser.post(address(post), as_it_stands(post, tags=["naps", "trust"]), follow=True)
    assert list(post.tags.names()) == ["naps"]
    assert "“trust” is not a tag here yet, so it was left out." in saved.content.decode()
