"""A start that is told to stop, at any of its steps, leaves nothing behind and nothing half done."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.server import ROOT, environment_of, free_port

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
SECONDS = 90


class Start:
    """A start in a session of its own, so that all of its processes can be found."""

    def __init__(self, folder, port):
        self.port = port
        self.said = folder / "said"
        with self.said.open("w") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "config.serve"],
                cwd=ROOT,
                env=environment_of(folder, port, WORKERS="2"),
                stdout=output,
                stderr=output,
                start_new_session=True,
            )

    def has_said(self, words):
        return words in self.said.read_text()

    def processes(self):
        """Return the processes of its session that run, by what they are."""
        found = {}
        for folder in Path("/proc").iterdir():
            try:
                state, _, _, session = (folder / "stat").read_text().rpartition(")")[2].split()[:4]
                if folder.name.isdigit() and int(session) == self.process.pid and state != "Z":
                    found[int(folder.name)] = (folder / "cmdline").read_text().replace("\0", " ")
            except OSError:
                continue
        return found

    def servers(self):
        return [
            pid for pid, command in self.processes().items() if "bin/granian" in command.partition("config.keeper")[0]
        ]

    def listens(self):
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def answers(self):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz/", timeout=10) as answer:
                return answer.status == 200
        except OSError:
            return False


STEPS = {
    "when its first words are said": lambda start: start.has_said("Updating the database"),
    "when the server is there": lambda start: len(start.servers()) == 1,
    "when its processes are there": lambda start: len(start.servers()) == 3,
    "when it listens": Start.listens,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("starts")


@contextmanager
def started(folder):
    start = Start(folder, free_port())
    try:
        yield start
    finally:
        for pid in start.processes():
            os.kill(pid, signal.SIGKILL)
        start.process.wait()


@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_told_to_stop_it_stops(folder, step):
    with started(folder) as start:
        until(lambda: step(start))

        start.process.send_signal(signal.SIGTERM)

        start.process.wait(timeout=SECONDS)
        assert start.processes() == {}


def test_killed_it_leaves_nothing_behind_and_comes_back(folder):
    with started(folder) as start:
        until(start.answers)
        before = start.servers()
        os.kill(max(before), signal.SIGKILL)
        until(lambda: max(before) not in start.servers() and len(start.servers()) == 3)
        until(start.answers)

        start.process.kill()

        until(lambda: start.processes() == {})

    with started(folder) as start:
        until(start.answers)

        os.kill(min(start.servers()), signal.SIGKILL)

        start.process.wait(timeout=SECONDS)
        until(lambda: start.processes() == {})


def until(is_so):
    deadline = time.monotonic() + SECONDS
    while not is_so():
        assert time.monotonic() < deadline, "It did not come true."
        time.sleep(0.02)
