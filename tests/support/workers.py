"""Worker processes of their own, killed while they work."""

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from contextlib import contextmanager, suppress
from pathlib import Path

from django.db import connection
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from tests.support.jobs import pass_time

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120
LOOK_EACH = 0.01
CUT_WITHIN = 0.06  # seconds


@contextmanager
def own_database(folder):
    """Let the test, on either engine, share its database with other processes; yield the environment they need."""
    environment = {**os.environ, "FORUM_DATA": str(folder), "SECRET_KEY": "k" * 50}
    if connection.vendor == "postgresql":
        server = environment["DATABASE_URL"].rpartition("/")[0]
        yield environment | {"DATABASE_URL": f"{server}/{connection.settings_dict['NAME']}"}
        return
    # In memory it is nobody else's: copy it into a file, and look at that one for the time being.
    connection.ensure_connection()
    in_memory, name, file = connection.connection, connection.settings_dict["NAME"], Path(folder, "forum.sqlite3")
    with suppress(FileNotFoundError):
        file.unlink()
    connection.connection, connection.settings_dict["NAME"] = None, str(file)
    connection.ensure_connection()
    try:
        in_memory.backup(connection.connection)
        yield environment
    finally:
        connection.close()
        connection.connection, connection.settings_dict["NAME"] = in_memory, name


class Workers:
    """One worker at a time: `manage.py work`."""

    def __init__(self, environment):
        self.nursery = subprocess.Popen(
            [sys.executable, "-m", "tests.support.worker_nursery"],
            cwd=ROOT,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.pid = 0

    def start(self, name):
        self.nursery.stdin.write(f"{name}\n")
        self.nursery.stdin.flush()
        self.pid = int(self.nursery.stdout.readline())

    def end(self, how):
        with suppress(ProcessLookupError):
            os.kill(self.pid, how)
        _wait_until(lambda: not _lives(self.pid))
        self.pid = 0

    def close(self):
        if self.pid:
            self.end(signal.SIGKILL)
        self.nursery.stdin.close()
        self.nursery.wait(timeout=PATIENCE)
        self.nursery.stdout.close()


def kill_while(environment, *, kills, bring, targets):
    """Kill a worker while it does what `bring` brings each time, then another; at last let one do all that is left.

    `targets` are jobs, each with a number: in turn, two workers are killed within or soon after one of their first so
    many jobs of that kind. Every other comes at once under the name of the one before, and takes back what that had
    begun; the rest come an hour later, when all leases are over. Return how many jobs of each kind were cut off.
    """
    workers, chance, cut = Workers(environment), random.Random(5), Counter()
    try:
        for number in range(kills):
            (job, most), since = targets[number // 2 % len(targets)], timezone.now()
            workers.start(f"worker {number // 2}")
            bring(number)
            goal = chance.randint(1, most)
            _wait_until(lambda: _begun(job, since) >= goal or _is_idle())  # noqa: B023  asked before the next turn
            time.sleep(chance.uniform(0, CUT_WITHIN))
            workers.end(signal.SIGKILL)
            cut.update(path.rpartition(".")[2] for path in _in_hand())
            if number % 2:
                pass_time(hours=1)
        while not _is_finished():
            workers.start("the last")
            _wait_until(_is_idle)
            workers.end(signal.SIGTERM)
            pass_time(hours=1)
    finally:
        workers.close()
    return cut


def _begun(job, since):
    return DBTaskResult.objects.filter(task_path=job.module_path, started_at__gte=since).count()


def _in_hand():
    return list(DBTaskResult.objects.running().values_list("task_path", flat=True))


def _is_idle():
    """Say whether nothing is due, and nothing was begun that has not ended."""
    return not DBTaskResult.objects.running().exists() and not DBTaskResult.objects.ready().exists()


def _is_finished():
    return not DBTaskResult.objects.filter(status__in=[TaskResultStatus.READY, TaskResultStatus.RUNNING]).exists()


def _wait_until(comes):
    deadline = time.monotonic() + PATIENCE
    while not comes():
        assert time.monotonic() < deadline, "It did not come."
        time.sleep(LOOK_EACH)


def _lives(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
