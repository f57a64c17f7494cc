"""Take back what was done: one action for every act in the log."""

from accounts.transactions import atomic_with_retry
from forum.effects import undoing
from forum.models import LogEntry, Person


@atomic_with_retry
def undo_entry(actor: Person, entry: LogEntry, *, reason: str = "Undone") -> LogEntry | None:
    """Take back what `entry` says, with the cases and reports it decided; return the entry that says so.

    None when it was taken back before, or was so already. Raises `PermissionDenied`, or `ValidationError` where it
    cannot be taken back or what came later stands in the way.
    """
    return undoing.undo(actor, entry, reason=reason)


def is_undoable(entry: LogEntry) -> bool:
    """Say whether acts of this kind can be taken back at all."""
    return undoing.is_undoable(entry)
