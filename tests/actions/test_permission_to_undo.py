"""Taking an act back asks for the permission of what that does: nobody gets by Undo what they may not do."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import User
from forum import permissions
from forum.actions import appealing, closing, flagging, messaging, moderating, sanctioning, undoing
from forum.effects.undoing import INVERSES
from forum.limits import Rules
from forum.models import LogEntry, LogText, MemberNote, SiteSettings, Suspension
from forum.permissions.undoing import ASKED
from tests.factories import make_answer, make_member
from tests.permissions.people import MO, answer, member, question
from tests.support.records import everything

LEVELS = {
    "level_to_hide": ("post.hidden", "post.deleted", "post.held", "flag.declined", "member.kept", "revision.hidden"),
    "level_to_close": ("question.closed", "question.reopened"),
    "level_to_measure": ("post.locked", "question.protected", "question.slowed"),
    "level_to_pin": ("question.pinned", "question.unpinned"),
    "level_to_put_notice": ("post.notice_put", "post.notice_taken"),
    "level_to_convert": ("post.converted",),
    "level_to_merge": ("question.merged", "question.unmerged"),
    "level_to_suspend": ("member.suspended", "member.suspension_lifted", "account.undone"),
    "level_to_write": ("member.warned", "member.noted", "member.note_lifted", "member.message_withdrawn"),
    "level_to_undo_account": ("account.undone", "account.restored", "votes.reversed"),
    "level_to_manage_tags": ("tag.renamed", "tag.merged", "tag.deleted", "synonym.approved"),
    "level_to_edit_others": ("post.edited_by_team", "post.rolled_back", "edit.approved"),
}


def entry_of(verb):
    entry = LogEntry(verb=verb, actor_id=98, post=answer() if verb == "post.converted" else question())
    if verb.partition(".")[0] in {"member", "account", "votes"}:
        entry.post, entry.member = None, member(90)
    entry.text = LogText()
    return entry


def test_every_act_that_can_be_taken_back_asks_for_something():
    assert ASKED.keys() == INVERSES.keys()


@pytest.mark.parametrize("level, verb", [(level, verb) for level, verbs in LEVELS.items() for verb in verbs])
def test_what_is_reserved_for_administrators_is_so_by_undo(level, verb):
    may = [
        bool(permissions.can_undo(MO, entry_of(verb), rules))
        for rules in (Rules(), replace(Rules(), **{level: "administrator"}))
    ]

    assert may == [True, False]


@pytest.fixture
def mia(db):
    return make_member("mia", role="moderator")


def refused(actor, verb, match):
    """Assert that `actor` does not take the last act of this kind back, and that nothing changed."""
    entry, before = LogEntry.objects.filter(verb=verb).latest("number"), everything()

    with pytest.raises(PermissionDenied, match=match):
        undoing.undo_entry(User.objects.get(pk=actor.pk), entry)

    assert everything() == before


@pytest.mark.parametrize("ability", ["everything", "voting"])
def test_nobody_ends_their_own_suspension(mo, ada, ability):
    until = timezone.now() + timedelta(days=3)
    sanctioning.suspend_member(ada, mo, until=until, reason="A pause.", ability=ability)

    refused(mo, "member.suspended", "only read until" if ability == "everything" else "You can’t suspend yourself.")


def test_moderators_leave_a_fellow_moderators_suspension_to_administrators(mo, mia, ada):
    sanctioning.suspend_member(ada, mia, until=timezone.now() + timedelta(days=3), reason="A pause.")

    refused(mo, "member.suspended", "Only an administrator")
    undoing.undo_entry(ada, LogEntry.objects.get(verb="member.suspended"))
    assert Suspension.objects.filter(lifted_at=None).count() == 0


def test_a_note_about_oneself_stays(mo, mia):
    messaging.note_member(mia, mo, text="Is on holiday.")

    refused(mo, "member.noted", "your own account")
    assert MemberNote.objects.get().lifted_at is None


def test_what_was_written_to_a_moderator_stays(mo, mia):
    messaging.write_to_member(mia, mo, text="Please be kinder.", kind="message")

    refused(mo, "member.written_to", "your own account")


def test_where_administrators_close_moderators_do_not_reopen(mo, ada, question):
    SiteSettings.objects.create(pk=1, levels={"level_to_close": "administrator"})
    closing.close_question(ada, question, reason="resolved")

    refused(mo, "question.closed", "Only administrators")


def test_an_appeal_is_not_decided_once_more_by_who_did_the_act(mo, mia, question, bob):
    answer = make_answer(question, bob)
    moderating.hide_post(mo, answer, reason="Unkind")
    appeal = appealing.appeal_act(bob, LogEntry.objects.get(verb="post.hidden"), text="It was not.")
    appealing.decide_appeal(mia, appeal, granted=False, outcome="It was.")

    refused(mo, "appeal.declined", "You did this yourself")


def test_a_granted_appeal_asks_as_well(mo, mia, ada):
    sanctioning.suspend_member(ada, mia, until=timezone.now() + timedelta(days=3), reason="A pause.")
    appeal = appealing.appeal_act(mia, LogEntry.objects.get(verb="member.suspended"), text="I was right.")
    before = everything()

    with pytest.raises(PermissionDenied, match="Only an administrator"):
        appealing.decide_appeal(mo, appeal, granted=True, outcome="Yes.")

    assert everything() == before


def test_helpers_take_back_what_they_approved(db, question, sleep):
    helper = make_member("hal", role="helper")
    sleep.helpers.add(helper)
    answer = make_answer(question, must_wait=True)
    moderating.approve_post(helper, answer)

    undoing.undo_entry(helper, LogEntry.objects.get(verb="post.approved"))

    answer.refresh_from_db()
    assert answer.status == "waiting"


def test_helpers_take_nothing_back_that_a_moderator_did(db, mo, question, sleep):
    helper = make_member("hal", role="helper")
    sleep.helpers.add(helper)
    answer = make_answer(question)
    flagging.flag_post(make_member(), answer, reason="spam")
    flagging.keep_post(mo, answer, reason="It is fine.")

    refused(helper, "post.kept", "Only moderators")
