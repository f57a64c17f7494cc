"""Limits hold across the processes of one site."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

from tests.support.server import ROOT

pytestmark = pytest.mark.exhaustive

PROCESSES = 3
WORKER = """
import sys, django
django.setup()
from forum.actions import limiting
from forum.models import Guest
limiting.is_busy("192.0.2.9")
print("ready", flush=True)
sys.stdin.readline()
done = 0
for _ in range(5):
    try:
        limiting.spend(Guest(), "192.0.2.1", "answer")
        done += 1
    except limiting.LimitReached:
        pass
print(done, flush=True)
"""


@pytest.fixture
def environment(transactional_db, engine, tmp_path):
    """What leads a process of its own to a database: that of this test, or a new file."""
    variables = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "FORUM_DATA": str(Path(tmp_path, "data"))}
    if engine == "postgresql":
        url = urlsplit(os.environ["DATABASE_URL"])
        return variables | {"DATABASE_URL": url._replace(path=f"/{connection.settings_dict['NAME']}").geturl()}
    migrate = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(migrate, cwd=ROOT, env=variables, check=True, capture_output=True)
    return variables


def start(environment):
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    return subprocess.Popen([sys.executable, "-c", WORKER], cwd=ROOT, env=environment, **pipes)


def test_processes_that_act_at_once_share_one_limit(environment):
    workers = [start(environment) for _ in range(PROCESSES)]
    ready = [worker.stdout.readline() for worker in workers]

    for worker in workers:
        worker.stdin.write("go\n")
        worker.stdin.flush()
    done = [int(worker.communicate(timeout=60)[0]) for worker in workers]

    assert ready == ["ready\n"] * PROCESSES
    assert sum(done) == 5
