"""What must be as it was after an act was taken back."""

from collections import Counter

from forum.models import ReputationChange
from tests.support.records import everything

_ARE_ADDED_TO = {"Event", "LogEntry", "LogText", "LogHead", "Revision", "Message", "Conversation", "ReputationChange"}
_TIMES = {"created_at", "edited_at", "last_activity_at", "last_message_at", "lifted_at", "spent_at", "closed_at"}


def standing():
    """Return all that stands, without the log, revisions, messages, lifted rows and times; the ledger as its sums."""
    rows = {name: rows for name, rows in everything().items() if name not in _ARE_ADDED_TO}
    stands = {
        name: [{key: row[key] for key in row if key not in _TIMES} for row in table if not row.get("lifted_at")]
        for name, table in rows.items()
    }
    paid = Counter()
    for line in ReputationChange.objects.all():
        paid[line.member_id, line.reason, line.post_id] += line.points
    return stands | {"paid": {cause: points for cause, points in paid.items() if points}}
