"""Suspend and let go: one open row a member and ability, and the cached columns that say until when."""

from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from forum.choices import Ability
from forum.effects import conversations
from forum.effects.log import Facts, Inverse, Turn
from forum.models import LogEntry, Suspension

CHANGED_SINCE = "The suspension has changed since. Decide on the member’s page what should apply now."


@dataclass(frozen=True)
class Standing:
    """What the cached columns of a member should say."""

    suspended_until: datetime | None = None
    abilities_until: dict[str, str] = field(default_factory=dict)


def running(member: User, ability: str) -> Suspension | None:
    """Return the open suspension of `member` from `ability`; its date may have passed."""
    return Suspension.objects.filter(member=member, ability=ability, lifted_at=None).first()


def suspend(member: User, *, ability: str, until: datetime, reason: str, actor: User) -> Suspension:
    """Let `member` do without `ability`, in place of what ran before; lock the member first."""
    lift(member, ability, actor)
    suspension = Suspension.objects.create(member=member, ability=ability, actor=actor, until=until, reason=reason)
    recount(member)
    return suspension


def lift(member: User, ability: str, actor: User) -> bool:
    """Lift the open suspension from `ability`; False when there is none. Lock the member first."""
    open_ones = Suspension.objects.filter(member=member, ability=ability, lifted_at=None)
    is_changed = bool(open_ones.update(lifted_at=timezone.now(), lifted_by=actor))
    if is_changed:
        recount(member)
    return is_changed


def holding(member: User) -> QuerySet[Suspension]:
    """Return the suspensions of `member` whose time has not passed."""
    return Suspension.objects.filter(member=member, lifted_at=None, until__gt=timezone.now())


def hand_over(source: User, target: User, actor: User) -> Facts:
    """Let what `source` must do without hold for `target`, who is the same person; return what `hand_back` needs.

    Of two suspensions from one ability the longer one holds.
    """
    now = timezone.now()
    moved, lifted = [], []
    for suspension in holding(source).order_by("pk"):
        own = running(target, suspension.ability)
        if own is not None and own.until >= suspension.until:
            continue
        if own is not None:
            Suspension.objects.filter(pk=own.pk).update(lifted_at=now, lifted_by=actor)
            lifted.append(own.pk)
        Suspension.objects.filter(pk=suspension.pk).update(member=target)
        moved.append(suspension.pk)
    for member in (source, target):
        recount(member)
    return {"moved": moved, "lifted": lifted}


def hand_back(source: User, target: User, handed: Facts) -> None:
    """Take back what `hand_over` did, as far as nobody has changed it since."""
    held = Suspension.objects.filter(pk__in=handed.get("moved", ()), member=target)
    is_open = set(held.filter(lifted_at=None).values_list("ability", flat=True))
    held.update(member=source)
    again = Suspension.objects.filter(pk__in=handed.get("lifted", ()), ability__in=is_open)
    again.update(lifted_at=None, lifted_by=None)
    for member in (source, target):
        recount(member)


def facts(suspension: Suspension | None, ability: str) -> Facts:
    """Return what the log keeps of a suspension, or of there being none from `ability`."""
    if suspension is None:
        return {"ability": ability, "suspension": None, "until": None, "reason": ""}
    until = suspension.until.isoformat()
    return {"ability": ability, "suspension": suspension.pk, "until": until, "reason": suspension.reason}


def recount(member: User) -> None:
    """Set until when `member` does without what, from the open rows; lock the member first."""
    now = standings(member).get(member.pk, Standing())
    member.suspended_until, member.abilities_until = now.suspended_until, now.abilities_until
    User.objects.filter(pk=member.pk).update(suspended_until=now.suspended_until, abilities_until=now.abilities_until)


def standings(member: User | None = None) -> dict[int, Standing]:
    """Return what the open rows say of each member who has one, or of one member."""
    rows = Suspension.objects.filter(lifted_at=None, **({"member": member} if member is not None else {}))
    everything: dict[int, datetime] = {}
    single: dict[int, dict[str, str]] = {}
    for member_id, ability, until in rows.values_list("member_id", "ability", "until"):
        if ability == Ability.EVERYTHING:
            everything[member_id] = until
        else:
            single.setdefault(member_id, {})[ability] = until.isoformat()
    members = everything.keys() | single.keys()
    return {pk: Standing(everything.get(pk), single.get(pk, {})) for pk in members}


def _turn_back(entry: LogEntry, actor: User, reason: str) -> Turn:
    """Leave the member with exactly the suspension that was open before `entry`, or with none."""
    assert entry.member is not None  # a suspension is always of a member
    member, before, after = entry.member, entry.text.before, entry.text.after
    ability = after["ability"]
    current = running(member, ability)
    now, wanted = current.pk if current else None, before["suspension"]
    verb = "member.suspended" if wanted else "member.suspension_lifted"
    if now == wanted:
        return Turn(verb, changed=False)
    if now != after["suspension"]:
        raise ValidationError(CHANGED_SINCE)
    lift(member, ability, actor)
    if entry.undoes is not None:  # its own undo withdrew what the member was told
        conversations.give_back(entry.undoes.text.before.get("decided", {}).get("message", 0))
    if wanted:
        Suspension.objects.filter(pk=wanted).update(lifted_at=None, lifted_by=None)
        recount(member)
    return Turn(verb, before=after, after={name: before[name] for name in after})


INVERSES: dict[str, Inverse] = {"member.suspended": _turn_back, "member.suspension_lifted": _turn_back}
