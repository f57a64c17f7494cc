"""Suggested edits: made, changed, withdrawn, approved, rejected, paid, and taken back."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from forum.actions import editing, suggesting, undoing
from forum.actions.recounting import recount
from forum.choices import SuggestionState
from forum.effects.suggestions import Words
from forum.models import Case, Guest, LogEntry, Message, Post, Suggestion
from tests.factories import make_answer, make_comment, make_member, make_question
from tests.support.records import everything, ledger, points, verbs

pytestmark = pytest.mark.django_db


def suggested(person, post, body="I wake at five.", **options):
    """Suggest `body` for `post`, all else as it stands."""
    return suggesting.suggest_edit(person, post, title=post.title, body=body, reason="Clearer", **options)


def body_of(post):
    """Return the text of `post` as the database has it."""
    return Post.objects.values_list("body", flat=True).get(pk=post.pk)


def state_of(suggestion):
    """Return what became of a suggestion, as the database has it."""
    return Suggestion.objects.values_list("state", flat=True).get(pk=suggestion.pk)


def test_a_suggestion_waits_and_changes_nothing_in_the_post(newt, ann, question):
    before = everything()["Post"]

    suggestion = suggested(newt, question, base_version=1)

    assert everything()["Post"] == before
    assert (suggestion.member, suggestion.base_version, suggestion.state) == (newt, 1, "open")
    assert Case.objects.get().suggestion == suggestion
    assert f"/suggestions/{suggestion.pk}/" in Message.objects.get(conversation__member=ann).text
    assert verbs(post=question)[-1] == "edit.suggested"


def test_the_same_suggestion_twice_is_one(newt, question):
    suggested(newt, question, base_version=1)
    before = everything()

    suggested(newt, question, base_version=1)

    assert everything() == before


def test_another_suggestion_takes_the_place_of_the_first(newt, question):
    suggested(newt, question)
    suggested(newt, question, body="I wake at six.")

    assert [one.body for one in Suggestion.objects.all()] == ["I wake at six."]
    assert Case.objects.open().count() == 1
    assert Message.objects.count() == 1


def test_a_guest_suggests_and_is_kept(question):
    suggestion = suggested(Guest(), question)

    assert (suggestion.guest_id is not None, suggestion.member) == (True, None)


def test_who_may_not_suggest_leaves_no_trace(ann, bob, mo, newt, question):
    comment = make_comment(question, bob)
    sam = make_member("sam", points=100)
    editing.withdraw_post(bob, away := make_answer(question, bob))
    from_now_on = everything()

    for person in (ann, bob, mo):
        with pytest.raises(ValidationError, match="You can edit this yourself"):
            suggested(person, question)
    with pytest.raises(PermissionDenied):
        suggested(newt, comment)
    with pytest.raises(PermissionDenied):
        suggested(sam, away)
    assert everything() == from_now_on


@pytest.mark.parametrize(
    "changes, sentence",
    [
        ({"body": "I wake at four."}, "You haven’t changed anything yet."),
        ({"body": "[" * 40_000}, "too long|longer|cannot"),
        ({"body": "I wake at four.", "tags": ["new"]}, "You haven’t changed anything yet."),
        ({"body": "I wake at five.", "base_version": 7}, "Someone changed this post"),
    ],
)
def test_what_cannot_be_used_is_refused(newt, question, changes, sentence):
    before = everything()

    with pytest.raises(ValidationError, match=sentence):
        suggested(newt, question, **changes)
    assert everything() == before


def test_an_approved_suggestion_is_a_text_by_whoever_suggested_it(newt, ann, question):
    suggestion = suggested(newt, question)

    suggesting.approve_suggestion(ann, suggestion, reason="Thank you")

    post, text = Post.objects.get(pk=question.pk), question.revisions.get(number=2)
    assert (post.body, post.edited_by, post.revision_count) == ("I wake at five.", newt, 2)
    assert (text.editor, text.reason) == (newt, "Clearer")
    suggestion.refresh_from_db()
    assert (suggestion.state, suggestion.outcome, suggestion.revision) == ("approved", "Thank you", text)
    assert Case.objects.get().outcome == "edit.approved"
    assert ledger(newt) == [("edit_approved", 20)]
    assert recount(check=True) == []


def test_an_author_is_told_when_others_approve_and_may_bring_their_text_back(newt, ann, bob, question):
    suggestion = suggested(newt, question)
    suggesting.approve_suggestion(bob, suggestion)

    told = Message.objects.filter(conversation__member=ann).order_by("pk").last()
    editing.roll_back_post(ann, question, number=1, base_version=2)

    assert f"See it, or undo it: /suggestions/{suggestion.pk}/" in told.text
    assert body_of(question) == "I wake at four."


def test_approving_twice_is_once(newt, bob, question):
    suggestion = suggested(newt, question)
    suggesting.approve_suggestion(bob, suggestion)
    before = everything()

    suggesting.approve_suggestion(bob, suggestion)

    assert everything() == before
    with pytest.raises(ValidationError, match="This has already been decided"):
        suggesting.reject_suggestion(bob, suggestion, reason="No")


def test_a_rejected_suggestion_changes_nothing_and_says_why(newt, bob, question):
    suggestion = suggested(newt, question)

    with pytest.raises(ValidationError, match="why not"):
        suggesting.reject_suggestion(bob, suggestion, reason="")
    suggesting.reject_suggestion(bob, suggestion, reason="It says something else")
    before = everything()
    suggesting.reject_suggestion(bob, suggestion, reason="Again")

    suggestion.refresh_from_db()
    assert everything() == before
    assert (suggestion.state, suggestion.outcome, suggestion.decided_by) == ("rejected", "It says something else", bob)
    assert (body_of(question), points(newt), Case.objects.open().count()) == ("I wake at four.", 100, 0)


def test_those_below_the_privilege_decide_nothing(newt, guest, question):
    suggestion = suggested(newt, question)
    other = make_member("other", points=1_000)
    before = everything()

    for person in (newt, guest, other):
        with pytest.raises(PermissionDenied):
            suggesting.approve_suggestion(person, suggestion)
        with pytest.raises(PermissionDenied):
            suggesting.reject_suggestion(person, suggestion, reason="No")
    assert everything() == before


def test_a_guest_decides_about_their_own_post(newt, guest):
    question = make_question(guest)
    suggestion = suggested(newt, question)

    suggesting.approve_suggestion(guest, suggestion)

    assert (body_of(question), points(newt)) == ("I wake at five.", 120)


def test_one_takes_back_ones_own_suggestion(newt, bob, question):
    suggestion = suggested(newt, question)

    with pytest.raises(PermissionDenied):
        suggesting.withdraw_suggestion(bob, suggestion)
    suggesting.withdraw_suggestion(newt, suggestion)
    before = everything()
    suggesting.withdraw_suggestion(newt, suggestion)

    assert everything() == before
    assert (state_of(suggestion), Case.objects.get().outcome) == (SuggestionState.WITHDRAWN, "withdrawn")


def test_a_suggestion_for_a_text_that_changed_is_not_approved_unseen(newt, ann, bob, question):
    suggestion = suggested(newt, question, body="I wake at five.")
    editing.edit_post(ann, question, title=question.title, body="I wake at four. And then I read.")
    before = everything()

    with pytest.raises(ValidationError, match="changed since this was suggested"):
        suggesting.approve_suggestion(bob, suggestion)
    with pytest.raises(ValidationError, match="changed since this was suggested"):
        suggesting.approve_suggestion(bob, suggestion, base_version=1)
    assert everything() == before


def test_both_changes_stay_when_they_do_not_meet(newt, ann, bob, question):
    suggestion = suggested(newt, question, body="I wake at five.")
    editing.edit_post(ann, question, title=question.title, body="I wake at four. And then I read.")

    suggesting.approve_suggestion(bob, suggestion, base_version=2)

    assert body_of(question) == "I wake at five. And then I read."


def test_where_both_changed_the_same_words_a_person_puts_them_together(newt, ann, bob, question):
    suggestion = suggested(newt, question, body="I wake at five.")
    editing.edit_post(ann, question, title=question.title, body="I wake at six.")
    before = everything()

    with pytest.raises(ValidationError, match="Approve with changes"):
        suggesting.approve_suggestion(bob, suggestion, base_version=2)
    unchanged = everything() == before
    words = Words(question.title, "I wake at five or six.")
    with pytest.raises(ValidationError, match="changed since"):
        suggesting.approve_suggestion(bob, suggestion, base_version=1, changed=words)
    suggesting.approve_suggestion(bob, suggestion, base_version=2, changed=words)

    assert unchanged
    assert body_of(question) == "I wake at five or six."
    assert question.revisions.get(number=3).editor == bob
    assert ledger(newt) == [("edit_approved", 20)]


def test_an_edit_does_not_fold_away_what_a_suggestion_was_made_from(newt, ann, question):
    editing.edit_post(ann, question, title=question.title, body="I wake at five.")
    suggested(newt, Post.objects.get(pk=question.pk), body="I wake at five, always.")

    editing.edit_post(ann, question, title=question.title, body="I wake at six.")

    assert question.revisions.count() == 3


@pytest.mark.parametrize("decision", ["approved", "rejected"])
def test_a_decision_is_taken_back_and_made_again(newt, mo, question, decision):
    suggestion = suggested(newt, question)
    if decision == "approved":
        suggesting.approve_suggestion(mo, suggestion, reason="Yes")
    else:
        suggesting.reject_suggestion(mo, suggestion, reason="No")
    decided = (body_of(question), state_of(suggestion), points(newt), Case.objects.open().count())

    entry = undoing.undo_entry(mo, LogEntry.objects.get())
    undone = (body_of(question), state_of(suggestion), points(newt), Case.objects.open().count())
    whole = recount(check=True)
    undoing.undo_entry(mo, entry)

    assert undone == ("I wake at four.", "open", 100, 1)
    assert (body_of(question), state_of(suggestion), points(newt), Case.objects.open().count()) == decided
    assert whole == recount(check=True) == []


def test_an_approval_is_not_taken_back_over_a_later_edit_or_suggestion(newt, ann, mo, question):
    suggesting.approve_suggestion(mo, suggested(newt, question))
    entry = LogEntry.objects.get()
    editing.edit_post(ann, question, title=question.title, body="I wake at six.")
    with pytest.raises(ValidationError, match="changed since"):
        undoing.undo_entry(mo, entry)

    suggested(newt, Post.objects.get(pk=question.pk), body="I wake at seven.")
    with pytest.raises(ValidationError, match="suggested another edit"):
        undoing.undo_entry(mo, entry)


def test_points_are_for_others_posts_and_for_each_approval(newt, ann, bob, question):
    for body in ("I wake at five.", "I wake at six."):
        suggesting.approve_suggestion(bob, suggested(newt, Post.objects.get(pk=question.pk), body=body))

    assert ledger(newt) == [("edit_approved", 20), ("edit_approved", 20)]
    Post.objects.filter(pk=question.pk).update(author=newt)
    assert f"Member {newt.pk}: edit_approved on {question.pk} was paid 40, its rows say 0." in recount(check=True)


def test_no_row_names_an_anonymous_author_who_decides(newt, ann, sleep):
    question = make_question(ann, category=sleep, is_anonymous=True)
    suggestion = suggested(newt, question)

    suggesting.approve_suggestion(ann, suggestion, reason="Thank you")

    suggestion.refresh_from_db()
    entry = LogEntry.objects.get()
    assert (suggestion.decided_by, entry.actor, Case.objects.get().closed_by) == (None, None, None)
    assert (entry.text.before["edited_by"], entry.text.after["edited_by"], "ann" in str(entry.text.names)) == (
        None,
        newt.pk,
        False,
    )


def test_a_suggestion_from_a_hidden_text_is_not_approved(newt, ann, bob, mo, question):
    suggestion = suggested(newt, question)
    editing.edit_post(ann, question, title=question.title, body="I wake early.")
    editing.hide_revision(mo, question, number=1, reason="A phone number")
    before = everything()

    with pytest.raises(ValidationError, match="private details"):
        suggesting.approve_suggestion(bob, suggestion, base_version=2)
    assert everything() == before


def test_what_was_suggested_from_a_text_leaves_the_queue_while_that_text_is_hidden(newt, ann, mo, question):
    suggestion = suggested(newt, question)
    editing.edit_post(ann, question, title=question.title, body="I wake early.")

    editing.hide_revision(mo, question, number=1, reason="A phone number")
    while_hidden = Case.objects.open().count()
    undoing.undo_entry(mo, LogEntry.objects.get())
    undone = Case.objects.open().get().suggestion
    editing.hide_revision(mo, question, number=1, reason="A phone number")
    editing.show_revision(mo, question, number=1)

    assert (while_hidden, undone) == (0, suggestion)
    assert Case.objects.open().get().suggestion == suggestion
