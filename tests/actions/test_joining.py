"""Welcoming members, letting them go, making the owner."""

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError

from accounts.models import User
from forum.actions import bookmarking, drafting, following, joining, messaging
from forum.actions.recounting import recount
from forum.models import Bookmark, Conversation, Draft, Follow, MemberNote, SiteSettings
from tests.factories import make_member
from tests.support.records import everything, ledger, points, verbs

pytestmark = pytest.mark.django_db


def test_a_new_member_starts_with_100_points_once():
    member = make_member("nia", points=0)

    joining.welcome_member(member)
    before = everything()
    joining.welcome_member(member)

    assert everything() == before
    assert (ledger(member), points(member)) == ([("joined", 100)], 100)
    assert verbs(member=member) == ["member.joined"]
    assert recount(check=True) == []


def test_a_new_number_is_for_those_who_join_later():
    early, late = make_member("early", points=0), make_member("late", points=0)
    joining.welcome_member(early)
    SiteSettings.objects.create(pk=1, numbers={"points_joined": 7})

    joining.welcome_member(early)
    joining.welcome_member(late)

    assert (points(early), points(late)) == (100, 7)
    assert recount(check=True) == []


def test_a_forgotten_member_leaves_no_drafts_and_nothing_saved_or_followed(ann, bob, question):
    for member in (ann, bob):
        drafting.save_draft(member, "question", None, {"title": "Why"})
        bookmarking.bookmark_post(member, question)
        following.follow(member, question)

    joining.forget_member(ann)

    assert list(Draft.objects.values_list("author", flat=True)) == [bob.pk]
    assert list(Bookmark.objects.values_list("member", flat=True)) == [bob.pk]
    assert list(Follow.objects.values_list("member", flat=True)) == [bob.pk]
    assert question.author == ann
    assert verbs(member=ann) == ["member.forgotten"]


def test_forgetting_a_member_leaves_no_message_and_no_note(ann, bob, mo):
    for member in (ann, bob):
        messaging.write_to_member(mo, member, text="Please be kind.", kind="warning")
        messaging.note_member(mo, member, text="Works for a pharmacy.")

    joining.forget_member(User.objects.get(pk=ann.pk))

    assert list(Conversation.objects.values_list("member", flat=True)) == [bob.pk]
    assert list(MemberNote.objects.values_list("member", flat=True)) == [bob.pk]
    assert recount(check=True) == []


def test_the_owner_is_a_member_with_a_confirmed_address():
    owner = joining.make_owner("Olu", " Olu@Example.org ", "a long password")

    owner = User.objects.get(pk=owner.pk)
    assert (owner.username, owner.email, owner.role) == ("Olu", "olu@example.org", "owner")
    assert owner.check_password("a long password")
    assert owner.is_superuser
    assert EmailAddress.objects.values_list("user", "email", "verified", "primary").get() == (
        owner.pk,
        "olu@example.org",
        True,
        True,
    )
    assert ledger(owner) == [("joined", 100)]
    assert verbs(member=owner) == ["member.joined", "member.made_owner"]


def test_made_owner_twice_is_one_member_with_one_welcome():
    first = joining.make_owner("Olu", "olu@example.org", "a long password")
    second = joining.make_owner("olu", "olu@example.org", "")

    assert first == second
    assert User.objects.get().check_password("a long password")
    assert (EmailAddress.objects.count(), ledger(first)) == (1, [("joined", 100)])


def test_a_member_becomes_the_owner_by_their_address(ann):
    owner = joining.make_owner("Someone else", ann.email.upper(), "")

    assert (owner, owner.username, owner.role) == (ann, "ann", "owner")


def test_a_name_and_an_address_of_two_members_are_refused(ann, bob):
    before = everything()

    with pytest.raises(ValidationError, match="Another member has this address"):
        joining.make_owner("ann", bob.email, "")
    assert everything() == before


@pytest.mark.parametrize("name", ["", "a/b", "admin"])
def test_a_name_that_cannot_be_used_makes_nobody(name):
    with pytest.raises(ValidationError):
        joining.make_owner(name, "olu@example.org", "")
    assert User.objects.count() == 0
