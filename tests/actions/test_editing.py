"""Editing, retagging, deleting one's own post and bringing it back."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from forum import search
from forum.actions import answering, editing, moderating, voting
from forum.actions.recounting import recount
from forum.models import Category, Guest, Post, Tag
from tests.factories import make_answer, make_category, make_comment, make_member, make_note, make_question
from tests.support.records import everything, ledger, points, verbs

pytestmark = pytest.mark.django_db


def same(post, **changes):
    """The fields of the form as the post stands, but for the changes."""
    return {"title": post.title, "body": post.body, **changes}


def test_an_edit_is_a_new_revision_and_a_new_text(ann, question):
    editing.edit_post(ann, question, title="How do I stay asleep?", body="I *wake* at four.", reason="Clearer")

    question.refresh_from_db()
    assert (question.title, question.slug) == ("How do I stay asleep?", "how-do-i-stay-asleep")
    assert question.body_html == '<p dir="auto">I <em>wake</em> at four.</p>'
    assert (question.excerpt, question.revision_count, question.edited_by) == ("I wake at four.", 2, ann)
    assert list(question.revisions.order_by("number").values_list("number", "body", "reason")) == [
        (1, "I wake at four.", ""),
        (2, "I *wake* at four.", "Clearer"),
    ]
    assert verbs(post=question) == ["question.asked", "post.edited"]


def test_the_same_text_again_changes_nothing(ann, question):
    before = everything()

    editing.edit_post(ann, question, **same(question, tags=[], notes=[], intent="", category=question.category))

    assert everything() == before


def test_an_edit_sent_twice_is_one_edit(ann, question):
    editing.edit_post(ann, question, title=question.title, body="Later.", base_version=1)
    before = everything()

    editing.edit_post(ann, question, title=question.title, body="Later.", base_version=1)

    assert everything() == before


def test_an_edit_of_an_old_text_is_refused(ann, bob, question):
    editing.edit_post(bob, question, title=question.title, body="Bob was quicker.")
    before = everything()

    with pytest.raises(ValidationError) as refusal:
        editing.edit_post(ann, question, title=question.title, body="Ann was slower.", tags=["new"], base_version=1)

    assert refusal.value.code == "changed_meanwhile"
    assert everything() == before


def test_an_edit_moves_a_question_among_topics_and_tags(ann, question):
    work, naps = make_category("Work"), make_category("Naps", parent=question.category)

    editing.edit_post(ann, question, **same(question, category=naps, tags=["nights"]))
    editing.edit_post(ann, question, **same(question, category=work, tags=["days"]))

    assert dict(Category.objects.values_list("name", "question_count")) == {"Sleep": 0, "Work": 1, "Naps": 0}
    assert dict(Tag.objects.values_list("name", "question_count")) == {"nights": 0, "days": 1}
    assert question.revisions.get(number=2).tag_names == ["days"]
    assert recount(check=True) == []


def test_what_is_not_given_stays(ann, question):
    note = make_note()
    editing.edit_post(ann, question, **same(question, tags=["nights"], notes=[note], intent="advice"))

    editing.edit_post(ann, question, title=question.title, body="Only the text.")

    question.refresh_from_db()
    assert (list(question.tags.names()), list(question.notes.all())) == (["nights"], [note])
    assert (question.intent, question.category.name) == ("advice", "Sleep")


def test_an_author_takes_their_name_off_and_puts_it_back(ann, question):
    editing.edit_post(ann, question, **same(question, is_anonymous=True))
    assert Post.objects.get(pk=question.pk).is_anonymous is True

    editing.edit_post(ann, question, **same(question, is_anonymous=False))
    assert Post.objects.get(pk=question.pk).is_anonymous is False


def test_others_change_neither_wish_nor_audience_nor_name(bob, question):
    changes = {"intent": "advice", "audience": "members", "is_anonymous": True}

    editing.edit_post(bob, question, title=question.title, body="By Bob.", **changes)

    question.refresh_from_db()
    assert (question.body, question.intent, question.audience) == ("By Bob.", "", "everyone")
    assert question.is_anonymous is False


def test_a_guest_edits_their_own_post_and_gets_no_switch_for_their_name(guest):
    question = make_question(guest)

    editing.edit_post(guest, question, **same(question, body="Again.", is_anonymous=True))

    question.refresh_from_db()
    assert (question.body, question.is_anonymous, question.edited_by) == ("Again.", False, None)
    assert question.revisions.get(number=2).guest == guest


def test_an_answer_and_a_comment_keep_no_title(bob, question):
    answer = make_answer(question, bob)
    comment = make_comment(answer, bob)

    editing.edit_post(bob, answer, title="A title", body="Better.")
    editing.edit_post(bob, comment, title="A title", body="Shorter.")

    assert list(Post.objects.exclude(pk=question.pk).order_by("pk").values_list("title", "body")) == [
        ("", "Better."),
        ("", "Shorter."),
    ]


def test_an_edit_moves_its_question_up_and_pays_nothing(bob, question):
    answer = make_answer(question, bob)
    Post.objects.filter(pk=question.pk).update(last_activity_at=timezone.now() - timedelta(days=9))

    editing.edit_post(bob, answer, body="Better.")

    question.refresh_from_db()
    answer.refresh_from_db()
    assert question.last_activity_at == answer.edited_at
    assert ledger(bob) == [("answered", 40)]


def test_search_finds_the_new_words_and_not_the_old(ann, question):
    editing.edit_post(ann, question, title="Where are my keys?", body="Gone.")

    assert (search.find("keys", 5), search.find("sleep", 5)) == ([question.pk], [])


def test_those_without_the_points_edit_nothing(newt, guest, question):
    before = everything()

    with pytest.raises(PermissionDenied, match="You need 2,000 points to edit other people’s posts"):
        editing.edit_post(newt, question, **same(question, body="Vandals."))
    for person in (guest, Guest()):
        with pytest.raises(PermissionDenied, match="Only its author can edit this"):
            editing.edit_post(person, question, **same(question, body="Vandals."))
    assert everything() == before


def test_an_author_mends_what_was_hidden_and_it_stays_hidden(ann, mo, question):
    moderating.hide_post(mo, question)

    editing.edit_post(ann, question, **same(question, body="Now milder."))

    question.refresh_from_db()
    assert (question.body, question.status, search.find("milder", 5)) == ("Now milder.", "hidden", [])


def test_a_deleted_post_is_not_edited_by_its_author(ann, mo, question):
    moderating.delete_post(mo, question)
    before = everything()

    with pytest.raises(PermissionDenied, match="A moderator has deleted this post, so it can’t be edited"):
        editing.edit_post(ann, question, **same(question, body="Now milder."))
    assert everything() == before


def test_a_text_that_cannot_be_rendered_changes_nothing(ann, question):
    before = everything()

    with pytest.raises(ValidationError):
        editing.edit_post(ann, question, title="New title", body="[" * 40_000)
    assert everything() == before


def test_retagging_is_an_edit_of_topic_and_tags(ann, newt):
    question = make_question(newt, category=make_category("Sleep"))
    work = make_category("Work")

    editing.retag_question(ann, question, category=work, tags=["nights"])
    before = everything()
    editing.retag_question(ann, question, category=work, tags=["nights"])

    assert everything() == before
    question.refresh_from_db()
    assert (question.category, list(question.tags.names()), question.edited_by) == (work, ["nights"], ann)
    assert recount(check=True) == []


def test_those_without_the_points_retag_nothing(newt, question):
    sam = make_member("sam", points=900, suspended_until=timezone.now() + timedelta(days=1))
    before = everything()

    with pytest.raises(PermissionDenied, match="You need 500 points to change tags and topic"):
        editing.retag_question(newt, question, category=question.category, tags=[])
    with pytest.raises(PermissionDenied, match="can only read until"):
        editing.retag_question(sam, question, category=question.category, tags=["spam"])
    assert everything() == before


def test_withdrawing_takes_the_post_out_of_sight_with_its_points(ann, bob, question):
    voting.cast_vote(bob, question, 1)

    editing.withdraw_post(ann, question)

    question.refresh_from_db()
    assert question.status == "withdrawn"
    assert ledger(ann) == [("asked", 20), ("question_votes", 10), ("asked", -20), ("question_votes", -10)]
    assert points(bob) == 2_510
    assert search.find("sleep", 5) == []
    assert Category.objects.get().question_count == 0
    assert recount(check=True) == []


def test_withdrawing_twice_is_once(ann, question):
    editing.withdraw_post(ann, question)
    before = everything()

    editing.withdraw_post(ann, question)

    assert everything() == before


def test_a_returned_post_is_as_it_was(ann, bob, question):
    voting.cast_vote(bob, question, 1)
    editing.withdraw_post(ann, question)

    editing.return_post(ann, question)
    before = everything()
    editing.return_post(ann, question)

    assert everything() == before
    assert Post.objects.get(pk=question.pk).is_published
    assert points(ann) == 530
    assert search.find("sleep", 5) == [question.pk]
    assert verbs(post=question) == [
        *("question.asked", "vote.cast", "post.milestone", "post.withdrawn", "post.returned")
    ]
    assert recount(check=True) == []


def test_what_others_depend_on_is_not_withdrawn(ann, bob, question):
    answer = make_answer(question, bob)
    answering.accept_answer(ann, answer)
    commented = make_answer(question, bob)
    make_comment(commented, ann)
    before = everything()

    with pytest.raises(PermissionDenied, match="Someone has answered"):
        editing.withdraw_post(ann, question)
    with pytest.raises(PermissionDenied, match="This is the best answer"):
        editing.withdraw_post(bob, answer)
    with pytest.raises(PermissionDenied, match="Someone has commented"):
        editing.withdraw_post(bob, commented)
    assert everything() == before


@pytest.mark.parametrize("act", [editing.withdraw_post, editing.return_post])
def test_nobody_withdraws_or_returns_what_others_wrote(bob, mo, guest, question, act):
    before = everything()

    for person in (bob, mo, guest, Guest()):
        with pytest.raises(PermissionDenied, match="Only its author"):
            act(person, question)
    assert everything() == before


def test_an_author_does_not_bring_back_what_a_moderator_deleted(ann, mo, question):
    editing.withdraw_post(ann, question)
    moderating.delete_post(mo, question)

    editing.return_post(ann, question)

    assert Post.objects.get(pk=question.pk).status == "deleted"
