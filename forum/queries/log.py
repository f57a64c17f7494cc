"""The log of moderation, as far as acts and their undo ask for it."""

from collections.abc import Iterable

from forum.models import LogEntry, LogHead, Person


def head_number() -> int:
    """Return the number of the last entry; 0 when there is none yet."""
    return LogHead.objects.values_list("number", flat=True).first() or 0


def get_entries_since(number: int, actor: Person) -> list[LogEntry]:
    """Return what `actor` has done since entry `number`, oldest first."""
    if not actor.is_authenticated:
        return []
    return list(LogEntry.objects.filter(number__gt=number, actor=actor.pk).order_by("number"))


def get_entries(numbers: Iterable[int]) -> list[LogEntry]:
    """Return the entries of these numbers, newest first, as far as there are any."""
    return list(LogEntry.objects.filter(number__in=list(numbers)).newest_first())
