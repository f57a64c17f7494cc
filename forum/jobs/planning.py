"""Have the chores that are due done by a worker: each once, however many plan and however long nobody did."""

from datetime import timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from forum.jobs.chores import CHORES, run_chore
from forum.models import Chore

WAIT: Final = timedelta(hours=1)  # how long a chore may wait in the queue before it is planned anew


def settle_in() -> None:
    """Make the row of each chore that has none yet, and let none wait longer than its clock says today."""
    now = timezone.now()
    rows = [Chore(name=name, due_at=routine.when.after(now)) for name, routine in CHORES.items()]
    Chore.objects.bulk_create(rows, ignore_conflicts=True)
    for row in rows:
        Chore.objects.filter(name=row.name, due_at__gt=row.due_at).update(due_at=row.due_at)


def plan_due() -> list[str]:
    """Added to the queue what is due and not on its way already, and set when it is due again; return the names.

    Whatever was missed is done once: the next time is counted from now.
    """
    if not _due().exists():
        return []
    with transaction.atomic():
        rows = list(_due().select_for_update(skip_locked=True).order_by("name"))
        for row in rows:
            _plan(row)
    return [row.name for row in rows]


def _due() -> QuerySet[Chore]:
    now = timezone.now()
    is_free = Q(leased_until=None) | Q(leased_until__lte=now)
    return Chore.objects.filter(is_free, name__in=CHORES, due_at__lte=now)


def _plan(row: Chore) -> None:
    now, routine = timezone.now(), CHORES[row.name]
    margin = settings.JOB_LEASE_SECONDS - settings.JOB_SECONDS
    row.due_at = routine.when.after(now)
    row.leased_until = now + WAIT + timedelta(seconds=routine.seconds + margin)
    row.save(update_fields=["due_at", "leased_until"])
    run_chore.using(priority=routine.priority).enqueue(row.name, row.leased_until.isoformat())
