"""Say what a member is trusted with; correct what a member shows of themselves."""

from django.core.exceptions import ValidationError

from accounts.choices import Role
from accounts.models import User
from accounts.transactions import atomic_with_retry
from forum import permissions, rules
from forum.effects import log, staff
from forum.models import Person


@atomic_with_retry
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

    before = {"role": member.role}
    staff.set_role(member, role)
    log.append(
        "member.role_changed",
        actor=actor,
        member=member,
        reason=reason,
        before=before,
        after={"role": role},
        data={"before": before["role"], "after": role},
    )
    return member


@atomic_with_retry
def correct_member(actor: Person, member: User, *, name: str, about: str) -> User:
    """Leave `member` with this name and these words about themselves; the same again changes nothing.

    Raises `PermissionDenied`, or `ValidationError` for a name that cannot be used.
    """
    member = User.objects.select_for_update(no_key=True).get(pk=member.pk)
    permissions.require(permissions.can_correct_member(actor, member, rules.current()))
    if (member.username, member.about) == (name, about):
        return member

    before = staff.shown_by(member)
    member = staff.correct(member, name=name, about=about)
    log.append(
        "member.corrected",
        actor=actor,
        member=member,
        before=before,
        after=staff.shown_by(member),
        names={"member": before["name"]},
        data={},
    )
    return member
