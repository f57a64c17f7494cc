"""Moderators and administrators decide nothing about their own posts and themselves, through whichever door."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from forum.actions import (
    answering,
    closing,
    converting,
    editing,
    flagging,
    handling,
    measuring,
    moderating,
    moving,
    suggesting,
    telling,
    undoing,
)
from forum.choices import CaseKind, MeasureKind, RemovalKind
from forum.effects import removals
from forum.models import Case, Category, Flag, LogEntry, Post
from tests.factories import make_answer, make_category, make_member, make_question
from tests.support.records import everything

pytestmark = pytest.mark.django_db

OWN = "This is your own post. Someone else must decide."


@pytest.fixture(params=["moderator", "administrator"])
def mia(request, db):
    """Writes as well as she moderates."""
    return make_member("mia", role=request.param, points=3_000)


@pytest.fixture
def own(mia, ada, ann, sleep):
    """Her question, reported, with a text of hers that an administrator has hidden, and a locked answer."""
    question = make_question(mia, title="May I?", category=sleep)
    editing.edit_post(mia, question, title="May I?", body="I wake at three.")
    flagging.flag_post(ann, question, reason="unkind")
    editing.hide_revision(ada, question, number=1, reason="A name")
    measuring.lay_measure(ada, question, MeasureKind.LOCK)
    closing.close_question(ada, question, reason="resolved")
    return Post.objects.get(pk=question.pk)


def case_of(post, kind=CaseKind.REPORT):
    return Case.objects.open().get(post=post, kind=kind).pk


DECISIONS = {
    "keep": lambda mia, own: flagging.keep_post(mia, own, reason="It is fine."),
    "hide": moderating.hide_post,
    "delete": moderating.delete_post,
    "hold": moderating.hold_post,
    "decline a report": lambda mia, own: flagging.settle_flag(mia, Flag.objects.get(), upheld=False, outcome="No."),
    "uphold a report": lambda mia, own: flagging.settle_flag(mia, Flag.objects.get(), upheld=True),
    "reopen a report": lambda mia, own: flagging.reopen_flag(mia, Flag.objects.get()),
    "unlock": lambda mia, own: measuring.lift_measure(mia, own, MeasureKind.LOCK),
    "lock for less": lambda mia, own: measuring.lay_measure(
        mia, own, MeasureKind.LOCK, until=timezone.now() + timedelta(hours=1)
    ),
    "reopen": closing.reopen_question,
    "show a text": lambda mia, own: editing.show_revision(mia, own, number=1),
    "claim": lambda mia, own: handling.claim_case(mia, case_of(own)),
    "ask": lambda mia, own: telling.ask_author(mia, own, text="Please change it."),
    "settle by a notice": lambda mia, own: measuring.lay_measure(
        mia, own, MeasureKind.NOTICE, text="Careful.", case_id=case_of(own)
    ),
    "settle by moving": lambda mia, own: moving.move_question(
        mia, own, category=Category.objects.get(name="Work"), case_id=case_of(own)
    ),
    "settle by editing": lambda mia, own: editing.edit_post(
        mia, own, title="May I?", body="I wake at two.", case_id=case_of(own)
    ),
}


@pytest.mark.parametrize("decide", DECISIONS.values(), ids=DECISIONS)
def test_nothing_is_decided_about_a_post_of_ones_own(mia, own, decide):
    make_category("Work")
    before = everything()

    with pytest.raises(PermissionDenied, match=OWN):
        decide(mia, own)

    assert everything() == before


@pytest.mark.parametrize(
    "kind, bring_back",
    [
        (RemovalKind.HIDDEN, moderating.show_post),
        (RemovalKind.DELETED, moderating.restore_post),
        (RemovalKind.WAITING, moderating.approve_post),
    ],
)
def test_what_was_taken_out_of_sight_is_brought_back_by_somebody_else(mia, mo, own, ada, kind, bring_back):
    removals.remove(own, kind, ada, "Let us look")
    before = everything()

    with pytest.raises(PermissionDenied, match=OWN):
        bring_back(mia, own)

    assert everything() == before
    bring_back(mo, own, reason="It is fine.")
    assert Post.objects.get(pk=own.pk).status == "published"


def test_nothing_is_decided_about_what_is_reported_of_oneself(mia, ann):
    flagging.flag_member(ann, mia, reason="unkind")
    before = everything()

    for decide in (
        lambda: flagging.keep_member(mia, mia, reason="I am fine."),
        lambda: flagging.settle_flag(mia, Flag.objects.get(), upheld=False, outcome="No."),
        lambda: handling.claim_case(mia, Case.objects.get().pk),
    ):
        with pytest.raises(PermissionDenied, match="This is about you"):
            decide()

    assert everything() == before


@pytest.mark.parametrize("verb", ["question.closed", "post.locked", "revision.hidden"])
def test_undo_is_no_way_round(mia, own, verb):
    entry, before = LogEntry.objects.get(verb=verb), everything()

    with pytest.raises(PermissionDenied, match=OWN):
        undoing.undo_entry(mia, entry)

    assert everything() == before


def test_an_answer_that_became_a_comment_stays_one(mia, ada, question):
    answer = make_answer(question, mia)
    converting.convert_post(ada, answer, to="comment")
    before = everything()

    with pytest.raises(PermissionDenied, match=OWN):
        converting.convert_post(mia, answer, to="answer")

    assert everything() == before


def test_what_authors_and_askers_may_do_stays_theirs(mia, bob, sleep):
    question = make_question(mia, category=sleep)
    answering.accept_answer(mia, make_answer(question, bob))
    edit = suggesting.suggest_edit(make_member(), question, title=question.title, body="Better.", reason="Clearer")
    suggesting.approve_suggestion(mia, edit)
    measuring.lay_measure(mia, question, MeasureKind.PIN)
    measuring.lift_measure(mia, question, MeasureKind.PIN)
    closing.close_question(mia, question, reason="resolved")
    closing.reopen_question(mia, question)

    question.refresh_from_db()
    assert (question.body, question.is_pinned, question.is_closed) == ("Better.", False, False)


def test_no_door_leads_to_it(mia, own, signed_in):
    browser, case = signed_in(mia), case_of(own)
    before = everything()

    doors = {
        "its page": browser.post(f"/posts/{own.pk}/hide/", {"reason": "I would."}).status_code,
        "the queue": browser.post(f"/moderation/cases/{case}/decide/", {"act": "keep", "reason": "Fine."}).status_code,
        "several at once": browser.post("/moderation/bulk/", {"cases": [case], "act": "fine", "reason": "Fine."}),
        "the administration": browser.post(
            f"/admin/forum/post/{own.pk}/change/act/hide/", {"reason": "I would."}
        ).status_code,
    }

    several = doors.pop("several at once")
    assert several.status_code in {200, 302}
    assert doors == {"its page": 403, "the queue": 403, "the administration": 302}
    changed = {name for name, rows in everything().items() if rows != before[name]}
    assert changed <= {"Session", "LimitEntry", "User"}
    page = browser.get(f"/posts/{own.pk}/moderate/").content.decode()
    assert (OWN in page, f"/posts/{own.pk}/hide/" in page) == (True, False)
