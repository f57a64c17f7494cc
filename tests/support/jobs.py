"""Do the jobs that wait, as the worker does, within a test."""

from unittest.mock import patch

from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult


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
    # A worker closes connections that are in the midst of a transaction, as a test's is.
    with patch("django_tasks_db.management.commands.db_worker.close_old_connections"):
        worker.run()
    failed = DBTaskResult.objects.failed().first()
    if failed is not None:
        raise AssertionError(failed.traceback)
