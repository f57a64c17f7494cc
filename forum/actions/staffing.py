"""Say what a member is trusted with; correct what a member shows of themselves."""

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts import members
from accounts.choices import Role
from accounts.models import User
from forum import permissions, rules
from forum.effects import events
from forum.models import Person


@transaction.atomic
def change_role(actor: Person, member: User, *, role: str, reason: str) -> User:
    """Leave `member` with `role`; the same role again changes nothing.

    Raises `PermissionDenied`, or `ValidationError` for an unknown role or no reason.
    """
    member = User.objects.select_for_update(no_key=True).get(pk=member.pk)
    permissions.require(permissions.can_change_role(actor, member, role, rules.current()))
    if role not in Role.values:
        raise ValidationError({"role": "There is no such role."})
    if not reason.strip():
        raise ValidationError({"reason": "Say why, in a sentence."})
    if member.role == role:
        return member

    data = {"before": member.role, "after": role}
    member.role = role
    member.save(update_fields=["role"])
    events.record("member.role_changed", actor=actor, member=member, reason=reason, data=data)
    return member


@transaction.atomic
def correct_member(actor: Person, member: User, *, name: str, about: str) -> User:
    """Leave `member` with this name and these words about themselves; the same again changes nothing.

    Raises `PermissionDenied`, or `ValidationError` for a name that cannot be used.
    """
    member = User.objects.select_for_update(no_key=True).get(pk=member.pk)
    permissions.require(permissions.can_correct_member(actor, member, rules.current()))
    if (member.username, member.about) == (name, about):
        return member

    member = members.rename(member, name)
    member.about = about
    member.save(update_fields=["about"])
    events.record("member.corrected", actor=actor, member=member)
    return member
