"""Welcome a new member; let one go; make the owner."""

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.choices import Role
from accounts.models import User
from accounts.names import clean_name, name_key, validate_name
from forum import rules
from forum.choices import ReputationReason
from forum.effects import conversations, events, log, reputation
from forum.models import Bookmark, Conversation, Draft, Follow, Mail, MemberNote, Trace


@transaction.atomic
def welcome_member(member: User) -> None:
    """Give a new member the points everybody starts with; again changes nothing."""
    if member.reputation_changes.filter(reason=ReputationReason.JOINED).exists():
        return
    reputation.pay_once(member, ReputationReason.JOINED, rules.current().points_joined)
    events.record("member.joined", actor=member, member=member)


@transaction.atomic
def forget_member(member: User) -> None:
    """Forget what only the person behind a closed account could use, and what was said to them and of them."""
    Draft.objects.filter(author=member).delete()
    Bookmark.objects.filter(member=member).delete()
    Follow.objects.filter(member=member).delete()
    Trace.objects.filter(member=member).delete()
    Mail.objects.filter(member=member).delete()
    Conversation.objects.filter(member=member).delete()
    MemberNote.objects.filter(member=member).delete()
    conversations.recount(member)
    events.record("member.forgotten", actor=None, member=member)
    if log.forget_names(member):
        log.append(log.MEMBER_FORGOTTEN, actor=None, member=member)


@transaction.atomic
def make_owner(name: str, email: str, password: str) -> User:
    """Return the member of that name or address as the owner, with a confirmed address; again changes nothing.

    An empty password leaves the one there is. Raises `ValidationError` for a name or address that cannot be used.
    """
    name, email = clean_name(name), email.strip().lower()
    member: User | None = User.objects.filter(name_key=name_key(name)).first()
    other = User.objects.filter(email__iexact=email).first()
    if member is not None and other is not None and member != other:
        raise ValidationError("Another member has this address. Please use the address of the one you named.")
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
