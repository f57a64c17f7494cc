"""Take a case on, put it down, hand it over: so that two people do not read the same thing at once."""

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from accounts.transactions import atomic_with_retry
from forum import permissions, rules
from forum.effects import cases
from forum.limits import REASON_LENGTH
from forum.models import Case, Person

_GONE = "This case no longer exists."


@atomic_with_retry
def claim_case(actor: Person, case_id: int, *, takes_over: bool = False) -> Case:
    """Let `actor` look after a case; one of theirs stays as it is.

    Raises `PermissionDenied`, or `ValidationError` (code `decided` or `claimed`) when somebody else was quicker, unless
    the actor takes it over from them.
    """
    case = _locked(actor, case_id)
    holder = case.claimer
    if holder == actor:
        return case
    if holder is not None and not takes_over:
        raise ValidationError(f"{holder.username} is looking at this.", code="claimed")
    return _hand(case, actor)


@atomic_with_retry
def release_case(actor: Person, case_id: int) -> Case:
    """Put down a case that `actor` has claimed; one that is not theirs stays as it is."""
    case = _locked(actor, case_id)
    return _hand(case, None) if case.claimed_by == actor else case


@atomic_with_retry
def release_all(actor: Person) -> int:
    """Put down every open case that `actor` has claimed; return how many these were."""
    mine = Case.objects.open().filter(claimed_by=actor.pk) if isinstance(actor, User) else Case.objects.none()
    return mine.update(claimed_by=None, claimed_at=None)


@atomic_with_retry
def hand_over(actor: Person, case_id: int, *, to: User | None, note: str = "") -> Case:
    """Give a case to somebody else who looks after it, or, with nobody named, ask for a second moderator.

    Raises `PermissionDenied`, or `ValidationError` when somebody else holds it or the other one may not decide it.
    """
    case = _locked(actor, case_id)
    if case.claimer not in {None, actor}:
        raise ValidationError(f"{case.claimer} is looking at this.", code="claimed")
    if len(note) > REASON_LENGTH:
        raise ValidationError({"note": f"Use at most {REASON_LENGTH} characters"})
    if to is not None:
        if to == actor:
            raise ValidationError({"to": "Choose someone else."})
        may_see = Case.objects.visible_to(to).filter(pk=case.pk).exists()
        if not may_see or not permissions.can_look_after(to, case, rules.current()):
            raise ValidationError({"to": f"{to.username} doesn’t handle this kind of case."})
    case.note, case.wants_second = note.strip(), case.wants_second or to is None
    case.save(update_fields=["note", "wants_second"])
    return _hand(case, to)


def _locked(actor: Person, case_id: int) -> Case:
    """Lock and return an open case that `actor` looks after."""
    permissions.require(permissions.can_see_queue(actor, rules.current()))
    assert isinstance(actor, User)  # can_see_queue refuses guests
    case = Case.objects.select_for_update(of=("self",), no_key=True).filter(pk=case_id).first()
    if case is None or not Case.objects.visible_to(actor).filter(pk=case_id).exists():
        raise ValidationError(_GONE, code="gone")
    permissions.require(permissions.can_look_after(actor, case, rules.current()))
    if case.closed_at is not None:
        raise cases.decided_meanwhile(case)
    return case


def _hand(case: Case, to: Person | None) -> Case:
    case.claimed_by = to if isinstance(to, User) else None
    case.claimed_at = timezone.now() if to is not None else None
    case.save(update_fields=["claimed_by", "claimed_at"])
    return case
