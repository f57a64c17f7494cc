"""Suspend a member for a time, from everything or from one ability; take that back."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from accounts.transactions import atomic_with_retry
from forum import permissions, rules
from forum.choices import Ability, MessageKind
from forum.effects import conversations, log, suspensions
from forum.effects.log import Facts
from forum.models import Message, Person, Suspension

_AGAIN = {
    Ability.EVERYTHING: "You can take part again.",
    Ability.ASKING: "You can ask questions again.",
    Ability.ANSWERING: "You can answer again.",
    Ability.COMMENTING: "You can comment again.",
    Ability.VOTING: "You can vote again.",
    Ability.FLAGGING: "You can report posts again.",
    Ability.UPLOADING: "You can add pictures again.",
}


@atomic_with_retry
def suspend_member(
    actor: Person, member: User, *, until: datetime, reason: str, ability: str = Ability.EVERYTHING
) -> Suspension:
    """Let `member` only read, or do without one ability, until a date in the future; they are told why.

    A running suspension from the same ability is replaced. Raises `PermissionDenied`, or `ValidationError` for a date
    that has passed, an unknown ability or no reason.
    """
    member = conversations.lock([member.pk])[member.pk]
    permissions.require(permissions.can_suspend(actor, member, rules.current()))
    assert isinstance(actor, User)  # can_suspend refuses guests
    if until <= timezone.now():
        raise ValidationError({"until": "Choose a date in the future."})
    if ability not in Ability.values:
        raise ValidationError({"ability": "Choose what to suspend them from."})
    if not reason.strip():
        raise ValidationError({"reason": "Say why in a sentence the member can understand."})
    running = suspensions.running(member, ability)
    if running is not None and (running.until, running.reason) == (until, reason):
        return running

    before = suspensions.facts(running, ability)
    suspension = suspensions.suspend(member, ability=ability, until=until, reason=reason, actor=actor)
    told = _tell(actor, member, f"{permissions.pause(ability, until)}\n\n{reason}")
    log.append(
        "member.suspended",
        actor=actor,
        member=member,
        thing=f"suspension:{suspension.pk}",
        reason=reason,
        before={**before, **told},
        after=suspensions.facts(suspension, ability),
    )
    return suspension


@atomic_with_retry
def lift_suspension(
    actor: Person, member: User, *, reason: str = "", ability: str = Ability.EVERYTHING
) -> Suspension | None:
    """Let `member` take part again, or use one ability again; return what was lifted, None when nothing ran."""
    member = conversations.lock([member.pk])[member.pk]
    permissions.require(permissions.can_suspend(actor, member, rules.current()))
    assert isinstance(actor, User)  # can_suspend refuses guests
    running = suspensions.running(member, ability)
    if running is None:
        return None

    suspensions.lift(member, ability, actor)
    told = _tell(actor, member, _AGAIN[Ability(ability)]) if running.until > timezone.now() else {}
    log.append(
        "member.suspension_lifted",
        actor=actor,
        member=member,
        thing=f"suspension:{running.pk}",
        reason=reason,
        before={**suspensions.facts(running, ability), **told},
        after=suspensions.facts(None, ability),
    )
    return running


def _tell(actor: User, member: User, text: str) -> Facts:
    """Write to the member, and return what the undo needs to withdraw it."""
    message: Message | None = conversations.tell(member, text, kind=MessageKind.SUSPENSION, actor=actor)
    return {"decided": {"message": message.pk}} if message is not None else {}
