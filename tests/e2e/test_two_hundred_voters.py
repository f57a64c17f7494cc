"""Two hundred members vote on one answer at the same moment, each with a double click, over HTTP."""

import http.client
import json
import re
import subprocess
import sys
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from urllib.parse import urlencode, urlsplit
from zlib import crc32

import pytest

from tests.support.postgres import binaries, cluster
from tests.support.server import ROOT, running_server

VOTERS = 200
SECONDS = 120  # for one answer; the last of four hundred waits for all the others
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([A-Za-z0-9]{64})"')


@contextmanager
def server_on(engine):
    """A server whose workers write from eight threads in four processes."""
    if engine == "postgresql" and binaries() is None:
        pytest.skip("needs PostgreSQL")
    with (
        cluster() if engine == "postgresql" else nullcontext("") as database_url,
        running_server(DATABASE_URL=database_url, WORKERS="4", THREADS="2", TRUSTED_PROXIES="1") as server,
    ):
        yield server


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_two_hundred_voters_at_once_leave_an_exact_score_and_exact_points(engine):
    with server_on(engine) as server:
        before = voters(server, "make", str(VOTERS))

        answers = vote_at_once(server, before)

        after = voters(server, "look")
        recount = server.manage("recount", "--check")

    place = f"{before['page']}#a{before['answer']}"
    assert Counter(answers) == {(302, place): 2 * VOTERS}
    assert after == {
        "score": VOTERS,
        "votes": VOTERS,
        # Ten votes at 20 points bring an answer all that votes can bring.
        "author_points": before["author_points"] + 200,
        "voters_points": [points + 10 for points in before["voters_points"]],
    }
    assert recount == "All totals are correct.\n"


def voters(server, *arguments):
    """Run tests.support.voters on the server's data and return what it says."""
    command = [sys.executable, "-m", "tests.support.voters", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=server.environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def vote_at_once(server, thread):
    """Let each voter read the page, wait for all the others, and press the button twice; return every answer."""
    everybody_is_there = threading.Barrier(2 * VOTERS, timeout=SECONDS)
    host = urlsplit(server.url).netloc

    def read(session):
        page = ask(host, "GET", thread["page"], cookies=f"session={session}")
        return session, page["cookie"], TOKEN.search(page["body"]).group(1)

    def press(voter):
        session, cookie, token = voter
        everybody_is_there.wait()
        form = {"direction": "up", "csrfmiddlewaretoken": token}
        path = f"/posts/{thread['answer']}/vote/"
        answer = ask(host, "POST", path, cookies=f"session={session}; {cookie}", form=form)
        return answer["status"], answer["location"]

    with ThreadPoolExecutor(max_workers=8) as readers:
        ready = list(readers.map(read, thread["sessions"]))
    with ThreadPoolExecutor(max_workers=2 * VOTERS) as hands:
        return list(hands.map(press, [voter for voter in ready for _ in range(2)]))


def home_of(cookies):
    """Return the address from which a voter comes: two hundred people are no one household."""
    number = crc32(cookies.partition(";")[0].encode())
    return f"198.18.{number % 256}.{number // 256 % 256}"


def ask(host, method, path, *, cookies, form=None):
    """Send one request over a connection of its own and return what matters of the answer."""
    connection = http.client.HTTPConnection(host, timeout=SECONDS)
    try:
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        headers["X-Forwarded-For"] = home_of(cookies)
        connection.request(method, path, body=urlencode(form) if form else None, headers=headers)
        response = connection.getresponse()
        return {
            "status": response.status,
            "location": response.getheader("Location"),
            "cookie": (response.getheader("Set-Cookie") or "").partition(";")[0],
            "body": response.read().decode(),
        }
    finally:
        connection.close()
