"""What a moderator lays on a post for a time: locks, protection, slow mode, pins, notices."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from forum.actions import answering, commenting, measuring, undoing
from forum.actions.recounting import recount
from forum.choices import MeasureKind
from forum.limits import FOREVER
from forum.models import Guest, LogEntry, Measure, Message, Post
from tests.factories import make_answer, make_comment, make_question
from tests.support.records import everything, verbs
from tests.support.standing import standing

pytestmark = pytest.mark.django_db

COLUMNS = ("locked_until", "is_protected", "slow_minutes", "is_pinned", "has_notice")
NOTHING = (None, False, 0, False, False)
KINDS = [
    (MeasureKind.LOCK, {}, (FOREVER, False, 0, False, False), ["post.locked", "post.unlocked"]),
    (MeasureKind.PROTECTION, {}, (None, True, 0, False, False), ["question.protected", "question.unprotected"]),
    (MeasureKind.SLOW_MODE, {"minutes": 30}, (None, False, 30, False, False), ["question.slowed", "question.unslowed"]),
    (MeasureKind.PIN, {}, (None, False, 0, True, False), ["question.pinned", "question.unpinned"]),
    (
        MeasureKind.NOTICE,
        {"text": "Ask a doctor."},
        (None, False, 0, False, True),
        ["post.notice_put", "post.notice_taken"],
    ),
]
each_kind = pytest.mark.parametrize("kind, terms, held, said", KINDS)


def columns(post):
    return Post.objects.filter(pk=post.pk).values_list(*COLUMNS).get()


def last():
    return LogEntry.objects.order_by("-number")[0]


@each_kind
def test_a_measure_holds_until_it_is_lifted(mo, question, kind, terms, held, said):
    measuring.lay_measure(mo, question, kind, reason="Because", **terms)
    assert (columns(question), recount(check=True)) == (held, [])

    measuring.lift_measure(mo, question, kind, reason="Enough")
    assert (columns(question), recount(check=True)) == (NOTHING, [])
    assert verbs(post=question) == ["question.asked", *said]
    laid = Measure.objects.get()
    assert (laid.actor, laid.reason, laid.lifted_by) == (mo, "Because", mo)


@each_kind
def test_laying_and_lifting_twice_is_once(mo, question, kind, terms, held, said):
    measuring.lay_measure(mo, question, kind, **terms)
    before = everything()
    measuring.lay_measure(mo, question, kind, **terms)
    assert everything() == before

    measuring.lift_measure(mo, question, kind)
    before = everything()
    measuring.lift_measure(mo, question, kind)
    assert everything() == before


@each_kind
def test_a_measure_is_taken_back_and_laid_again_exactly(mo, question, kind, terms, held, said):
    before = standing()
    measuring.lay_measure(mo, question, kind, reply="I had to.", **terms)
    laid = standing()
    entry = last()

    undone = undoing.undo_entry(mo, entry)
    assert (standing(), undone.verb) == (before, said[1])
    assert Message.objects.get().withdrawn_at is not None

    again = undoing.undo_entry(mo, undone)
    assert (standing(), again.verb, recount(check=True)) == (laid, said[0], [])


@each_kind
def test_lifting_is_taken_back_exactly(mo, question, kind, terms, held, said):
    measuring.lay_measure(mo, question, kind, **terms)
    before = standing()
    measuring.lift_measure(mo, question, kind)

    undoing.undo_entry(mo, last())

    assert (standing(), columns(question)) == (before, held)


def test_other_terms_take_the_place_of_those_that_held_and_undo_brings_them_back(mo, question):
    measuring.lay_measure(mo, question, MeasureKind.SLOW_MODE, minutes=10)
    before = standing()
    measuring.lay_measure(mo, question, MeasureKind.SLOW_MODE, minutes=60)
    assert columns(question)[2] == 60

    undoing.undo_entry(mo, last())

    assert standing() == before


def test_what_was_changed_again_is_not_taken_back_over(mo, question):
    measuring.lay_measure(mo, question, MeasureKind.SLOW_MODE, minutes=10)
    first = last()
    measuring.lay_measure(mo, question, MeasureKind.SLOW_MODE, minutes=60)
    before = everything()

    with pytest.raises(ValidationError, match="Someone has changed this since"):
        undoing.undo_entry(mo, first)
    assert everything() == before


def test_a_lock_ends_by_itself(ann, bob, mo, question):
    measuring.lay_measure(mo, question, MeasureKind.LOCK, until=timezone.now() + timedelta(days=2))
    with pytest.raises(PermissionDenied, match="A moderator has locked this until"):
        make_answer(question, bob)

    past = timezone.now() - timedelta(minutes=1)
    Measure.objects.update(until=past)
    Post.objects.filter(pk=question.pk).update(locked_until=past)

    make_answer(question, bob)
    assert recount(check=True) == []
    before = everything()
    measuring.lift_measure(mo, question, MeasureKind.LOCK)
    assert everything() == before
    measuring.lay_measure(mo, question, MeasureKind.LOCK)
    assert Post.objects.get(pk=question.pk).is_locked is True


@pytest.mark.parametrize(
    "kind, terms, sentence",
    [
        (
            MeasureKind.LOCK,
            {"until": timezone.now() - timedelta(days=1)},
            "Choose a date in the future, or leave it empty.",
        ),
        (MeasureKind.SLOW_MODE, {}, "Choose a wait of 1 to 1,440 minutes."),
        (MeasureKind.SLOW_MODE, {"minutes": 1441}, "Choose a wait of 1 to 1,440 minutes."),
        (MeasureKind.NOTICE, {"text": "  "}, "Say in a sentence what readers should know."),
    ],
)
def test_terms_that_make_no_sense_are_refused(mo, question, kind, terms, sentence):
    before = everything()

    with pytest.raises(ValidationError, match=sentence):
        measuring.lay_measure(mo, question, kind, **terms)
    assert everything() == before


@each_kind
def test_only_moderators_lay_and_lift(ann, question, kind, terms, held, said):
    before = everything()

    for person in (ann, Guest()):
        with pytest.raises(PermissionDenied, match="Only moderators can do this"):
            measuring.lay_measure(person, question, kind, **terms)
        with pytest.raises(PermissionDenied, match="Only moderators can do this"):
            measuring.lift_measure(person, question, kind)
    assert everything() == before


@pytest.mark.parametrize("kind", [MeasureKind.PROTECTION, MeasureKind.SLOW_MODE, MeasureKind.PIN])
def test_an_answer_is_not_protected_slowed_or_pinned(mo, question, kind):
    answer = make_answer(question)
    before = everything()

    with pytest.raises(PermissionDenied, match="Only a question can be"):
        measuring.lay_measure(mo, answer, kind, minutes=5)
    assert everything() == before


def test_newcomers_do_not_answer_a_protected_question(newt, bob, mo, question):
    measuring.lay_measure(mo, question, MeasureKind.PROTECTION)

    with pytest.raises(PermissionDenied, match="open to established members only"):
        make_answer(question, newt)
    make_answer(question, bob)


def test_slow_mode_asks_one_person_to_wait_and_names_how_long(bob, mo, newt, question):
    make_answer(question, bob)
    measuring.lay_measure(mo, question, MeasureKind.SLOW_MODE, minutes=30)
    before = everything()

    with pytest.raises(ValidationError, match=r"one post every 30 minutes\. You can post here again in 30 minutes\."):
        commenting.add_comment(bob, question, body="And another thing.")
    with pytest.raises(ValidationError, match="You can post here again in 30 minutes"):
        answering.answer_question(bob, question, body="And another thing.")
    assert everything() == before

    make_comment(question, newt)
    make_comment(question, mo)
    make_comment(question, mo)
    Post.objects.filter(author=bob).update(created_at=timezone.now() - timedelta(minutes=31))
    make_comment(question, bob)


def test_slow_mode_knows_a_guest_again_and_leaves_other_threads_alone(guest, mo, question):
    make_comment(question, guest)
    measuring.lay_measure(mo, question, MeasureKind.SLOW_MODE, minutes=1)

    with pytest.raises(ValidationError, match="in 1 minute"):
        make_comment(question, guest)
    make_comment(make_question(), guest)
    make_comment(question, Guest())
