"""Reporting posts and members, and what becomes of reports."""

import pytest
from django.core.exceptions import PermissionDenied

from forum.actions import flagging
from forum.models import Flag, Guest
from tests.support.records import everything, verbs

pytestmark = pytest.mark.django_db


def test_a_flag_says_who_and_why(newt, question):
    flag = flagging.flag_post(newt, question, reason="unkind", text="It made me sad.")

    assert (flag.post_id, flag.reporter, flag.reason_id, flag.text) == (question.pk, newt, "unkind", "It made me sad.")
    assert (flag.state, verbs(post=question)) == ("open", ["question.asked", "post.flagged"])


def test_a_second_flag_changes_nothing(newt, question):
    first = flagging.flag_post(newt, question, reason="unkind")
    before = everything()

    assert flagging.flag_post(newt, question, reason="spam") == first
    assert everything() == before


def test_neither_guests_nor_authors_flag(ann, guest, question):
    before = everything()

    with pytest.raises(PermissionDenied, match="This is your own post"):
        flagging.flag_post(ann, question, reason="spam")
    for person in (guest, Guest()):
        with pytest.raises(PermissionDenied, match="Sign in first"):
            flagging.flag_post(person, question, reason="spam")
    assert everything() == before


@pytest.mark.parametrize("upheld, state", [(True, "upheld"), (False, "declined")])
def test_a_flag_is_settled_once_and_can_be_reopened(mo, newt, question, upheld, state):
    flag = flagging.flag_post(newt, question, reason="spam")

    settled = flagging.settle_flag(mo, flag, upheld=upheld, outcome="Looked at it")
    assert (settled.state, settled.settled_by, settled.outcome) == (state, mo, "Looked at it")
    before = everything()
    flagging.settle_flag(mo, flag, upheld=not upheld)
    assert everything() == before

    flagging.reopen_flag(mo, flag)
    assert Flag.objects.values_list("state", "settled_at", "settled_by", "outcome").get() == ("open", None, None, "")
    before = everything()
    flagging.reopen_flag(mo, flag)
    assert everything() == before


def test_a_settled_flag_stays_settled_when_its_reporter_flagged_again(mo, newt, question):
    first = flagging.flag_post(newt, question, reason="spam")
    flagging.settle_flag(mo, first, upheld=False)
    second = flagging.flag_post(newt, question, reason="spam")
    before = everything()

    flagging.reopen_flag(mo, first)

    assert second != first
    assert everything() == before


@pytest.mark.parametrize("act", [lambda who, flag: flagging.settle_flag(who, flag, upheld=True), flagging.reopen_flag])
def test_only_moderators_settle_flags(bob, newt, question, act):
    flag = flagging.flag_post(newt, question, reason="spam")
    before = everything()

    for person in (bob, newt, Guest()):
        with pytest.raises(PermissionDenied, match="Only moderators"):
            act(person, flag)
    assert everything() == before
