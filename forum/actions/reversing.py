"""Take back everything by an account, or votes that belong together, in one act that can be taken back itself."""

from datetime import datetime

from django.db import transaction

from accounts.models import User
from forum import permissions, rules
from forum.choices import ReversalKind
from forum.effects import log, reversals, vote_rings
from forum.effects.vote_rings import Ring
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


def reverse_vote_rings() -> int:
    """Take back the votes of the last week that belong together, with their points; return of how many voters.

    One act a voter, by nobody, with what was seen; moderators put back what was honest, and it stays.
    """
    rings = vote_rings.find(rules.current())
    for voter_id in sorted(rings):
        _reverse_votes(voter_id, rings[voter_id])
    return len(rings)


@transaction.atomic
def _reverse_votes(voter_id: int, ring: Ring) -> None:
    facts = {"posts": [], "votes": reversals.facts_of_votes(ring.votes.values()), "flags": [], "suggestions": []}
    why = list(dict.fromkeys(ring.why))
    data = reversals.take_away(facts, None, "")
    reversal = Reversal.objects.create(kind=ReversalKind.VOTES, member_id=voter_id, why=why, data=data)
    log.append(
        "votes.reversed",
        actor=None,
        member=reversal.member,
        thing=f"reversal:{reversal.pk}",
        reason=" ".join(why)[:500],
        after={"votes": len(ring.votes)},
    )
