"""Delete however many rows, a few at a time, so that nobody waits for it."""

from typing import Any, Final

from django.db.models import QuerySet

from accounts.transactions import atomic_with_retry

AT_ONCE: Final = 1_000


def delete_in_batches(rows: QuerySet[Any]) -> int:
    """Delete `rows`, a thousand in a transaction; return how many. Cut off, it goes on where it was the next time."""
    deleted = 0
    while ids := list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        _delete(rows, ids)
        deleted += len(ids)
    return deleted


@atomic_with_retry
def _delete(rows: QuerySet[Any], ids: list[Any]) -> None:
    still = rows.filter(pk__in=ids).values("pk")  # what changed meanwhile stays
    rows.model.objects.filter(pk__in=still).delete()
