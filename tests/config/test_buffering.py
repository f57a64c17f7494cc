"""What is unfinished holds no thread: a real server of one process and one thread, and connections as bad as they come."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack

import pytest

from config import serve
from config.buffering import UNFINISHED_MOST_OF_ONE
from tests.support.server import ROOT, free_port

LATE = (408, "This took too long to arrive. Go back: your text is still there, and you can send it again.\n")
BUSY = (429, "Your network is sending a lot at the moment. Go back: your text is still there, and you can send it again in a minute.\n")  # fmt: skip


class Line:
    """A connection to the server, from a loopback address of its own."""

    def __init__(self, port, host="127.0.0.1"):
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=30, source_address=(host, 0))
        self._answers = self._socket.makefile("rb")

    def send(self, text, body=b""):
        self._socket.sendall(text.replace("\n", "\r\n").encode() + body)
        return self

    def begin(self, length, path="/", more=""):
        return self.send(f"POST {path} HTTP/1.1\nHost: a\nContent-Length: {length}\n{more}\n", b"x")

    def answer(self):
        """Read one answer: its status and its text."""
        status = int(self._answers.readline().split()[1])
        headers = {}
        while line := self._answers.readline().strip():
            name, _, value = line.decode().partition(": ")
            headers[name.lower()] = value
        return status, self._answers.read(int(headers["content-length"])).decode()

    def is_closed(self):
        return self._answers.read(1) == b""

    def close(self):
        self._answers.close()
        self._socket.close()


@pytest.fixture(scope="module")
def port():
    chosen = free_port()
    command = [*serve.granian("127.0.0.1", chosen)[:-1], "tests.support.echo:application"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command[command.index("--workers") + 1] = "1"
    server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=sys.stderr, start_new_session=True)
    deadline = time.monotonic() + 60
    while True:
        try:
            Line(chosen).close()
            break
        except OSError:
            assert time.monotonic() < deadline, "The server did not start."
            time.sleep(0.05)
    yield chosen
    server.send_signal(signal.SIGTERM)
    server.wait(timeout=30)


@pytest.fixture
def connect(port):
    with ExitStack() as opened:

        def connect_from(host="127.0.0.1"):
            line = Line(port, host)
            opened.callback(line.close)
            return line

        yield connect_from


def test_two_hundred_unfinished_bodies_from_four_addresses_hold_nobody_up(connect):
    held = [connect(f"127.0.0.{1 + number % 4}").begin(1000) for number in range(200)]

    assert connect().send("GET /page/ HTTP/1.1\nHost: a\n\n").answer() == (200, "GET /page/ 0 -")

    assert {line.answer() for line in held} == {LATE}
    assert all(line.is_closed() for line in held)


def test_one_address_holds_so_many_and_no_more(connect):
    held = [connect().begin(1000) for _ in range(UNFINISHED_MOST_OF_ONE)]
    refused = connect().begin(1000)

    assert refused.answer() == BUSY
    assert connect("127.0.0.2").begin(1).answer() == (200, "POST / 1 -")
    assert {line.answer() for line in held} == {LATE}
    assert connect().begin(1).answer() == (200, "POST / 1 -")


def test_two_hundred_slow_heads_and_two_hundred_who_read_nothing_hold_nobody_up(connect):
    for number in range(200):
        connect(f"127.0.0.{1 + number % 4}").send("GET / HTTP/1.1\nHo")
        connect(f"127.0.0.{1 + number % 4}").send("GET /unread/ HTTP/1.1\nHost: a\n\n")

    assert connect().send("GET /page/ HTTP/1.1\nHost: a\n\n").answer() == (200, "GET /page/ 0 -")


def test_a_body_that_comes_slowly_and_in_time_is_whole(connect):
    line = connect().begin(2_600_000, path="/upload/").send("", b"x" * 1_000_000)
    other = connect().begin(1000)

    assert other.answer() == LATE  # by then, the time for a first megabyte is over for both
    line.send("", b"x" * 1_599_999)
    assert line.answer() == (200, "POST /upload/ 2600000 -")


def test_a_connection_is_kept_for_the_next_request(connect):
    line = connect()

    said = [line.begin(1, path=f"/{number}").answer() for number in range(3)]

    assert said == [(200, "POST /0 1 -"), (200, "POST /1 1 -"), (200, "POST /2 1 -")]


def test_what_is_too_long_is_left_unread_for_the_application_to_refuse(connect):
    assert connect().begin(1_000_001).answer() == (200, "POST / 0 -")


def test_a_body_without_a_length_is_refused(connect):
    line = connect().send("POST / HTTP/1.1\nHost: a\nTransfer-Encoding: chunked\n\n1\nx\n0\n\n")

    assert line.answer() == (411, "A request with a body must give its length (Content-Length).\n")


def test_whoever_leaves_in_the_middle_changes_nothing(connect, port):
    connect().begin(1000).close()

    assert connect().begin(1, path="/after/").answer() == (200, "POST /after/ 1 -")


def test_headers_that_only_look_like_a_proxys_are_dropped(connect):
    forged = "X_Forwarded_For: 10.0.0.1\n"

    assert connect().begin(1, more=forged).answer() == (200, "POST / 1 -")
    assert connect().begin(1, more=f"X-Forwarded-For: 10.0.0.2\n{forged}").answer() == (200, "POST / 1 10.0.0.2")


def test_a_path_in_any_encoding_is_a_path(connect):
    assert connect().send("GET /%C3%A4%FF HTTP/1.1\nHost: a\n\n").answer()[0] == 200
