"""The cached columns of suspensions, and leaving exactly what was before."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from forum.actions import sanctioning, undoing
from forum.actions.recounting import recount
from forum.models import LogEntry, Message, Suspension

pytestmark = pytest.mark.django_db


@pytest.fixture
def until():
    return timezone.now() + timedelta(days=7)


def pauses(member):
    """Return what the member's cached columns say: until when everything, and until when which ability."""
    return User.objects.values_list("suspended_until", "abilities_until").get(pk=member.pk)


def open_ones(member):
    rows = Suspension.objects.filter(member=member, lifted_at=None).order_by("pk")
    return list(rows.values_list("pk", "ability", "until", "reason", "actor"))


def last():
    return LogEntry.objects.order_by("number").last()


def test_several_abilities_run_at_once_and_each_ends_by_itself(mo, newt, until):
    later = until + timedelta(days=1)
    sanctioning.suspend_member(mo, newt, until=until, reason="Votes for a friend", ability="voting")
    sanctioning.suspend_member(mo, newt, until=later, reason="Reports everything", ability="flagging")
    assert pauses(newt) == (None, {"voting": until.isoformat(), "flagging": later.isoformat()})
    assert recount(check=True) == []

    sanctioning.lift_suspension(mo, newt, ability="voting")

    assert pauses(newt) == (None, {"flagging": later.isoformat()})
    assert recount(check=True) == []


def test_undoing_a_suspension_leaves_none_and_withdraws_the_message(mo, newt, until):
    sanctioning.suspend_member(mo, newt, until=until, reason="Spam")

    undone = undoing.undo_entry(mo, last())

    assert undone.verb == "member.suspension_lifted"
    assert (pauses(newt), open_ones(newt)) == ((None, {}), [])
    assert list(Message.objects.filter(withdrawn_at=None)) == []
    assert recount(check=True) == []


def test_undoing_the_undo_suspends_again_and_tells_again(mo, newt, until):
    sanctioning.suspend_member(mo, newt, until=until, reason="Spam")
    before = open_ones(newt)

    again = undoing.undo_entry(mo, undoing.undo_entry(mo, last()))

    assert (again.verb, open_ones(newt), pauses(newt)) == ("member.suspended", before, (until, {}))
    assert Message.objects.filter(withdrawn_at=None).count() == 1


def test_undoing_a_longer_suspension_leaves_the_shorter_one_that_ran_before(mo, ada, newt, until):
    sanctioning.suspend_member(mo, newt, until=until, reason="Spam")
    before = open_ones(newt)
    sanctioning.suspend_member(ada, newt, until=until + timedelta(days=30), reason="More spam")

    undone = undoing.undo_entry(mo, last())

    assert (undone.verb, open_ones(newt), pauses(newt)) == ("member.suspended", before, (until, {}))
    assert recount(check=True) == []


def test_undoing_a_lift_suspends_as_before(mo, newt, until):
    sanctioning.suspend_member(mo, newt, until=until, reason="Spam", ability="asking")
    before = open_ones(newt)
    sanctioning.lift_suspension(mo, newt, ability="asking")

    undoing.undo_entry(mo, last())

    assert (open_ones(newt), pauses(newt)) == (before, (None, {"asking": until.isoformat()}))


def test_what_was_changed_since_is_not_undone(mo, newt, until):
    sanctioning.suspend_member(mo, newt, until=until, reason="Spam")
    first = last()
    sanctioning.suspend_member(mo, newt, until=until + timedelta(days=1), reason="More spam")
    before = open_ones(newt)

    with pytest.raises(ValidationError, match="changed since"):
        undoing.undo_entry(mo, first)
    assert open_ones(newt) == before


def test_what_was_lifted_already_has_nothing_to_undo(mo, newt, until):
    sanctioning.suspend_member(mo, newt, until=until, reason="Spam")
    first = last()
    sanctioning.lift_suspension(mo, newt)

    assert undoing.undo_entry(mo, first) is None
    assert pauses(newt) == (None, {})
