"""What is kept of each edit: folded, brought back, hidden, told to the log and to the author."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from forum.actions import asking, editing, undoing, voting
from forum.actions.recounting import recount
from forum.models import LogEntry, Message, Post, Revision
from tests.factories import make_answer, make_category, make_comment, make_note, make_question
from tests.support.records import everything, verbs

pytestmark = pytest.mark.django_db
# What undoing may leave different: what tells that something was done, and times.
_COUNTERS = {
    "Post": ("text_version", "revision_count", "last_activity_at"),
    "TaggedPost": ("id",),
    "Post_notes": ("id",),
}
_TELLING = {"Event", "LogEntry", "LogText", "LogHead", "Message", "Conversation", "Revision"}


def texts(post):
    """Return number, body and reason of each version of `post`, the oldest first."""
    return list(post.revisions.order_by("number").values_list("number", "body", "reason"))


def edited(editor, post, body, **options):
    """Save `body` and return the post as the database has it."""
    editing.edit_post(editor, post, title=post.title, body=body, **options)
    return Post.objects.get(pk=post.pk)


def just_now(post):
    """Let every version of `post` have been saved a moment ago."""
    Revision.objects.filter(post=post).update(created_at=timezone.now())
    return post


def stands():
    """Return everything but what tells that something was done; of posts and members, all but counters and times."""
    rows = everything()
    for table, names in _COUNTERS.items():
        for row in rows[table]:
            for name in names:
                row.pop(name)
    return {table: found for table, found in rows.items() if table not in _TELLING}


def test_quick_edits_of_one_person_are_one_text(ann, question):
    edited(ann, question, "I wake at five.", reason="Clearer")
    post = edited(ann, question, "I wake at six.")

    assert texts(post) == [(1, "I wake at four.", ""), (2, "I wake at six.", "Clearer")]
    assert (post.revision_count, post.text_version) == (2, 3)


def test_an_edit_after_five_minutes_is_a_text_of_its_own(ann, question):
    edited(ann, question, "I wake at five.")
    Revision.objects.filter(number=2).update(created_at=timezone.now() - timedelta(minutes=5))

    assert [number for number, _, _ in texts(edited(ann, question, "I wake at six."))] == [1, 2, 3]


def test_an_edit_by_somebody_else_is_a_text_of_its_own(ann, bob, question):
    edited(bob, question, "I wake at five.")

    assert [number for number, _, _ in texts(edited(ann, question, "I wake at six."))] == [1, 2, 3]


def test_a_slip_mended_at_once_leaves_nothing_of_it(ann, question):
    post = edited(ann, just_now(question), "I wake early.")

    assert texts(post) == [(1, "I wake early.", "")]
    assert (post.edited_at, post.edited_by, post.text_version) == (None, None, 2)


def test_what_others_reacted_to_stays_in_the_history(ann, bob, question):
    answered, voted = just_now(question), just_now(make_question(ann))
    make_answer(answered, bob)
    voting.cast_vote(bob, voted, 1)

    assert [number for number, _, _ in texts(edited(ann, answered, "I wake early."))] == [1, 2]
    assert [number for number, _, _ in texts(edited(ann, voted, "I wake early."))] == [1, 2]


def test_a_form_sent_twice_is_one_post_also_after_a_slip_was_mended(ann, sleep):
    form = {
        "title": "How do I sleep?",
        "body": "My name is Ann.",
        "category": sleep,
        "tags": [],
        "submission_id": uuid4(),
    }
    asked = asking.ask_question(ann, **form)
    edited(ann, asked, "I say no name.")

    again = asking.ask_question(ann, **form)

    assert (again.pk, Post.objects.count(), Post.objects.get().body) == (asked.pk, 1, "I say no name.")
    with pytest.raises(ValidationError, match="Something was already posted from this page"):
        asking.ask_question(ann, **form | {"body": "Quite another story."})


def test_an_earlier_text_comes_back_as_a_new_one(ann, question):
    edited(ann, question, "I wake at five.")

    editing.roll_back_post(ann, question, number=1, reason="It was right", base_version=2)

    post = Post.objects.get(pk=question.pk)
    assert (post.body, post.revision_count, post.text_version) == ("I wake at four.", 3, 3)
    assert texts(post)[-1] == (3, "I wake at four.", "Back to version 1: It was right")
    assert not LogEntry.objects.exists()


def test_title_and_tags_come_back_with_the_text(ann, sleep):
    question = make_question(ann, title="How do I sleep?", category=sleep, tags=["nights"])
    editing.edit_post(ann, question, title="How do I rest?", body=question.body, tags=[])

    editing.roll_back_post(ann, question, number=1, base_version=2)

    post = Post.objects.get(pk=question.pk)
    assert (post.title, post.slug, list(post.tags.names())) == ("How do I sleep?", "how-do-i-sleep", ["nights"])
    assert recount(check=True) == []


def test_bringing_back_what_stands_there_changes_nothing(ann, question):
    before = everything()

    editing.roll_back_post(ann, question, number=1, base_version=1)

    assert everything() == before


def test_bringing_back_is_refused_when_the_text_is_another_one_by_now(ann, bob, question):
    edited(bob, question, "I wake at five.")
    edited(ann, question, "I wake at six.")
    before = everything()

    with pytest.raises(ValidationError) as refusal:
        editing.roll_back_post(ann, question, number=1, base_version=2)

    assert refusal.value.code == "changed_meanwhile"
    assert everything() == before


def test_whoever_may_not_edit_brings_nothing_back(newt, guest, ann, question):
    edited(ann, question, "I wake at five.")
    before = everything()

    for person in (newt, guest):
        with pytest.raises(PermissionDenied):
            editing.roll_back_post(person, question, number=1, base_version=2)
    with pytest.raises(ValidationError, match="This post has no such version"):
        editing.roll_back_post(ann, question, number=9, base_version=2)
    assert everything() == before


def test_somebody_elses_text_comes_back_with_a_reason_alone(bob, ann, question):
    edited(ann, question, "I wake at five.")
    before = everything()

    with pytest.raises(ValidationError, match="Say briefly why"):
        editing.roll_back_post(bob, question, number=1, base_version=2)
    assert everything() == before


def test_a_moderator_says_why_and_the_log_and_the_author_are_told(ann, mo, question):
    before = everything()

    with pytest.raises(ValidationError, match="Say briefly what you changed and why"):
        editing.edit_post(mo, question, title=question.title, body="I wake early.")
    unchanged = everything() == before
    edited(mo, question, "I wake early.", reason="It named a clinic")

    entry = LogEntry.objects.get()
    assert unchanged
    assert (entry.verb, entry.actor, entry.post_id, entry.text.reason) == (
        "post.edited_by_team", mo, question.pk, "It named a clinic",
    )  # fmt: skip
    assert "Why: It named a clinic" in Message.objects.get(conversation__member=ann).text


def test_what_a_moderator_does_with_their_own_post_is_no_act_of_the_team(mo, sleep):
    question = make_question(mo, category=sleep)

    edited(mo, question, "I wake early.")
    editing.roll_back_post(mo, question, number=1, base_version=2)

    assert not LogEntry.objects.exists()


def test_two_edits_by_a_moderator_are_two_texts(mo, question):
    edited(mo, question, "I wake early.", reason="A name")

    assert [number for number, _, _ in texts(edited(mo, question, "I wake.", reason="A time"))] == [1, 2, 3]


def test_a_moderators_edit_taken_back_leaves_all_as_it_was(ann, mo, question):
    note, work = make_note(), make_category("Work")
    editing.edit_post(ann, question, title=question.title, body="First.", tags=["nights"])
    before = stands()
    editing.edit_post(
        mo, question, title="Another title", body="Second.", tags=[], category=work, notes=[note], reason="So"
    )
    after = stands()

    entry = undoing.undo_entry(mo, LogEntry.objects.get())
    undone = stands()
    undoing.undo_entry(mo, entry)

    assert undone == before
    redone = stands()
    assert {table: rows for table, rows in redone.items() if table != "Post"} == {
        table: rows for table, rows in after.items() if table != "Post"
    }
    assert Post.objects.get(pk=question.pk).body == "Second."
    assert recount(check=True) == []


def test_an_edit_is_not_taken_back_over_a_later_one(ann, mo, question):
    edited(mo, question, "I wake early.", reason="A name")
    edited(ann, question, "I wake very early.")
    before = everything()

    with pytest.raises(ValidationError, match="changed since"):
        undoing.undo_entry(mo, LogEntry.objects.get())
    assert everything() == before


def test_a_moderators_roll_back_is_taken_back(ann, mo, question):
    edited(ann, question, "I wake at five.")
    before = stands()
    editing.roll_back_post(mo, question, number=1, reason="A name", base_version=2)

    undoing.undo_entry(mo, LogEntry.objects.get())

    assert stands() == before
    assert verbs(post=question)[-1] == "post.rolled_back"


def test_the_log_of_an_anonymous_post_never_holds_its_author(ann, mo, sleep):
    question = make_question(ann, category=sleep, is_anonymous=True)
    edited(ann, question, "I wake at five.")

    edited(mo, question, "I wake early.", reason="A name")

    text = LogEntry.objects.get().text
    assert (text.before["edited_by"], text.after["edited_by"]) == ("author", mo.pk)


def test_a_former_text_is_hidden_and_shown_again(mo, ann, question):
    edited(ann, question, "I wake at five.")

    hidden = editing.hide_revision(mo, question, number=1, reason="A phone number")
    before = everything()
    editing.hide_revision(mo, question, number=1, reason="A phone number")
    unchanged = everything() == before
    editing.show_revision(mo, question, number=1)

    assert (hidden.hidden_at is not None, hidden.hidden_by, unchanged) == (True, mo, True)
    assert Revision.objects.get(post=question, number=1).hidden_at is None
    assert [entry.verb for entry in LogEntry.objects.order_by("number")] == ["revision.hidden", "revision.shown"]


def test_hiding_a_text_is_taken_back(mo, ann, question):
    edited(ann, question, "I wake at five.")
    before = everything()["Revision"]
    editing.hide_revision(mo, question, number=1, reason="A phone number")

    entry = undoing.undo_entry(mo, LogEntry.objects.get())
    undone = everything()["Revision"]
    undoing.undo_entry(mo, entry)

    assert undone == before
    assert Revision.objects.get(post=question, number=1).hidden_by == mo


def test_the_text_as_it_stands_cannot_be_hidden(mo, question):
    before = everything()

    with pytest.raises(ValidationError, match="Edit the post first"):
        editing.hide_revision(mo, question, number=1, reason="A phone number")
    assert everything() == before


def test_members_hide_no_text_and_moderators_say_why(ann, bob, mo, question):
    edited(ann, question, "I wake at five.")
    before = everything()

    for person in (ann, bob):
        with pytest.raises(PermissionDenied):
            editing.hide_revision(person, question, number=1, reason="A phone number")
    with pytest.raises(ValidationError, match="what kind of details"):
        editing.hide_revision(mo, question, number=1, reason="")
    assert everything() == before


def test_a_hidden_text_does_not_come_back(ann, mo, ada, question):
    edited(ann, question, "I wake at five.")
    editing.hide_revision(mo, question, number=1, reason="A phone number")
    before = everything()

    for person in (ann, mo, ada):
        with pytest.raises(ValidationError, match="private details"):
            editing.roll_back_post(person, question, number=1, reason="Better", base_version=2)
    assert everything() == before


def test_a_comments_text_comes_back_too(bob, question):
    comment = make_comment(question, bob, body="The same here.")
    editing.edit_post(bob, comment, body="Not here.")

    editing.roll_back_post(bob, comment, number=1, base_version=2)

    assert Post.objects.get(pk=comment.pk).body == "The same here."
