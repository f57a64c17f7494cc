"""Keep addresses, networks, e-mail addresses and domains out until a date; let them in again."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from accounts.transactions import atomic_with_retry
from forum import permissions, rules
from forum.effects import blocks, log
from forum.models import Block, Person


@atomic_with_retry
def set_block(actor: Person, *, kind: str, value: str, until: datetime, reason: str, own_address: str = "") -> Block:
    """Let nobody write, vote or sign up from `value` until a date; the same again changes nothing.

    A block of the same that holds is replaced. Raises `PermissionDenied`, or `ValidationError` for what cannot be
    blocked, and for what would keep out the team, or `actor`, who comes from `own_address`.
    """
    permissions.require(permissions.can_block(actor, rules.current()))
    value = blocks.normal_value(kind, value)
    blocks.check_harmless(kind, value, own_address)
    if until <= timezone.now():
        raise ValidationError({"until": "Choose a date in the future."})
    if not reason.strip():
        raise ValidationError({"reason": "Say why, in a sentence."})

    block, facts = blocks.put(kind, value, _member(actor), until, reason)
    if facts is not None:
        _log("block.set", actor, block, reason, facts)
    return block


@atomic_with_retry
def lift_block(actor: Person, block: Block, *, reason: str = "") -> Block:
    """Let whom `block` kept out take part again; a lifted one stays as it is."""
    permissions.require(permissions.can_block(actor, rules.current()))
    if blocks.let_in(block, _member(actor)):
        _log("block.lifted", actor, block, reason, {"block": block.pk, "replaced": None})
    return Block.objects.get(pk=block.pk)


def _log(verb: str, actor: Person, block: Block, reason: str, facts: log.Facts) -> None:
    # The value itself stands in the words that can be erased, and administrators alone read it there.
    names = {"kind": block.kind, "value": block.value}
    log.append(verb, actor=actor, thing=f"block:{block.pk}", reason=reason, before=facts, names=names)


def _member(actor: Person) -> User:
    assert isinstance(actor, User)  # permissions refuse guests before this is asked
    return actor
