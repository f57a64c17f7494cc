"""What each privilege needs, how far somebody is, and what is paused."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from forum.actions import sanctioning
from forum.limits import LEVELS, Rules
from forum.models import Guest, Suspension
from forum.queries.privileges import Pause, Step, get_privileges_page

pytestmark = pytest.mark.django_db
UNTIL = datetime(2999, 1, 1, tzinfo=UTC)


def rows_of(page):
    return {row.label: row for row in (*page.everybody, *page.team)}


def test_every_level_is_listed_with_what_it_needs():
    page = get_privileges_page(Guest(), Rules())

    assert {label: row.needs for label, row in rows_of(page).items()} == {
        "Read": "Open to everyone",
        "Ask": "Open to everyone",
        "Answer": "Open to everyone",
        "Comment": "Open to everyone",
        "Add pictures": "Open to everyone",
        "Suggest an edit": "Open to everyone",
        "Upvote": "With an account",
        "Bookmark and follow": "With an account",
        "Report that someone may be in danger": "Open to everyone",
        "Report to the moderators": "With an account",
        "Post without the anti-spam check": "200 points",
        "Downvote": "250 points",
        "Create a new tag": "300 points",
        "Change the tags and topic of others’ questions": "500 points",
        "Write what a tag is about": "500 points",
        "Suggest another name for a tag": "500 points",
        "Vote to close, reopen or mark as asked before": "1,500 points",
        "Edit others’ posts without review": "2,000 points",
        "See the queue of their topics": "Helpers and moderators",
        "Hide, delete and approve posts, and bring them back": "Moderators",
        "Close and reopen alone": "Moderators",
        "Lock, slow mode, limit to established members": "Moderators",
        "Pin a question": "Moderators",
        "Put a notice on a post": "Moderators",
        "Turn an answer into a comment, or the reverse": "Moderators",
        "Rename, merge, delete and reserve tags, decide on their other names": "Moderators",
        "Merge questions": "Moderators",
        "Write to members, warn them, keep notes about them": "Moderators",
        "Suspend a member": "Moderators",
        "Undo everything by an account": "Moderators",
        "Block addresses": "Administrators",
        "See network addresses": "Administrators",
        "Merge two accounts": "Administrators",
        "Erase for good": "Administrators",
        "Change roles": "Administrators",
        "Change settings, topics and pages": "Administrators",
    }
    assert len(rows_of(page)) == len(LEVELS)


def test_levels_are_those_in_force():
    page = get_privileges_page(
        Guest(), replace(Rules(), level_to_ask="member", level_to_retag="1", has_downvotes=False)
    )

    rows = rows_of(page)
    assert (rows["Ask"].needs, rows["Change the tags and topic of others’ questions"].needs) == (
        "With an account",
        "1 point",
    )
    assert "Downvote" not in rows


def test_a_guest_reads_what_an_account_brings(django_assert_num_queries):
    with django_assert_num_queries(0):
        page = get_privileges_page(Guest(), Rules())

    assert (page.is_member, page.next, page.pauses) == (False, None, ())
    assert page.brings == ("Upvote", "Bookmark and follow", "Report to the moderators")
    assert [row.label for row in rows_of(page).values() if row.is_reached or row.standing != row.needs] == []


def test_a_member_sees_what_they_have_and_what_is_next(newt, django_assert_num_queries):
    with django_assert_num_queries(1):
        page = get_privileges_page(newt, Rules())

    rows = rows_of(page)
    assert page.next == Step(100, 200, ("Post without the anti-spam check",))
    assert page.next.words == "100 of 200 points"
    assert (rows["Upvote"].is_reached, rows["Upvote"].standing) == (True, "With an account")
    assert (rows["Downvote"].is_reached, rows["Downvote"].standing) == (False, "100 of 250 points")
    assert (rows["Suspend a member"].is_reached, rows["Suspend a member"].standing) == (False, "Moderators")


def test_what_opens_at_the_same_points_is_named_together(newt):
    page = get_privileges_page(newt, replace(Rules(), level_to_skip_checks="150", level_to_vote_down="150"))

    assert page.next == Step(100, 150, ("Post without the anti-spam check", "Downvote"))


def test_points_below_zero_are_shown_as_none(newt):
    newt.reputation = -30

    page = get_privileges_page(newt, Rules())

    assert (page.next.words, rows_of(page)["Downvote"].standing) == ("0 of 200 points", "0 of 250 points")


def test_who_has_all_of_it_has_nothing_next(bob, mo):
    assert [get_privileges_page(person, Rules()).next for person in (bob, mo)] == [None, None]


def test_a_moderator_has_what_moderators_do_and_nothing_of_the_administrators(mo):
    team = get_privileges_page(mo, Rules()).team

    assert {row.needs: row.is_reached for row in team} == {
        "Helpers and moderators": True,
        "Moderators": True,
        "Administrators": False,
    }


def test_a_suspended_member_reads_what_is_paused_until_when_and_why(newt, mo):
    Suspension.objects.create(member=newt, actor=mo, ability="voting", until=UNTIL, reason="Votes for a friend.")
    sanctioning.suspend_member(mo, newt, until=UNTIL, reason="A rest.")
    newt.refresh_from_db()

    assert set(get_privileges_page(newt, Rules()).pauses) == {
        Pause("You can only read until 1 January 2999.", "A rest."),
        Pause("You can’t vote until 1 January 2999.", "Votes for a friend."),
    }


@pytest.mark.parametrize("columns", [{"until": datetime(2020, 1, 1, tzinfo=UTC)}, {"lifted_at": UNTIL}])
def test_what_is_over_is_not_shown(columns, newt, mo):
    Suspension.objects.create(member=newt, actor=mo, **{"until": UNTIL, "reason": "Over.", **columns})

    assert get_privileges_page(newt, Rules()).pauses == ()


def test_what_is_paused_is_said_beside_it(bob):
    bob.abilities_until = {"voting": UNTIL.isoformat()}

    everybody = get_privileges_page(bob, Rules()).everybody

    assert [row.label for row in everybody if row.is_paused] == ["Upvote", "Downvote"]


@pytest.mark.parametrize("columns", [{"suspended_until": UNTIL}, {"must_acknowledge": True}])
def test_who_may_only_read_for_a_time_reads_and_saves(columns, newt):
    for name, value in columns.items():
        setattr(newt, name, value)

    everybody = get_privileges_page(newt, Rules()).everybody

    assert [row.label for row in everybody if row.is_reached and not row.is_paused] == ["Read", "Bookmark and follow"]
