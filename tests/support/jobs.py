"""Do the jobs that wait, as the worker does, within a test."""

from datetime import timedelta
from unittest.mock import patch

from django.db.models import F
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult, get_date_max

from forum.models import Mail


def run_jobs():
    """Do every job that is due, and those that they bring; fail with the trace of one that failed."""
    worker = Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="tests",
        excluded_queue_names=[],
    )
    # The worker lets go of its connection between jobs; within a test that would be the test's own.
    with patch("django_tasks_db.management.commands.db_worker.close_old_connections"):
        worker.run()
    failed = DBTaskResult.objects.failed().first()
    if failed is not None:
        raise AssertionError(failed.traceback)


def pass_time(**time):
    """Let what waits for later, and what is leased, be due as if `time` (minutes=5) had passed; no worker may run."""
    span = timedelta(**time)
    Mail.objects.queued().update(due_at=F("due_at") - span)
    Mail.objects.exclude(leased_until=None).update(leased_until=F("leased_until") - span)
    DBTaskResult.objects.filter(status="READY").exclude(run_after=get_date_max()).update(
        run_after=F("run_after") - span
    )
    DBTaskResult.objects.running().update(started_at=F("started_at") - span)
