"""Suspending a member and taking that back."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.models import User
from forum.actions import answering, sanctioning, voting
from forum.actions.recounting import recount
from forum.models import Guest, LogText, Message, Suspension
from tests.support.records import everything, verbs

pytestmark = pytest.mark.django_db


@pytest.fixture
def until():
    return timezone.now() + timedelta(days=7)


def test_a_suspended_member_only_reads(mo, newt, until):
    suspension = sanctioning.suspend_member(mo, newt, until=until, reason="Spam in three posts")

    newt = User.objects.get(pk=newt.pk)
    assert (newt.suspended_until, newt.is_suspended) == (until, True)
    assert (suspension.actor, suspension.member, suspension.reason) == (mo, newt, "Spam in three posts")
    assert verbs(member=newt) == ["member.suspended"]
    assert recount(check=True) == []


def test_the_same_suspension_twice_is_one(mo, newt, until):
    sanctioning.suspend_member(mo, newt, until=until, reason="Spam")
    before = everything()

    sanctioning.suspend_member(mo, newt, until=until, reason="Spam")

    assert everything() == before


def test_another_suspension_takes_the_place_of_the_running_one(mo, newt, until):
    sanctioning.suspend_member(mo, newt, until=until, reason="Spam")
    later = until + timedelta(days=7)

    sanctioning.suspend_member(mo, newt, until=later, reason="More spam")

    assert Suspension.objects.filter(lifted_at=None).values_list("until", flat=True).get() == later
    assert User.objects.get(pk=newt.pk).suspended_until == later
    assert recount(check=True) == []


def test_lifting_lets_the_member_take_part_again_and_twice_is_once(mo, newt, until):
    sanctioning.suspend_member(mo, newt, until=until, reason="Spam")

    sanctioning.lift_suspension(mo, newt, reason="A mistake")
    before = everything()
    sanctioning.lift_suspension(mo, newt)

    assert everything() == before
    assert User.objects.get(pk=newt.pk).suspended_until is None
    assert Suspension.objects.get().lifted_by == mo
    assert verbs(member=newt) == ["member.suspended", "member.suspension_lifted"]
    assert recount(check=True) == []


def test_a_date_that_has_passed_and_no_reason_are_refused(mo, newt, until):
    before = everything()

    with pytest.raises(ValidationError, match="in the future"):
        sanctioning.suspend_member(mo, newt, until=timezone.now(), reason="Spam")
    with pytest.raises(ValidationError, match="Say why"):
        sanctioning.suspend_member(mo, newt, until=until, reason="  ")
    assert everything() == before


def test_only_moderators_suspend_and_not_themselves_or_the_team(mo, ada, bob, newt, until):
    before = everything()

    for actor, member, sentence in [
        (bob, newt, "Only moderators"),
        (Guest(), newt, "Only moderators"),
        (mo, mo, "You can’t suspend yourself."),
        (mo, ada, "Only an administrator"),
    ]:
        with pytest.raises(PermissionDenied, match=sentence):
            sanctioning.suspend_member(actor, member, until=until, reason="Spam")
        with pytest.raises(PermissionDenied, match=sentence):
            sanctioning.lift_suspension(actor, member)
    assert everything() == before


def test_an_administrator_suspends_a_moderator_who_then_decides_nothing(ada, mo, newt, until):
    sanctioning.suspend_member(ada, mo, until=until, reason="A rest")

    with pytest.raises(PermissionDenied, match="You can only read until"):
        sanctioning.suspend_member(User.objects.get(pk=mo.pk), newt, until=until, reason="Anger")


def test_the_member_is_told_what_they_do_without_until_when_and_why(mo, newt):
    until = datetime(2099, 5, 4, 12, tzinfo=UTC)

    sanctioning.suspend_member(mo, newt, until=until, reason="Votes for a friend.", ability="voting")
    sanctioning.lift_suspension(mo, newt, ability="voting")

    assert list(Message.objects.order_by("pk").values_list("conversation__member", "kind", "text")) == [
        (newt.pk, "suspension", "You can’t vote until 4 May 2099.\n\nVotes for a friend."),
        (newt.pk, "suspension", "You can vote again."),
    ]


def test_the_log_holds_what_was_before_and_after(mo, newt, until):
    suspension = sanctioning.suspend_member(mo, newt, until=until, reason="Spam", ability="asking")

    text = LogText.objects.get()
    assert (text.entry.thing, text.entry.member, text.reason) == (f"suspension:{suspension.pk}", newt, "Spam")
    none = {"ability": "asking", "suspension": None, "until": None, "reason": ""}
    assert text.before == {**none, "decided": {"message": Message.objects.get().pk}}
    assert text.after == {**none, "suspension": suspension.pk, "until": until.isoformat(), "reason": "Spam"}


def test_a_suspension_from_one_ability_leaves_the_others(mo, newt, question, until):
    sanctioning.suspend_member(mo, newt, until=until, reason="Votes for a friend", ability="voting")

    newt = User.objects.get(pk=newt.pk)
    with pytest.raises(PermissionDenied, match=f"You can’t vote until {until:%-d %B %Y}"):
        voting.cast_vote(newt, question, 1)
    assert answering.answer_question(newt, question, body="A warm drink.").is_published


def test_an_ability_nobody_knows_is_refused(mo, newt, until):
    before = everything()

    with pytest.raises(ValidationError, match="Choose what to suspend them from"):
        sanctioning.suspend_member(mo, newt, until=until, reason="Spam", ability="breathing")
    assert everything() == before
