"""Suspend a member for a time; take that back."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from forum import permissions, rules
from forum.effects import events
from forum.models import Person, Suspension


@transaction.atomic
def suspend_member(actor: Person, member: User, *, until: datetime, reason: str) -> Suspension:
    """Let `member` only read until a date in the future; a running suspension is replaced.

    Raises `PermissionDenied`, or `ValidationError` for a date that has passed or no reason.
    """
    member = User.objects.select_for_update(no_key=True).get(pk=member.pk)
    permissions.require(permissions.can_suspend(actor, member, rules.current()))
    assert isinstance(actor, User)  # can_suspend refuses guests
    if until <= timezone.now():
        raise ValidationError({"until": "Choose a date that lies ahead."})
    if not reason.strip():
        raise ValidationError({"reason": "Say why, in a sentence the member can understand."})
    running = _running(member).first()
    if running is not None and (running.until, running.reason) == (until, reason):
        return running

    _running(member).update(lifted_at=timezone.now(), lifted_by=actor)
    suspension = Suspension.objects.create(member=member, actor=actor, until=until, reason=reason)
    User.objects.filter(pk=member.pk).update(suspended_until=until)
    data = {"until": until.isoformat()}
    events.record("member.suspended", actor=actor, member=member, reason=reason, data=data)
    return suspension


@transaction.atomic
def lift_suspension(actor: Person, member: User, *, reason: str = "") -> None:
    """Let `member` take part again; one who isn't suspended stays as they are."""
    member = User.objects.select_for_update(no_key=True).get(pk=member.pk)
    permissions.require(permissions.can_suspend(actor, member, rules.current()))
    assert isinstance(actor, User)  # can_suspend refuses guests
    if _running(member).update(lifted_at=timezone.now(), lifted_by=actor):
        User.objects.filter(pk=member.pk).update(suspended_until=None)
        events.record("member.suspension_lifted", actor=actor, member=member, reason=reason)


def _running(member: User) -> QuerySet[Suspension]:
    return Suspension.objects.filter(member=member, lifted_at=None)
