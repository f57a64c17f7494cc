"""Closing for reasons the owner offers, and members who vote to close."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from forum.actions import closing, measuring, undoing
from forum.actions.recounting import recount
from forum.choices import MeasureKind
from forum.models import CloseReason, CloseVote, Closure, Guest, LogEntry, Message, Post
from tests.factories import make_answer, make_member, make_question
from tests.support.records import everything, points, verbs
from tests.support.standing import standing

pytestmark = pytest.mark.django_db


@pytest.fixture
def voters(db):
    """Four members with the points."""
    return [make_member(points=1_500) for _ in range(4)]


def last():
    return LogEntry.objects.order_by("-number")[0]


def is_closed(question):
    return Post.objects.get(pk=question.pk).is_closed


def test_the_author_reads_what_to_change(ann, mo, question):
    closing.close_question(mo, question, reason="needs_detail")

    reason = CloseReason.objects.get(pk="needs_detail")
    assert Message.objects.values_list("conversation__member", "text").get() == (
        ann.pk,
        f"{reason.sentence} {reason.advice}",
    )


def test_the_author_reads_the_moderators_own_words_instead(mo, question):
    closing.close_question(mo, question, reason="needs_detail", reply="Tell us since when.")

    assert Message.objects.get().text == "Tell us since when."


def test_closing_as_asked_before_needs_another_question_that_others_see(mo, question):
    hidden = make_question()
    Post.objects.filter(pk=hidden.pk).update(status="hidden")
    before = everything()

    for other in (None, question, Post.objects.get(pk=hidden.pk)):
        with pytest.raises(ValidationError):
            closing.close_question(mo, question, reason="duplicate", duplicate_of=other)
    with pytest.raises(ValidationError, match="Choose a reason"):
        closing.close_question(mo, question, reason="no_such_reason")
    CloseReason.objects.filter(pk="heated").update(is_active=False)
    with pytest.raises(ValidationError, match="Choose a reason"):
        closing.close_question(mo, question, reason="heated")
    CloseReason.objects.filter(pk="heated").update(is_active=True)
    assert before["Closure"] == everything()["Closure"] == []


def test_three_members_close_a_question_for_the_reason_named_most(ann, mo, question, voters):
    closing.vote_to_close(voters[0], question, reason="off_topic")
    closing.vote_to_close(voters[1], question, reason="needs_detail")
    assert not is_closed(question)

    closing.vote_to_close(voters[2], question, reason="needs_detail")

    closure = Closure.objects.get()
    assert (is_closed(question), closure.closed_by, closure.reason_id) == (True, None, "needs_detail")
    assert (last().verb, last().actor, last().text.after["votes"]) == ("question.closed", None, 3)
    assert Message.objects.get().conversation.member == ann
    assert recount(check=True) == []


def test_of_two_reasons_named_as_often_the_first_is_given(question, voters):
    for voter, reason in zip(voters[:3], ["off_topic", "needs_detail", "heated"], strict=True):
        closing.vote_to_close(voter, question, reason=reason)

    assert Closure.objects.get().reason_id == "off_topic"


def test_votes_that_it_was_asked_before_name_the_question(question, voters):
    one, other = make_question(), make_question()
    for voter, named in zip(voters[:3], [one, other, other], strict=True):
        closing.vote_to_close(voter, question, reason="duplicate", duplicate_of=named)

    assert (Closure.objects.get().reason_id, Closure.objects.get().duplicate_of) == ("duplicate", other)


def test_three_members_open_it_again(mo, question, voters):
    closing.close_question(mo, question, reason="heated")
    for voter in voters[:3]:
        assert is_closed(question)
        closing.vote_to_reopen(voter, question)

    assert (is_closed(question), last().verb, last().actor) == (False, "question.reopened", None)
    assert Closure.objects.get().lifted_by is None


def test_moderators_take_back_what_members_voted(ada, mo, question, voters):
    before = standing()
    for voter in voters[:3]:
        closing.vote_to_close(voter, question, reason="heated")
    by_members = last()

    undone = undoing.undo_entry(ada, by_members)
    assert (is_closed(question), Message.objects.get().withdrawn_at is not None) == (False, True)
    assert {**standing(), "CloseVote": []} == {**before, "CloseVote": []}

    closing.vote_to_close(voters[3], question, reason="heated")
    assert not is_closed(question)
    undoing.undo_entry(mo, undone)
    assert is_closed(question)


def test_a_vote_counts_once_and_can_be_taken_back(question, voters):
    closing.vote_to_close(voters[0], question, reason="heated")
    before = everything()
    closing.vote_to_close(voters[0], question, reason="heated")
    assert everything() == before

    closing.vote_to_close(voters[0], question, reason="off_topic")
    assert list(CloseVote.objects.filter(spent_at=None).values_list("reason", flat=True)) == ["off_topic"]
    closing.retract_close_vote(voters[0], question)
    before = everything()
    closing.retract_close_vote(voters[0], question)
    assert everything() == before

    for voter in voters[1:3]:
        closing.vote_to_close(voter, question, reason="heated")
    assert not is_closed(question)


def test_an_old_vote_counts_no_more(question, voters):
    for voter in voters[:2]:
        closing.vote_to_close(voter, question, reason="heated")
    CloseVote.objects.update(created_at=timezone.now() - timedelta(days=15))

    closing.vote_to_close(voters[2], question, reason="heated")

    assert not is_closed(question)


def test_votes_from_before_a_moderator_opened_it_count_no_more(mo, question, voters):
    for voter in voters[:2]:
        closing.vote_to_close(voter, question, reason="heated")
    closing.close_question(mo, question, reason="off_topic")
    closing.reopen_question(mo, question)

    closing.vote_to_close(voters[2], question, reason="heated")

    assert not is_closed(question)


def test_a_vote_fits_what_the_question_is(mo, question, voters):
    with pytest.raises(ValidationError, match="already open"):
        closing.vote_to_reopen(voters[0], question)
    closing.close_question(mo, question, reason="heated")
    with pytest.raises(ValidationError, match="This question is already closed"):
        closing.vote_to_close(voters[0], question, reason="heated")
    assert CloseVote.objects.count() == 0


def test_who_may_not_vote_to_close_is_told_why(ann, guest, mo, question, voters):
    answer = make_answer(question)
    before = everything()

    for person, sentence in ((ann, "You need 1,500 points"), (guest, "Sign in first"), (Guest(), "Sign in first")):
        with pytest.raises(PermissionDenied, match=sentence):
            closing.vote_to_close(person, question, reason="heated")
        with pytest.raises(PermissionDenied, match=sentence):
            closing.vote_to_reopen(person, question)
    with pytest.raises(PermissionDenied, match="Only a question that others can see"):
        closing.vote_to_close(voters[0], answer, reason="heated")
    assert everything() == before
    measuring.lay_measure(mo, question, MeasureKind.LOCK)
    with pytest.raises(PermissionDenied, match="locked"):
        closing.vote_to_close(voters[0], question, reason="heated")


def test_closing_a_question_is_a_closure_and_reopening_lifts_it(mo, question):
    other = make_question()

    closure = closing.close_question(mo, question, reason="duplicate", note="See there", duplicate_of=other)
    assert (closure.closed_by, closure.reason_id, closure.note, closure.duplicate_of) == (
        mo,
        "duplicate",
        "See there",
        other,
    )
    assert Post.objects.get(pk=question.pk).is_closed is True
    assert recount(check=True) == []

    closing.reopen_question(mo, question, reason="It differs")
    assert Post.objects.get(pk=question.pk).is_closed is False
    assert Closure.objects.get().lifted_by == mo
    assert verbs(post=question) == ["question.asked", "question.closed", "question.reopened"]
    assert recount(check=True) == []


def test_closing_twice_keeps_the_first_closure_and_reopening_twice_is_once(mo, question):
    first = closing.close_question(mo, question, reason="heated")
    before = everything()
    assert closing.close_question(mo, question, reason="resolved") == first
    assert everything() == before

    closing.reopen_question(mo, question)
    before = everything()
    closing.reopen_question(mo, question)
    assert everything() == before


def test_closing_changes_no_points(ann, mo, question):
    closing.close_question(mo, question, reason="heated")

    assert points(ann) == 520


def test_only_a_question_is_closed(mo, question):
    answer = make_answer(question)
    before = everything()

    with pytest.raises(PermissionDenied, match="Only a question can be closed"):
        closing.close_question(mo, answer, reason="heated")
    assert everything() == before
