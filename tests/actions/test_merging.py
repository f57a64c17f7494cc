"""One question becomes part of another, and comes out of it again."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from forum import search
from forum.actions import answering, closing, converting, merging, moderating, undoing, voting
from forum.actions.recounting import recount
from forum.choices import PostKind
from forum.models import Category, Guest, LogEntry, Merge, Post, SearchEntry, Tag
from tests.factories import make_answer, make_category, make_comment, make_question
from tests.support.records import everything, ledger, points, verbs
from tests.support.standing import standing

pytestmark = pytest.mark.django_db


@pytest.fixture
def older(bob, sleep):
    """The question that was asked before."""
    return make_question(bob, title="Why do I wake at four?", category=sleep, tags=["nights"])


@pytest.fixture
def newer(ann, sleep):
    """The question that repeats it, in another topic."""
    return make_question(ann, title="Waking early again", category=make_category("Work"), tags=["mornings"])


def last():
    return LogEntry.objects.order_by("-number")[0]


def place(post):
    return Post.objects.values_list("question_id", "parent_id").get(pk=post.pk)


def counted(post):
    return Post.objects.values_list("status", "answer_count", "comment_count").get(pk=post.pk)


def test_answers_move_with_their_comments_and_the_rest_stays(mo, newt, older, newer):
    answer, hidden = make_answer(newer, newt), make_answer(newer)
    below, beside = make_comment(answer), make_comment(newer)
    moderating.hide_post(mo, hidden)

    merging.merge_question(mo, newer, target=older, reason="Asked before")

    assert [place(post) for post in (answer, hidden, below, beside)] == [
        (older.pk, older.pk),
        (older.pk, older.pk),
        (older.pk, answer.pk),
        (newer.pk, newer.pk),
    ]
    assert (counted(older), counted(newer)) == (("published", 1, 0), ("merged", 0, 1))
    assert dict(Tag.objects.values_list("name", "question_count")) == {"nights": 1, "mornings": 0}
    assert dict(Category.objects.values_list("name", "question_count")) == {"Sleep": 1, "Work": 0}
    assert not SearchEntry.objects.filter(pk=newer.pk).exists()
    assert search.find("waking four", 5) == [older.pk, answer.pk, below.pk]
    merged = Merge.objects.get()
    assert (merged.source, merged.target, merged.answer_ids) == (newer, older, [answer.pk, hidden.pk])
    assert (verbs(post=newer)[-1], recount(check=True)) == ("question.merged", [])


def test_a_best_answer_keeps_its_mark_and_its_points(ann, bob, mo, newt, older, newer):
    answer = make_answer(newer, newt)
    answering.accept_answer(ann, answer)
    paid = [ledger(each) for each in (ann, bob, newt)]

    merging.merge_question(mo, newer, target=older)
    voting.cast_vote(bob, answer, 1)

    assert Post.objects.get(pk=newer.pk).accepted_answer == answer
    assert (ledger(ann), ledger(newt)) == (paid[0], [*paid[2], ("answer_votes", 20)])
    assert recount(check=True) == []
    before = everything()
    with pytest.raises(
        ValidationError,
        match="Someone whose question was merged into this one has already marked this as their best answer",
    ):
        answering.accept_answer(bob, answer)
    assert everything() == before


def test_a_merge_is_taken_back_exactly_and_done_again(ada, ann, mo, newt, older, newer):
    answer = make_answer(newer, newt)
    make_comment(answer)
    make_answer(older)
    answering.accept_answer(ann, answer)
    before = standing()
    merging.merge_question(mo, newer, target=older, reply="It was asked before.")
    merged = standing()

    undone = undoing.undo_entry(ada, last())
    assert (standing(), undone.verb, recount(check=True)) == (before, "question.unmerged", [])

    again = undoing.undo_entry(mo, undone)
    assert (standing(), again.verb, recount(check=True)) == (merged, "question.merged", [])


def test_what_came_later_stays_where_it_was_written(mo, bob, newt, older, newer):
    answer = make_answer(newer, newt)
    merging.merge_question(mo, newer, target=older)
    later = make_answer(older)
    reply = make_comment(Post.objects.get(pk=answer.pk), bob)

    undoing.undo_entry(mo, last())

    assert [place(post) for post in (answer, reply, later)] == [
        (newer.pk, newer.pk),
        (newer.pk, answer.pk),
        (older.pk, older.pk),
    ]
    assert (counted(older), counted(newer)) == (("published", 1, 0), ("published", 1, 0))
    assert recount(check=True) == []


def test_merging_twice_is_once_and_never_into_two(mo, sleep, older, newer):
    merging.merge_question(mo, newer, target=older)
    before = everything()

    merging.merge_question(mo, newer, target=older)
    assert everything() == before
    with pytest.raises(ValidationError, match="This question has already been merged into another one"):
        merging.merge_question(mo, newer, target=make_question(category=sleep))


@pytest.mark.parametrize(
    "spoil, sentence",
    [
        (lambda mo, older, newer: closing.close_question(mo, older, reason="heated"), "That question is closed"),
        (lambda mo, older, newer: moderating.hide_post(mo, older), "Others can’t see that question at the moment."),
        (lambda mo, older, newer: moderating.hold_post(mo, older), "Others can’t see that question at the moment."),
        (
            lambda mo, older, newer: moderating.hide_post(mo, newer),
            "Others can’t see this question at the moment, so it can’t be merged.",
        ),
        (
            lambda mo, older, newer: merging.merge_question(mo, older, target=make_question()),
            "That question has itself been merged into another. Choose that one.",
        ),
        (
            lambda mo, older, newer: Post.objects.filter(pk=newer.pk).update(audience="unlisted"),
            "Fewer people can read this question than that one, so its answers can’t be moved there.",
        ),
        (
            lambda mo, older, newer: Post.objects.filter(pk=newer.pk).update(audience="members"),
            "Fewer people can read this question than that one, so its answers can’t be moved there.",
        ),
    ],
)
def test_nothing_moves_where_it_should_not(mo, older, newer, spoil, sentence):
    make_answer(newer)
    spoil(mo, older, newer)
    before = everything()

    with pytest.raises(ValidationError, match=sentence):
        merging.merge_question(mo, newer, target=older)
    assert everything() == before


def test_answers_may_move_to_where_fewer_people_read_them(mo, older, newer):
    make_answer(newer)
    Post.objects.filter(pk=older.pk).update(audience="members")

    merging.merge_question(mo, newer, target=older)

    assert counted(older) == ("published", 1, 0)


def test_what_members_alone_were_told_never_comes_out_by_an_undo(bob, mo, older, newer):
    answer = make_answer(newer)
    Post.objects.filter(pk=older.pk).update(audience="members")
    merging.merge_question(mo, newer, target=older)
    make_comment(Post.objects.get(pk=answer.pk), bob)
    before = everything()

    with pytest.raises(ValidationError, match="Some of its answers have comments that weren’t meant for everyone"):
        undoing.undo_entry(mo, last())
    assert everything() == before


@pytest.mark.parametrize(
    "come_later, sentence",
    [
        (
            lambda mo, bob, answer: answering.accept_answer(bob, answer),
            "One of its answers is the best answer there, so it stays there.",
        ),
        (
            lambda mo, bob, answer: converting.convert_post(mo, answer, to=PostKind.COMMENT),
            "Some of its answers have been moved since. Undo that first.",
        ),
    ],
)
def test_what_came_later_may_stand_in_the_way(mo, bob, older, newer, come_later, sentence):
    answer = make_answer(newer)
    merging.merge_question(mo, newer, target=older)
    entry = last()
    come_later(mo, bob, answer)
    before = everything()

    with pytest.raises(ValidationError, match=sentence):
        undoing.undo_entry(mo, entry)
    assert everything() == before


def test_merges_come_apart_in_the_order_they_were_made(mo, sleep, older, newer):
    make_answer(newer)
    oldest = make_question(category=sleep)
    before = standing()
    merging.merge_question(mo, newer, target=older)
    first = last()
    merging.merge_question(mo, older, target=oldest)
    second = last()

    with pytest.raises(ValidationError, match="Some of its answers have been moved since"):
        undoing.undo_entry(mo, first)
    undoing.undo_entry(mo, second)
    undoing.undo_entry(mo, first)

    assert (standing(), recount(check=True)) == (before, [])


def test_only_moderators_merge_and_only_two_questions(ann, bob, guest, mo, older, newer):
    answer = make_answer(older)
    before = everything()

    for person in (ann, bob, guest, Guest()):
        with pytest.raises(PermissionDenied, match="Only moderators can do this"):
            merging.merge_question(person, newer, target=older)
    for target in (newer, answer):
        with pytest.raises(PermissionDenied, match="Choose another question"):
            merging.merge_question(mo, newer, target=target)
    assert everything() == before


def test_merging_changes_no_points(ann, bob, mo, newt, older, newer):
    make_answer(newer, newt)
    before = [points(each) for each in (ann, bob, newt)]

    merging.merge_question(mo, newer, target=older)

    assert [points(each) for each in (ann, bob, newt)] == before
