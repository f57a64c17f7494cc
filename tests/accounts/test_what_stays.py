"""What is left of an erased account: every column that names a member, gone or kept for a reason."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.utils import timezone

from accounts import members
from accounts.models import User
from forum.actions import bookmarking, drafting, following, messaging
from forum.choices import MailChoice, MailKind, NotificationKind
from forum.models import (
    Bundle,
    Category,
    Event,
    Mail,
    MemberBlock,
    Mention,
    Notification,
    NotificationChoice,
    Preferences,
    Question,
    ReadMark,
    Trace,
)
from tests.support.accounts import make_account

pytestmark = pytest.mark.django_db

GONE = {
    "Authenticator.user",
    "Bookmark.member",
    "Bundle.recipient",
    "Category.helpers",
    "Category_helpers.user",
    "Conversation.member",
    "Draft.author",
    "EmailAddress.user",
    "Follow.member",
    "Follow.person",
    "Mail.member",
    "MemberBlock.blocked",
    "MemberBlock.member",
    "MemberNote.member",
    "Mention.member",
    "Notification.recipient",
    "NotificationChoice.member",
    "Preferences.member",
    "ReadMark.member",
    "SocialAccount.user",
    "Trace.member",
    "UserSession.user",
}
KEPT = {
    "What they wrote stays, under no name.": "Guest.claimed_by Picture.uploader Post.author Revision.editor "
    "Suggestion.member TagRevision.editor TagSynonym.asked_by",
    "It counts for others.": "CloseVote.voter Flag.reporter ReputationChange.member Vote.voter",
    "The log of what was done stays whole.": "AccountMerge.source AccountMerge.target Appeal.member Case.member "
    "Event.actor Event.member Flag.member LogEntry.member Reversal.member Suspension.member",
    "What they did for the team is the team's.": "AccountMerge.actor Appeal.decided_by Block.actor Block.lifted_by "
    "Case.claimed_by Case.closed_by Closure.closed_by Closure.lifted_by Flag.settled_by LogEntry.actor LogEntry.user "
    "Measure.actor Measure.lifted_by MemberNote.author Merge.actor Merge.lifted_by Message.author Post.edited_by "
    "Removal.actor Removal.lifted_by Reversal.actor Reversal.lifted_by Revision.hidden_by Suggestion.decided_by "
    "Suspension.actor Suspension.lifted_by TagChange.actor TagSynonym.decided_by",
}


def columns():
    """Return every column that names a member, by what it is called."""
    found = User._meta.get_fields(include_hidden=True)
    relations = [each for each in found if each.auto_created and not each.concrete]
    return {f"{each.related_model.__name__}.{each.field.name}": each for each in relations}


def naming(member):
    """Return which columns name `member`."""
    named = {
        name: each.related_model._base_manager.filter(**{each.field.name: member}) for name, each in columns().items()
    }
    return {name for name, rows in named.items() if rows.exists()}


@pytest.fixture
def filled(bob, mo, question, sleep):
    """An account with a row of everything that must go with it."""
    avery = make_account("Avery", email="avery@example.org", time_zone="Europe/Lisbon", unread_notifications=1)
    sleep.helpers.add(avery)
    drafting.save_draft(avery, "question", None, {"title": "Why"})
    bookmarking.bookmark_post(avery, question)
    following.follow(avery, question)
    following.follow(bob, avery)
    following.mute_words(avery, ["fasting"])
    messaging.write_to_member(mo, avery, text="Be well.", kind="care")
    messaging.note_member(mo, avery, text="Works for a pharmacy.")
    MemberBlock.objects.create(member=avery, blocked=bob)
    MemberBlock.objects.create(member=bob, blocked=avery)
    Mention.objects.create(post=question, member=avery)
    ReadMark.objects.create(member=avery, question=Question.objects.get(pk=question.pk), seen_at=timezone.now())
    NotificationChoice.objects.create(member=avery, kind=NotificationKind.VOTED, mail=MailChoice.NEVER)
    bundle = Bundle.objects.create(
        recipient=avery, kind="answered", subject="post:1", count=1, latest_at=timezone.now()
    )
    event = Event.objects.create(verb="answer.posted", actor=bob, post=question)
    Notification.objects.create(event=event, recipient=avery, bundle=bundle, kind="answered", post=question)
    Mail.objects.create(key="one", kind=MailKind.DIGEST, address=avery.email, member=avery)
    Mail.objects.create(key="code", kind=MailKind.ACCOUNT, address="Avery@Example.org", content={"text": "123456"})
    Mail.objects.create(key="other", kind=MailKind.DIGEST, address=bob.email, member=bob)
    Trace.objects.create(member=avery, address="192.0.2.7", act="sign_up")
    Authenticator.objects.create(user=avery, type=Authenticator.Type.TOTP, data={})
    SocialAccount.objects.create(user=avery, provider="any", uid="7")
    UserSession.objects.create(user=avery, session_key="abc", ip="192.0.2.7", user_agent="A browser")
    return avery


def test_every_column_that_names_a_member_is_thought_of():
    kept = [name for names in KEPT.values() for name in names.split()]

    assert set(columns()) == GONE.union(kept)
    assert len(kept) + len(GONE) == len(columns())


def test_nothing_personal_is_left_of_an_erased_account(filled, bob):
    before = naming(filled)
    members.close_account(filled)

    members.finish_closing(timezone.now() + timedelta(days=15))

    assert GONE - before == set()
    assert naming(filled) & GONE == set()
    erased = User.objects.get(pk=filled.pk)
    assert (erased.time_zone, erased.unread_notifications, erased.unread_messages) == ("", 0, 0)
    assert list(Mail.objects.values_list("address", flat=True)) == [bob.email]
    assert (Preferences.objects.count(), Category.objects.get().helpers.count()) == (0, 0)
