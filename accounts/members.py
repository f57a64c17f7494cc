"""The one way in for what members change about themselves: each function is one transaction, and twice is once."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import IO, Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from accounts.batches import delete_in_batches
from accounts.choices import Role, TextSize, Theme
from accounts.models import User
from accounts.names import clean_name, name_key, validate_name
from accounts.signals import account_closed, account_erased, account_reopened, member_renamed
from accounts.transactions import atomic_with_retry

# Long enough to sleep over it twice, short enough to be an answer to "please forget me".
CLOSING_DAYS = 14
UNCONFIRMED_DAYS = 7  # a code lives for minutes; whoever comes later signs up anew

NAME_TAKEN = "That name is taken, or too similar to one that is. Please choose another."
PAUSED = "Your account is suspended, so you can’t change your profile at the moment."
LAST_OWNER = "You’re the only owner of this site. Make someone else an owner first."


def check_name(name: str, member: User | None = None) -> str:
    """Return the name as we keep it; refuse one that `member` (or somebody new) cannot have, with a sentence."""
    name = clean_name(name)
    validate_name(name)
    others = User.objects.filter(name_key=name_key(name))
    if member is not None:
        others = others.exclude(pk=member.pk)
    if others.exists():
        raise ValidationError(NAME_TAKEN, code="taken")
    return name


@atomic_with_retry
def save_profile(member: User, *, name: str, about: str) -> User:
    """Leave `member` with this name and this text about themselves."""
    locked = _locked(member)
    _refuse_paused(locked)
    _set_name(locked, name)
    locked.about = about
    locked.save(update_fields=["username", "name_key", "about"])
    return locked


@atomic_with_retry
def rename(member: User, name: str) -> User:
    """Leave `member` with this name."""
    locked = _locked(member)
    _set_name(locked, name)
    locked.save(update_fields=["username", "name_key"])
    return locked


def set_picture(member: User, upload: IO[bytes]) -> User:
    """Show `upload`, written anew as a small square, beside the member's name."""
    _refuse_paused(member)
    make_avatar: Callable[[IO[bytes]], Any] = import_string(settings.AVATAR_MAKER)
    try:
        # Outside the transaction: decoding takes seconds, in which nobody else could write to SQLite.
        avatar = make_avatar(upload)
    except ValueError as refusal:
        raise ValidationError(str(refusal), code="picture") from refusal
    path = f"avatars/{secrets.token_urlsafe(12)}.{avatar.extension}"
    with transaction.atomic():
        locked = _locked(member)
        _refuse_paused(locked)
        _replace_picture(locked, default_storage.save(path, ContentFile(avatar.content)))
    return locked


@atomic_with_retry
def remove_picture(member: User) -> User:
    """Show the drawn picture again."""
    locked = _locked(member)
    if locked.picture:
        _replace_picture(locked, "")
    return locked


@atomic_with_retry
def set_time_zone(member_id: int, name: str) -> None:
    """Let the clock called `name` be the one a member lives by; without a name it is the site's own."""
    User.objects.filter(pk=member_id).update(time_zone=name)


@atomic_with_retry
def set_theme(member: User, theme: str) -> None:
    """Show the site to `member` in these colours."""
    User.objects.filter(pk=member.pk).update(theme=Theme(theme))


@atomic_with_retry
def set_look(member: User, *, theme: str, text_size: str, has_wide_spacing: bool) -> None:
    """Show the site to `member` in these colours, and its text in this size and spacing."""
    look = {"theme": Theme(theme), "text_size": TextSize(text_size), "has_wide_spacing": has_wide_spacing}
    User.objects.filter(pk=member.pk).update(**look)


@atomic_with_retry
def close_account(member: User) -> User:
    """Close the account: its sessions end, its name goes from its posts; `reopen_account` undoes it for 14 days."""
    locked = _locked(member)
    if locked.closed_at is not None:
        return locked
    owners = User.objects.open().filter(role=Role.OWNER).exclude(pk=locked.pk)
    if locked.role == Role.OWNER and not owners.exists():
        raise ValidationError(LAST_OWNER, code="last_owner")
    locked.closed_at = timezone.now()
    locked.save(update_fields=["closed_at"])
    account_closed.send(sender=User, member=locked)
    return locked


@atomic_with_retry
def reopen_account(member: User) -> User:
    """Open a closed account again, with everything as it was."""
    locked = _locked(member)
    if not locked.is_active:
        raise ValidationError("This account was erased, so it can’t be reopened.", code="erased")
    if locked.closed_at is not None:
        locked.closed_at = None
        locked.save(update_fields=["closed_at"])
        account_reopened.send(sender=User, member=locked)
    return locked


def last_day(member: User) -> datetime | None:
    """Return until when a closed account can be opened again."""
    return member.closed_at and member.closed_at + timedelta(days=CLOSING_DAYS)


def finish_closing(now: datetime | None = None) -> int:
    """Erase the accounts closed 14 days ago or earlier, and return how many; erased ones stay as they are."""
    before = (now or timezone.now()) - timedelta(days=CLOSING_DAYS)
    due = User.objects.filter(closed_at__lte=before, is_active=True).order_by("pk").values_list("pk", flat=True)
    return sum(_erase(pk, before) for pk in list(due))


def forget_unconfirmed(now: datetime | None = None) -> int:
    """Delete sign-ups whose address nobody confirmed within a week, so that their names are free; return how many."""
    before = (now or timezone.now()) - timedelta(days=UNCONFIRMED_DAYS)
    never = User.objects.filter(date_joined__lt=before, last_login=None, emailaddress__verified=False)
    return delete_in_batches(never.exclude(emailaddress__verified=True).distinct())


@atomic_with_retry
def _erase(pk: int, before: datetime) -> bool:
    """Leave of the account only that it was there; False when it was reopened or erased meanwhile."""
    member = User.objects.select_for_update(no_key=True).filter(pk=pk, closed_at__lte=before, is_active=True).first()
    if member is None:
        return False
    addresses = {member.email, *EmailAddress.objects.filter(user=member).values_list("email", flat=True)} - {""}
    _replace_picture(member, "")
    member.username = f"former-member-{pk}"
    # No name can have this key, so nobody can be in the way of it.
    member.name_key = f"#{pk}"
    member.email = member.about = member.time_zone = ""
    member.mail_refused_at = None
    member.role = Role.MEMBER
    member.is_active = False
    member.last_login = None
    member.set_unusable_password()
    member.save()
    EmailAddress.objects.filter(user=member).delete()
    Authenticator.objects.filter(user=member).delete()
    SocialAccount.objects.filter(user=member).delete()
    for session in UserSession.objects.filter(user=member):
        session.end()
    account_erased.send(sender=User, member=member, addresses=sorted(addresses))
    return True


def _locked(member: User) -> User:
    locked: User = User.objects.select_for_update(no_key=True).get(pk=member.pk)
    return locked


def _refuse_paused(member: User) -> None:
    if member.is_suspended:
        raise PermissionDenied(PAUSED)


def _set_name(member: User, name: str) -> None:
    if name == member.username:
        return
    name = check_name(name, member)
    member.username, member.name_key = name, name_key(name)
    try:
        with transaction.atomic():
            member.save(update_fields=["username", "name_key"])
    except IntegrityError as error:
        # Somebody took it between the look and the save.
        raise ValidationError(NAME_TAKEN, code="taken") from error
    member_renamed.send(sender=User, member=member)


def _replace_picture(member: User, path: str) -> None:
    old, member.picture = member.picture, path
    member.save(update_fields=["picture"])
    if old:
        transaction.on_commit(lambda: default_storage.delete(old))
