"""What is wrong with a machine is said in one sentence: at the start, in a command, and in the log of a server that runs."""

import resource
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest

from config import serve
from tests.support.server import ROOT, environment_of, free_port

NOTHING_THERE = "postgresql://forum@127.0.0.1:1/forum"


def run(folder, *command, limit=None, **variables):
    """Run a command of ours, with no file longer than `limit`; return how it ended and what it said."""
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={**environment_of(folder, free_port()), **variables},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        preexec_fn=limit and (lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))),
    )
    return done.returncode, (done.stdout + done.stderr).splitlines()


@pytest.mark.parametrize(
    ("variables", "said"),
    [
        ({"SECRET_KEY": "short"}, "SECRET_KEY must have at least 50 characters."),
        ({"DATABASE_URL": NOTHING_THERE}, "CommandError: DATABASE_URL: the database does not answer"),
        ({"REDIS_URL": "redis://127.0.0.1:1/0"}, "CommandError: REDIS_URL: Redis does not answer"),
    ],
)
def test_check_refuses_what_cannot_work(tmp_path, variables, said):
    code, lines = run(tmp_path, "manage.py", "check", **variables)

    assert (code, [line for line in lines if line.startswith(said)], lines.count("Traceback")) == (1, lines[-1:], 0)


def test_a_start_without_its_database_says_so(tmp_path):
    code, lines = run(tmp_path, "-m", "config.serve", DATABASE_URL=NOTHING_THERE)

    assert (code, lines[0]) == (1, "Updating the database tables …")
    assert (len(lines), lines[1].partition(":")[0]) == (2, "The database does not answer")


@pytest.mark.parametrize("limit", [1, 200_000], ids=["nothing at all", "not the tables"])
def test_a_start_on_a_full_disk_says_so_and_the_next_one_goes_well(tmp_path, limit):
    (tmp_path / "data").mkdir()

    code, lines = run(tmp_path, "manage.py", "check", limit=limit) if limit == 1 else start_full(tmp_path, limit)

    assert (code, lines[-1].partition(":")[0].partition(" or ")[0]) == (1, "The disk is full")
    assert run(tmp_path, "manage.py", "check")[0] == 0


def start_full(folder, limit):
    (folder / "data" / "forum.sqlite3").touch()  # not the tables that tests keep
    return run(folder, "-m", "config.serve", limit=limit)


def test_while_the_database_is_away_each_request_is_one_line_and_a_page(tmp_path):
    port = free_port()
    environment = {**environment_of(tmp_path, port), "DATABASE_URL": NOTHING_THERE}
    run(tmp_path, "-c", "from config.prepare import *; os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'config.settings'); django.setup(); collect_static_files()")  # fmt: skip
    with (tmp_path / "log").open("w+") as log:
        server = subprocess.Popen(serve.granian("127.0.0.1", port), cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            answers = [until_it_answers(f"http://127.0.0.1:{port}{path}") for path in ("/", "/questions/", "/healthz/")]
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=30)
        log.seek(0)
        lines = [line for line in log.read().splitlines() if "django.request" in line or "Traceback" in line]

    assert [status for status, _ in answers] == [503] * 3
    assert "<h1>We’ll be back in a moment</h1>" in answers[0][1]
    assert [line.partition("ERROR ")[2].partition(" (")[0] for line in lines] == [
        "django.request: Service Unavailable: /: the database does not answer",
        "django.request: Service Unavailable: /questions/: the database does not answer",
        "django.request: Service Unavailable: /healthz/",
    ]


def until_it_answers(url):
    deadline = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(url, timeout=30) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as answer:
            with answer:
                return answer.code, answer.read().decode()
        except OSError:
            assert time.monotonic() < deadline, "The server did not start."
            time.sleep(0.1)
