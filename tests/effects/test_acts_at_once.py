"""Two moderators at the same post at the same moment: one wins, nothing is left in between, and nobody waits for ever."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection

from forum.actions import answering, closing, converting, measuring, merging, moving, undoing, voting
from forum.actions.recounting import recount
from forum.choices import MeasureKind, PostKind
from forum.models import Closure, LogEntry, Measure, Merge, Post
from tests.factories import make_answer, make_category, make_comment, make_member, make_question

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def two(mo, ada):
    """Two who moderate."""
    return mo, ada


def at_once(*acts):
    """Do all `acts` at the same moment; return what each returned, or the sentence it was refused with."""
    start = Barrier(len(acts))

    def run(act):
        try:
            connection.ensure_connection()
            start.wait(timeout=30)
            return act()
        except (ValidationError, PermissionDenied) as refusal:
            return str(refusal)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [each.result(timeout=60) for each in [pool.submit(run, act) for act in acts]]


def verbs():
    return list(LogEntry.objects.order_by("number").values_list("verb", flat=True))


@pytest.mark.parametrize("kind", [MeasureKind.LOCK, MeasureKind.PIN])
def test_the_same_measure_laid_at_once_lies_once(two, question, kind):
    at_once(*[lambda actor=actor: measuring.lay_measure(actor, question, kind) for actor in two * 3])

    assert (Measure.objects.count(), len(verbs()), recount(check=True)) == (1, 1, [])


def test_one_question_merged_into_two_at_once_becomes_part_of_one(two, question, sleep):
    make_answer(question)
    others = [make_question(category=sleep), make_question(category=sleep)]

    at_once(
        *[
            lambda actor=actor, other=other: merging.merge_question(actor, question, target=other)
            for actor, other in zip(two, others, strict=True)
        ]
    )

    assert (Merge.objects.filter(lifted_at=None).count(), verbs()) == (1, ["question.merged"])
    assert recount(check=True) == []


def test_two_questions_merged_into_each_other_at_once_leave_one(two, question, sleep):
    other = make_question(category=sleep)
    for post in (question, other):
        make_answer(post)

    at_once(
        lambda: merging.merge_question(two[0], question, target=other),
        lambda: merging.merge_question(two[1], other, target=question),
    )

    assert sorted(Post.objects.filter(kind="question").values_list("status", flat=True)) == ["merged", "published"]
    assert recount(check=True) == []


def test_a_conversion_at_once_is_one(two, bob, question):
    answer = make_answer(question, bob)
    make_comment(answer)

    at_once(*[lambda actor=actor: converting.convert_post(actor, answer, to=PostKind.COMMENT) for actor in two * 3])

    assert (verbs(), recount(check=True)) == (["post.converted"], [])


def test_three_votes_to_close_at_once_close_once(question):
    voters = [make_member(points=1_500) for _ in range(6)]

    at_once(*[lambda voter=voter: closing.vote_to_close(voter, question, reason="heated") for voter in voters])

    assert (Closure.objects.count(), verbs()) == (1, ["question.closed"])


def test_acts_undos_votes_and_answers_at_once_leave_the_numbers_right(two, bob, sleep):
    older, newer = make_question(category=sleep), make_question(category=make_category("Work"))
    answers = [make_answer(newer) for _ in range(3)]
    merging.merge_question(two[0], newer, target=older)
    entry = LogEntry.objects.get()
    people = [make_member() for _ in range(4)]

    at_once(
        lambda: undoing.undo_entry(two[0], entry),
        lambda: undoing.undo_entry(two[1], entry),
        lambda: moving.move_question(two[1], older, category=newer.category),
        lambda: converting.convert_post(two[1], answers[0], to=PostKind.COMMENT),
        *[lambda person=person: voting.cast_vote(person, answers[1], 1) for person in people],
        *[lambda person=person: answering.answer_question(person, older, body="A warm drink.") for person in people],
    )

    assert len([verb for verb in verbs() if verb == "question.unmerged"]) <= 1
    assert recount(check=True) == []
