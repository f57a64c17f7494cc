"""How the background work is: what waits, since when, and what was given up."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Count, F, Min, When
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from forum.models import Chore

_SECONDS_SAID = 120
_LATE_SECONDS = 300


@dataclass(frozen=True)
class Queue:
    """Jobs that are due: how many, and for how many seconds the oldest has been."""

    waiting: int
    oldest_seconds: int


@dataclass(frozen=True)
class Background:
    """What an administrator sees of it first: the queue, jobs that were given up, chores that went wrong."""

    queue: Queue
    failed: int
    chores_wrong: int

    @property
    def longest_wait(self) -> str:
        """The age of the oldest job that is due, in the words of the page."""
        seconds = self.queue.oldest_seconds
        return f"{seconds} s" if seconds < _SECONDS_SAID else f"{seconds // 60:,} min"

    @property
    def is_late(self) -> bool:
        """Whether jobs wait for so long that nobody may be doing them."""
        return self.queue.oldest_seconds >= _LATE_SECONDS


def get_queue() -> Queue:
    """Return what waits now; one query, of the rows that wait."""
    now = timezone.now()
    # A job without a time of its own is due since it was put into the queue.
    since = Case(When(run_after=get_date_max(), then=F("enqueued_at")), default=F("run_after"))
    found = DBTaskResult.objects.ready().order_by().aggregate(waiting=Count("pk"), oldest=Min(since))
    return Queue(found["waiting"], _seconds(now, found["oldest"]))


def get_background() -> Background:
    """Return how the background work is; three queries."""
    failed = DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).count()
    return Background(get_queue(), failed, Chore.objects.exclude(error="").count())


def _seconds(now: datetime, since: datetime | None) -> int:
    return max(0, int((now - since).total_seconds())) if since else 0
