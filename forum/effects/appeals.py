"""Decide appeals, and open them again when a decision is taken back."""

from django.utils import timezone

from accounts.models import User
from forum.choices import AppealState
from forum.effects import log
from forum.effects.log import Inverse, Turn
from forum.models import Appeal, LogEntry


def decide(appeal: Appeal, actor: User, *, granted: bool, outcome: str) -> None:
    """Say what became of an open appeal; lock it first."""
    appeal.state = AppealState.GRANTED if granted else AppealState.DECLINED
    appeal.decided_at, appeal.decided_by, appeal.outcome = timezone.now(), actor, outcome
    appeal.save(update_fields=["state", "decided_at", "decided_by", "outcome"])


def decided_by(entry: LogEntry) -> Appeal | None:
    """Return the appeal that `entry` decided or opened again, if it is about one."""
    if not entry.thing.startswith("appeal:"):
        return None
    return Appeal.objects.select_related("entry").filter(pk=_number_in(entry)).first()


def _open_again(entry: LogEntry, _actor: User, _reason: str) -> Turn:
    """Let somebody decide once more; an act that was taken back with the decision is an entry of its own."""
    decided = Appeal.objects.filter(pk=_number_in(entry)).exclude(state=AppealState.OPEN)
    changed = decided.update(state=AppealState.OPEN, decided_at=None, decided_by=None, outcome="")
    return Turn("appeal.reopened", changed=bool(changed))


def _decide_again(entry: LogEntry, actor: User, _reason: str) -> Turn:
    first = log.first_of(entry)
    appeal = Appeal.objects.filter(pk=_number_in(entry), state=AppealState.OPEN).first()
    if appeal is not None:
        decide(appeal, actor, granted=first.verb == "appeal.granted", outcome=first.text.reason)
    return Turn(first.verb, changed=appeal is not None)


def _number_in(entry: LogEntry) -> int:
    return int(entry.thing.partition(":")[2])


INVERSES: dict[str, Inverse] = {
    **dict.fromkeys(("appeal.granted", "appeal.declined"), _open_again),
    "appeal.reopened": _decide_again,
}
