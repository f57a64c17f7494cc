"""Take back everything by an account, in one act that can be taken back itself."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from forum import permissions, rules
from forum.choices import ReversalKind
from forum.effects import log, reversals
from forum.models import Guest, Person, Reversal


@transaction.atomic
def undo_account(actor: Person, person: Person, *, since: datetime, reason: str) -> Reversal | None:
    """Take back what `person` posted, voted, reported and suggested since then, with the points it brought.

    None when there is nothing (left) to take back. Raises `PermissionDenied`.
    """
    permissions.require(permissions.can_undo_account(actor, person, rules.current()))
    assert isinstance(actor, User)  # can_undo_account refuses guests
    facts = reversals.everything_by(person, since)
    if not any(facts.values()):
        return None

    reversal = Reversal.objects.create(
        kind=ReversalKind.ACCOUNT,
        member=person if isinstance(person, User) else None,
        guest=person if isinstance(person, Guest) else None,
        actor=actor,
        why=[reason],
        data=reversals.take_away(facts, actor, reason),
    )
    log.append(
        "account.undone",
        actor=actor,
        member=reversal.member,
        thing=f"reversal:{reversal.pk}",
        reason=reason,
        after={name: len(ids) for name, ids in facts.items()} | {"since": since.isoformat()},
    )
    return reversal
