"""Wanting nothing of another member, and wanting mentions or not."""

import pytest
from django.core.exceptions import PermissionDenied

from forum.actions import member_blocks
from forum.models import Event, Follow, Guest, LogEntry, MemberBlock, Preferences
from tests.support.records import everything

pytestmark = pytest.mark.django_db


def blocks():
    return list(MemberBlock.objects.values_list("member__username", "blocked__username"))


def test_block_member_twice_is_once(ann, bob):
    assert [member_blocks.block_member(ann, bob) for _ in range(2)] == [True, False]
    assert blocks() == [("ann", "bob")]


def test_a_block_holds_one_way(ann, bob):
    member_blocks.block_member(ann, bob)
    member_blocks.block_member(bob, ann)
    member_blocks.unblock_member(ann, bob)

    assert blocks() == [("bob", "ann")]


def test_unblock_member_twice_is_once(ann, bob):
    member_blocks.block_member(ann, bob)

    assert [member_blocks.unblock_member(ann, bob) for _ in range(2)] == [True, False]
    assert blocks() == []


def test_a_moderator_can_be_blocked(ann, mo):
    assert member_blocks.block_member(ann, mo) is True


def test_nothing_is_recorded(ann, bob):
    before = (Event.objects.count(), LogEntry.objects.count())

    member_blocks.block_member(ann, bob)
    member_blocks.unblock_member(ann, bob)

    assert (Event.objects.count(), LogEntry.objects.count()) == before


def test_whoever_is_blocked_is_followed_no_more(ann, bob, newt):
    for follower, person in ((ann, bob), (ann, newt), (bob, ann)):
        Follow.objects.create(member=follower, person=person)

    member_blocks.block_member(ann, bob)

    assert set(Follow.objects.values_list("member__username", "person__username")) == {("ann", "newt"), ("bob", "ann")}


def test_nobody_blocks_themselves_and_guests_block_nobody(ann, bob):
    before = everything()

    with pytest.raises(PermissionDenied, match=r"^You can’t block yourself\.$"):
        member_blocks.block_member(ann, ann)
    with pytest.raises(PermissionDenied, match=r"^Sign in first\."):
        member_blocks.block_member(Guest(), bob)
    with pytest.raises(PermissionDenied, match=r"^Sign in first\."):
        member_blocks.unblock_member(Guest(), bob)

    assert everything() == before


def test_choose_mentions_leaves_the_other_choices(ann):
    Preferences.objects.create(member=ann, muted_words="work")

    member_blocks.choose_mentions(ann, wanted=False)
    member_blocks.choose_mentions(ann, wanted=False)

    assert list(Preferences.objects.values_list("member", "takes_mentions", "muted_words")) == [(ann.pk, False, "work")]
