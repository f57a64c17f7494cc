"""An answer becomes a comment, a comment becomes an answer, and everything follows."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from forum import search
from forum.actions import answering, converting, undoing, voting
from forum.actions.recounting import recount
from forum.choices import PostKind
from forum.models import Guest, LogEntry, Post
from tests.factories import make_answer, make_comment, make_member, make_note, make_question
from tests.support.records import everything, ledger, points, verbs
from tests.support.standing import standing

pytestmark = pytest.mark.django_db

TO_COMMENT, TO_ANSWER = PostKind.COMMENT, PostKind.ANSWER


def place(post):
    return Post.objects.values_list("kind", "question_id", "parent_id").get(pk=post.pk)


def counted(post):
    return Post.objects.values_list("answer_count", "comment_count").get(pk=post.pk)


def last():
    return LogEntry.objects.order_by("-number")[0]


def test_an_answer_becomes_a_comment_with_its_comments_beside_it(bob, mo, newt, question):
    answer = make_answer(question, bob, body="Thank **you**.")
    below = make_comment(answer, newt)
    voting.cast_vote(newt, answer, 1)
    assert points(bob) == 2_500 + 40 + 20

    converting.convert_post(mo, answer, to=TO_COMMENT, reason="It thanks")

    assert (place(answer), place(below)) == (("comment", question.pk, question.pk),) * 2
    assert (counted(question), counted(answer)) == ((0, 2), (0, 0))
    assert points(bob) == 2_500
    assert ledger(bob) == [("answered", 40), ("answer_votes", 20), ("answered", -40), ("answer_votes", -20)]
    assert search.find("thank", 5) == [answer.pk]
    assert (verbs(post=answer)[-1], recount(check=True)) == ("post.converted", [])


def test_a_comment_below_an_answer_becomes_an_answer(bob, mo, newt, question):
    answer = make_answer(question, bob)
    comment = make_comment(answer, newt)
    voting.cast_vote(bob, comment, 1)

    converting.convert_post(mo, comment, to=TO_ANSWER)

    assert place(comment) == ("answer", question.pk, question.pk)
    assert (counted(question), counted(answer)) == ((2, 0), (0, 0))
    assert points(newt) == 100 + 40 + 20
    assert recount(check=True) == []


@pytest.mark.parametrize("kind", [TO_COMMENT, TO_ANSWER])
def test_a_conversion_is_taken_back_exactly_and_done_again(ada, bob, mo, newt, question, kind):
    answer = make_answer(question, bob)
    comment = make_comment(answer, newt)
    voting.cast_vote(ada, answer, -1)
    voting.cast_vote(ada, comment, 1)
    before = standing()
    converting.convert_post(mo, answer if kind == TO_COMMENT else comment, to=kind)
    converted = standing()

    undone = undoing.undo_entry(ada, last())
    assert (standing(), recount(check=True)) == (before, [])

    undoing.undo_entry(mo, undone)
    assert (standing(), recount(check=True)) == (converted, [])


def test_down_votes_stay_on_what_became_a_comment(bob, mo, question):
    answer = make_answer(question)
    voting.cast_vote(bob, answer, -1)

    converting.convert_post(mo, answer, to=TO_COMMENT)

    assert Post.objects.get(pk=answer.pk).score == -1


def test_converting_twice_is_once(mo, question):
    answer = make_answer(question)
    converting.convert_post(mo, answer, to=TO_COMMENT)
    before = everything()

    converting.convert_post(mo, answer, to=TO_COMMENT)

    assert everything() == before


def test_what_cannot_be_a_comment_stays_an_answer(ann, bob, mo, question):
    chosen, long, noted = (make_answer(question, make_member(), body=body) for body in ("Yes.", "a" * 1_501, "No."))
    answering.accept_answer(ann, chosen)
    noted.notes.add(make_note())
    before = everything()

    for answer, sentence in (
        (chosen, "This is the best answer, so it stays an answer."),
        (long, "longer than a comment can be: 1,500 characters"),
        (noted, "has a content note"),
    ):
        with pytest.raises(ValidationError, match=sentence):
            converting.convert_post(mo, answer, to=TO_COMMENT)
    assert everything() == before


def test_only_moderators_convert_and_never_a_question(ann, bob, guest, mo, question):
    answer = make_answer(question, bob)
    before = everything()

    for person in (ann, bob, guest, Guest()):
        with pytest.raises(PermissionDenied, match="Only moderators can do this"):
            converting.convert_post(person, answer, to=TO_COMMENT)
    with pytest.raises(PermissionDenied, match="A question can’t be turned into something else"):
        converting.convert_post(mo, question, to=TO_COMMENT)
    with pytest.raises(ValidationError, match="An answer or a comment can’t become a question"):
        converting.convert_post(mo, answer, to=PostKind.QUESTION)
    assert everything() == before


def test_an_answer_that_was_commented_on_since_does_not_become_a_comment_again(bob, mo, question):
    comment = make_comment(question)
    converting.convert_post(mo, comment, to=TO_ANSWER)
    entry = last()
    make_comment(Post.objects.get(pk=comment.pk), bob)
    before = everything()

    with pytest.raises(ValidationError, match="It has moved, or someone has written below it since"):
        undoing.undo_entry(mo, entry)
    assert everything() == before


@pytest.mark.parametrize("fields", [{"is_anonymous": True}, {}])
def test_posts_of_guests_and_anonymous_ones_are_converted_like_any_other(guest, ann, mo, fields):
    answer = make_answer(make_question(), ann if fields else guest, **fields)
    before = standing()
    converting.convert_post(mo, answer, to=TO_COMMENT, reason="It thanks", reply="It reads better there.")
    assert last().member_id is None

    undoing.undo_entry(mo, last())

    assert standing() == before
