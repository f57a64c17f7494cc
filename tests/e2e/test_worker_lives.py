"""The server starts its worker; killed, it is started again and does what it had left; with the server it ends."""

import os
import signal
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.support.server import running_server

SECONDS = 60
# A job that was begun by the worker of this server, and one that waits.
BEGIN = """
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from forum.jobs.chores import run_chore
begun, waits = (run_chore.enqueue("unheard-of", "").id for _ in range(2))
DBTaskResult.objects.filter(pk=begun).update(status="RUNNING", started_at=timezone.now(), worker_ids=["{name}"])
"""
SAY = """
from django_tasks_db.models import DBTaskResult
for job in DBTaskResult.objects.filter(args_kwargs__args__0="unheard-of").order_by("enqueued_at"):
    print(job.status, *job.worker_ids)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_a_worker_that_is_killed_comes_back_and_loses_no_job():
    with running_server(WORKERS="1") as server:
        pid, name = until(lambda: worker_of(server.process.pid))
        os.kill(pid, signal.SIGSTOP)
        server.manage("shell", "--verbosity", "0", "--command", BEGIN.format(name=name))
        assert health(server)[:2] == ["ok", "jobs waiting: 1"]

        os.kill(pid, signal.SIGKILL)

        until(lambda: health(server)[1] == "jobs waiting: 0")
        again, same = until(lambda: worker_of(server.process.pid))
        said = until(lambda: (found := said_of(server)).count("SUCCESSFUL") == 2 and found)
        assert (again != pid, same, said) == (
            True,
            name,
            f"SUCCESSFUL {name} (gone) {name}\nSUCCESSFUL {name}\n",
        )
        server.stop()
        assert not Path(f"/proc/{again}").exists()


def worker_of(keeper):
    """Return the process and the id of the keeper's worker."""
    children = Path(f"/proc/{keeper}/task/{keeper}/children").read_text().split()
    for child in children:
        command = Path(f"/proc/{child}/cmdline").read_text().split("\0")
        if "work" in command:
            return int(child), command[command.index("--worker-id") + 1]
    return None


def said_of(server):
    return server.manage("shell", "--verbosity", "0", "--command", SAY)


def health(server):
    with urllib.request.urlopen(server.url + "/healthz/", timeout=10) as answer:
        return answer.read().decode().splitlines()


def until(is_so):
    """Wait until `is_so()` is true, and return what it returned."""
    deadline = time.monotonic() + SECONDS
    while not (found := is_so()):
        assert time.monotonic() < deadline, "It did not come true."
        time.sleep(0.2)
    return found
