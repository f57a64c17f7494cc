"""What a moderator laid on a question, in a few words for its head."""

from dataclasses import dataclass

from forum import permissions
from forum.choices import MeasureKind
from forum.dates import day
from forum.limits import FOREVER
from forum.models import Measure, Person, Post


@dataclass(frozen=True)
class StatePill:
    """One thing that holds on the question; its author and moderators read why."""

    icon: str
    label: str
    reason: str = ""


def get_states(question: Post, *, viewer: Person) -> tuple[StatePill, ...]:
    """Return what holds on `question`; one query for its author and moderators where something does, else none."""
    labels = _labels(question)
    if not labels:
        return ()
    reasons = _reasons(question) if viewer.is_moderator or permissions.is_author(viewer, question) else {}
    return tuple(StatePill(icon, label, reasons.get(kind, "")) for kind, (icon, label) in labels.items())


def _labels(question: Post) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    until = question.locked_until
    if question.is_locked and until is not None:
        found[MeasureKind.LOCK] = ("lock", f"Locked until {day(until)}" if until < FOREVER else "Locked for now")
    if question.is_protected:
        found[MeasureKind.PROTECTION] = ("shield", "Open to established members only")
    if question.slow_minutes:
        found[MeasureKind.SLOW_MODE] = (
            "hourglass",
            f"Slow mode: one post per person every {question.slow_minutes} minutes",
        )
    if question.is_pinned:
        found[MeasureKind.PIN] = ("pin", "Pinned")
    return found


def _reasons(question: Post) -> dict[str, str]:
    return dict(Measure.objects.open().filter(post=question.pk).values_list("kind", "reason"))
