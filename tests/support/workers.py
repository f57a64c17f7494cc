"""Worker processes of their own, killed while they work."""

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from pathlib import Path

from django.core.management import get_commands
from django.db import connection
from django_tasks_db.models import DBTaskResult

from tests.support.jobs import pass_time

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 120
LOOK_EACH = 0.02
STUCK = 0.5  # seconds without progress: what is left waits for its time


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
    """One worker at a time."""

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

    def start(self):
        self.nursery.stdin.write("\n")
        self.nursery.stdin.flush()
        self.pid = int(self.nursery.stdout.readline())

    def end(self, how):
        """End the worker; what it had in hand goes back to the queue, as once its lease is over."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, how)
        _wait_until(lambda: not _lives(self.pid))
        self.pid = 0
        if not _is_ours():
            DBTaskResult.objects.filter(status="RUNNING").update(status="READY")

    def close(self):
        if self.pid:
            self.end(signal.SIGKILL)
        self.nursery.stdin.close()
        self.nursery.wait(timeout=PATIENCE)
        self.nursery.stdout.close()


def kill_while(environment, *, kills, progress, is_done):
    """Kill the worker `kills` times while `progress` grows, each time after a little more; then let it finish."""
    workers, chance = Workers(environment), random.Random(5)
    try:
        for _ in range(kills):
            workers.start()
            goal = progress() + chance.randint(3, 20)
            _wait_until(lambda: progress() >= goal, unless_stuck=progress)  # noqa: B023  asked before the next turn
            workers.end(signal.SIGKILL)
            pass_time(hours=1)
        while not is_done():
            workers.start()
            _wait_until(is_done, unless_stuck=progress)
            workers.end(signal.SIGTERM)
            pass_time(hours=1)
    finally:
        workers.close()


def _wait_until(comes, *, unless_stuck=None):
    deadline, seen, seen_at = time.monotonic() + PATIENCE, None, time.monotonic()
    while not comes():
        assert time.monotonic() < deadline, "It did not come."
        if unless_stuck is not None:
            now = unless_stuck()
            if now != seen:
                seen, seen_at = now, time.monotonic()
            elif time.monotonic() - seen_at > STUCK:
                return
        time.sleep(LOOK_EACH)


def _lives(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _is_ours():
    """Say whether the project has a worker of its own, which takes back what one of its name left half done."""
    return "work" in get_commands()
