"""Welcome a new member; let one go; make the owner."""

from collections.abc import Iterable
from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db.models import Q

from accounts.choices import Role
from accounts.models import User
from accounts.names import clean_name, name_key, validate_name
from accounts.transactions import atomic_with_retry
from forum import rules
from forum.choices import ReputationReason
from forum.effects import conversations, events, inboxes, log, mention_links, reputation
from forum.models import (
    Bookmark,
    Bundle,
    Category,
    Conversation,
    Draft,
    Follow,
    Mail,
    MemberBlock,
    MemberNote,
    Mention,
    Notification,
    NotificationChoice,
    Preferences,
    ReadMark,
    Trace,
)

# What is one member's alone, by a column called `member`.
_OF_A_MEMBER: tuple[Any, ...] = (
    Bookmark,
    Conversation,
    Mail,
    MemberNote,
    Mention,
    NotificationChoice,
    Preferences,
    ReadMark,
    Trace,
)


@atomic_with_retry
def welcome_member(member: User) -> None:
    """Give a new member the points everybody starts with; again changes nothing."""
    if member.reputation_changes.filter(reason=ReputationReason.JOINED).exists():
        return
    reputation.pay_once(member, ReputationReason.JOINED, rules.current().points_joined)
    events.record("member.joined", actor=member, member=member)


@atomic_with_retry
def forget_member(member: User, addresses: Iterable[str] = ()) -> None:
    """Forget what only the person behind a closed account could use, what was said to them and of them, and wished.

    `addresses` are those they had: no mail to them stays in the queue, whoever it was written for.
    """
    for table in _OF_A_MEMBER:
        table.objects.filter(member=member).delete()
    Draft.objects.filter(author=member).delete()
    Follow.objects.filter(Q(member=member) | Q(person=member)).delete()
    MemberBlock.objects.filter(Q(member=member) | Q(blocked=member)).delete()
    for topic in Category.objects.filter(helpers=member):
        topic.helpers.remove(member)
    Notification.objects.filter(recipient=member).delete()
    Bundle.objects.filter(recipient=member).delete()
    for address in addresses:
        Mail.objects.filter(address__iexact=address).delete()
    inboxes.recount_unread([member.pk])
    conversations.recount(member)
    events.record("member.forgotten", actor=None, member=member)
    if log.forget_names(member):
        log.append(log.MEMBER_FORGOTTEN, actor=None, member=member)


@atomic_with_retry
def relink_member(member: User) -> None:
    """Let every name that means `member` lead to their page as it is now, or nowhere once they have left."""
    mention_links.relink(member)


@atomic_with_retry
def make_owner(name: str, email: str, password: str) -> User:
    """Return the member of that name or address as the owner, with a confirmed address; again changes nothing.

    An empty password leaves the one there is. Raises `ValidationError` for a name or address that cannot be used.
    """
    name, email = clean_name(name), email.strip().lower()
    member: User | None = User.objects.filter(name_key=name_key(name)).first()
    other = User.objects.filter(email__iexact=email).first()
    if member is not None and other is not None and member != other:
        raise ValidationError("Another member has this address. Use the email address of the member you named.")
    member = member or other
    if member is None:
        validate_name(name)
        member = User(username=name, name_key=name_key(name))
        member.set_unusable_password()
    member.email, member.role = email, Role.OWNER
    if password:
        member.set_password(password)
    member.save()
    address, _ = EmailAddress.objects.update_or_create(user=member, email=email, defaults={"verified": True})
    address.set_as_primary()
    welcome_member(member)
    events.record("member.made_owner", actor=None, member=member)
    return member
