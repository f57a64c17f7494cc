"""PostgreSQL is stopped under a site that runs, and started again: a page meanwhile, and nothing lost afterwards."""

import time
import urllib.error
import urllib.request

import pytest

from tests.support.postgres import binaries, running_cluster
from tests.support.server import running_server

PATIENCE = 60  # seconds


def read(url):
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code, answer.read().decode()


def until(url, status):
    deadline = time.monotonic() + PATIENCE
    while (found := read(url))[0] != status:
        assert time.monotonic() < deadline, found
        time.sleep(0.2)
    return found[1]


@pytest.mark.skipif(binaries() is None, reason="This machine has no PostgreSQL server.")
def test_a_database_that_was_stopped_comes_back_by_itself():
    with running_cluster() as database, running_server(DATABASE_URL=database.url) as server:
        before = until(f"{server.url}/questions/", 200)
        database.stop()

        away = [read(f"{server.url}{path}") for path in ("/questions/", "/healthz/")]
        database.start()
        until(f"{server.url}/healthz/", 200)
        after = until(f"{server.url}/questions/", 200)
        server.manage("recount", "--check")
        lines = server.log.read_text().splitlines()

    assert [status for status, _ in away] == [503, 503]
    assert "<h1>We’ll be back in a moment</h1>" in away[0][1]
    assert after.count('role="article"') == before.count('role="article"') == 2
    assert [line for line in lines if "Traceback" in line] == []
