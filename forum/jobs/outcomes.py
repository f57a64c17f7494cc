"""What becomes of a job: done, tried again later, given up; and taken back from a worker that is gone.

A claim leaves the worker's id in `worker_ids`. Of a worker that was gone before the job ended the id is marked, so that
failures and lost workers are counted apart: a failure is the job's own, a worker may be killed for any reason.
"""

from datetime import datetime, timedelta
from traceback import format_exception
from typing import Any, Final

from django.conf import settings
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks.utils import normalize_json
from django_tasks_db.models import DBTaskResult, DBTaskResultQuerySet, get_date_max
from django_tasks_db.utils import retry

from accounts.transactions import atomic_with_retry
from forum.jobs.limits import seconds_of

PAUSES: Final = (10, 60, 300, 1800)  # seconds until a job that failed is tried again; after the last it is given up
LOST_MOST: Final = 25
GONE: Final = " (gone)"
_LOST_AT_ONCE: Final = 3  # a machine that goes down takes its jobs along; one that kills each time has to wait
_LOST_PAUSE_MOST: Final = 60


class WorkerLost(Exception):  # noqa: N818  it is a fact about the worker
    """The worker was gone before the job ended."""


def failures_of(job: DBTaskResult[Any, Any]) -> int:
    """Return how often the job was begun by workers that lived to see its end."""
    return len(job.worker_ids) - losses_of(job)


def losses_of(job: DBTaskResult[Any, Any]) -> int:
    """Return how often the worker was gone before the job ended."""
    return sum(worker.endswith(GONE) for worker in job.worker_ids)


@retry()
def note_success(job: DBTaskResult[Any, Any], value: Any) -> None:
    """Note that the job is done, unless it was taken from us meanwhile; `TypeError` for what is no JSON."""
    _ours(job).update(
        status=TaskResultStatus.SUCCESSFUL,
        finished_at=timezone.now(),
        return_value=normalize_json(value),
        exception_class_path="",
        traceback="",
    )


@retry()
def note_failure(job: DBTaskResult[Any, Any], error: BaseException) -> bool:
    """Note why the job failed; have it tried again later, or give it up. Return whether it is tried again."""
    tried = failures_of(job)
    kept = {
        "exception_class_path": f"{type(error).__module__}.{type(error).__qualname__}",
        "traceback": "".join(format_exception(error)),
    }
    if tried <= len(PAUSES):
        later = timezone.now() + timedelta(seconds=PAUSES[tried - 1])
        _ours(job).update(status=TaskResultStatus.READY, run_after=later, **kept)
        return True
    _ours(job).update(status=TaskResultStatus.FAILED, finished_at=timezone.now(), **kept)
    return False


def take_back_own(worker_id: str) -> int:
    """Put back what a worker of this name has begun; it begins anew, so that nothing of it runs. Return how many."""
    return sum(_take_back(job) for job in _running() if job.worker_ids and job.worker_ids[-1] == worker_id)


def take_back_expired() -> int:
    """Put back what has run for longer than it may: nobody works on it any more. Return how many."""
    now = timezone.now()
    return sum(_take_back(job) for job in _running() if now > _end_of_lease(job))


def _running() -> list[DBTaskResult[Any, Any]]:
    return list(DBTaskResult.objects.running().order_by("started_at"))


def _end_of_lease(job: DBTaskResult[Any, Any]) -> datetime:
    assert job.started_at is not None  # claiming sets it
    begun: datetime = job.started_at
    return begun + timedelta(seconds=seconds_of(job) + settings.JOB_LEASE_SECONDS - settings.JOB_SECONDS)


@atomic_with_retry
def _take_back(job: DBTaskResult[Any, Any]) -> bool:
    job.worker_ids = [*job.worker_ids[:-1], job.worker_ids[-1] + GONE]
    lost = losses_of(job)
    kept = {
        "worker_ids": job.worker_ids,
        "exception_class_path": f"{WorkerLost.__module__}.{WorkerLost.__qualname__}",
        "traceback": f"The worker was gone before the job ended. That happened {lost} times.",
    }
    if lost >= LOST_MOST:
        kept["traceback"] = (
            f"{lost} workers were gone before this job ended: it may be what ends them. It does not begin by itself."
        )
        changed = _ours(job).update(status=TaskResultStatus.FAILED, finished_at=timezone.now(), **kept)
    else:
        changed = _ours(job).update(status=TaskResultStatus.READY, run_after=_after_loss(lost), **kept)
    return bool(changed)


def _after_loss(lost: int) -> datetime:
    if lost <= _LOST_AT_ONCE:
        return get_date_max()  # which is how a job says "at once"
    return timezone.now() + timedelta(seconds=min(2 ** (lost - _LOST_AT_ONCE), _LOST_PAUSE_MOST))


def _ours(job: DBTaskResult[Any, Any]) -> DBTaskResultQuerySet:
    """Find the job as it was claimed: whoever took it back and claimed it anew did so at another time."""
    return DBTaskResult.objects.filter(pk=job.pk, status=TaskResultStatus.RUNNING, started_at=job.started_at)
