"""The worker: does the jobs that are due, plans the chores, and takes back what workers left that are gone."""

import logging
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Final

from django.db import InterfaceError, OperationalError, connections, reset_queries
from django_tasks.base import TaskContext
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from forum.jobs import outcomes, planning
from forum.jobs.limits import seconds_of

SLEEP: Final = 0.5  # seconds between two looks at an empty queue
TASKS_A_TURN: Final = 100  # jobs, and then a look at the clock
_LOOK_FOR_LOST: Final = 15  # seconds between two looks for jobs of workers that are gone
_OUTAGE_PAUSE: Final = 5

logger = logging.getLogger("forum.jobs")


class JobTimeout(KeyboardInterrupt):
    """The job has taken as long as it may.

    As Ctrl-C does, it passes every `except Exception`, and psycopg takes back the query that runs.
    """


class Worker(db_worker.Worker):
    """The library's worker with time limits, retries and leases. One of a name runs at a time."""

    def __init__(self, worker_id: str) -> None:
        super().__init__(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=TASKS_A_TURN,
            worker_id=worker_id,
            excluded_queue_names=[],
        )
        self._looked_for_lost = 0.0

    def work(self) -> None:
        """Work until somebody says stop; a database that is away is waited for."""
        while self.running:
            try:
                self.settle_in()
                while self.running:
                    if not self.turn():
                        time.sleep(SLEEP)
            except (OperationalError, InterfaceError) as error:
                logger.warning("The database is away: %s", str(error).strip())
                connections.close_all()
                self._pause(_OUTAGE_PAUSE)

    def settle_in(self) -> None:
        """Take back what this worker, or the one before it of the same name, had begun."""
        lost = outcomes.take_back_own(self.worker_id)
        if lost:
            logger.warning("%d begun by a worker of this name taken back.", lost)
        planning.settle_in()

    def turn(self) -> bool:
        """Plan what is due, take back what was lost, do some jobs; return whether there were any."""
        reset_queries()  # which DEBUG keeps
        planning.plan_due()
        self._take_back()
        # Looked for before anything is claimed: claiming locks the whole of an SQLite file.
        if not DBTaskResult.objects.ready().exists():
            return False
        self._run_tasks = 0
        self.run()
        return self._run_tasks > 0

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """Stop after the job that runs; a second Ctrl-C stops at once, and the job is begun again by another."""
        if signum == signal.SIGINT and not self.running:
            sys.exit(1)
        self.running = False

    def run_task(self, db_task_result: DBTaskResult[Any, Any]) -> None:
        """Do one claimed job within its time and note what became of it."""
        job, self.running_task = db_task_result, True
        try:
            with _time_limit(seconds_of(job)):
                value = _call(job)
            outcomes.note_success(job, value)
        except SystemExit:
            raise  # the job stays begun, and is taken back
        except BaseException as error:  # noqa: BLE001  whatever a job raises is noted with it
            self._note_failure(job, error)
        finally:
            self.running_task = False
            self._run_tasks += 1

    def _note_failure(self, job: DBTaskResult[Any, Any], error: BaseException) -> None:
        # Not the error's own words: those can hold an address. They stand with the job, for administrators.
        what, path = type(error).__name__, job.task_path
        if outcomes.note_failure(job, error):
            logger.warning("Job %s (%s) failed with %s and is tried again.", job.pk, path, what)
        else:
            logger.error("Job %s (%s) failed with %s and is given up.", job.pk, path, what)

    def _take_back(self) -> None:
        if time.monotonic() - self._looked_for_lost < _LOOK_FOR_LOST:
            return
        self._looked_for_lost = time.monotonic()
        lost = outcomes.take_back_expired()
        if lost:
            logger.warning("%d begun by workers that are gone taken back.", lost)

    def _pause(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while self.running and time.monotonic() < end:
            time.sleep(SLEEP)


def _call(job: DBTaskResult[Any, Any]) -> Any:
    task, given = job.task, job.args_kwargs
    context: list[Any] = [TaskContext(task_result=job.task_result)] if task.takes_context else []  # type: ignore[arg-type]
    return task.call(*context, *given["args"], **given["kwargs"])


@contextmanager
def _time_limit(seconds: int) -> Iterator[None]:
    """Interrupt what runs for longer. Only a main thread can be interrupted: below a reloader jobs have no limit."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(_signum: int, _frame: FrameType | None) -> None:
        raise JobTimeout(f"It took longer than {seconds} seconds.")

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
