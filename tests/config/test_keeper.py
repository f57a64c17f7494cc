"""The keeper: server and workers run side by side, a worker that dies is started again, and all end together."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
# A worker that says which process it is and waits; told to stop, it says so and ends. Each line is one write: all
# write to one file, and `print` with an end of its own may be two.
WORKER = """
import os, signal, sys
def say(word):
    os.write(1, f"{sys.argv[3]} {word}\\n".encode())
def stop(*_):
    say("stops")
    sys.exit(0)
signal.signal(signal.SIGTERM, stop)
say(os.getpid())
while True:
    signal.pause()
"""
SERVER = "import os, signal; os.write(1, f'server {os.getpid()}\\n'.encode()); signal.pause()"
SECONDS = 30
GRACE = 3


class Kept:
    """A keeper that runs, and what its children have said."""

    def __init__(self, process, said):
        self.process = process
        self._said = said

    def lines(self):
        return self._said.read_text().splitlines()

    def processes_of(self, name):
        return [
            int(line.split()[1]) for line in self.lines() if line.startswith(f"{name} ") and line.split()[1].isdigit()
        ]

    def end(self):
        return self.process.wait(timeout=SECONDS)


@contextmanager
def kept(folder, *server, workers=1):
    """Keep `server` and workers that only wait, until the block ends."""
    (folder / "manage.py").write_text(WORKER)
    said = folder / "said"
    keeper = ["config.keeper", "--workers", str(workers), "--name", "w", "--grace", str(GRACE)]
    command = [sys.executable, "-m", *keeper, "--", *server]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with said.open("w") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        yield Kept(process, said)
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait(timeout=SECONDS)


def until(is_so):
    """Wait until `is_so()` is true, and return what it returned."""
    deadline = time.monotonic() + SECONDS
    while not (found := is_so()):
        assert time.monotonic() < deadline, "It did not come true."
        time.sleep(0.05)
    return found


def is_alive(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def running(keeper, workers=1):
    """Wait until server and workers run; return their processes, the server's first."""
    names = ["server", *(f"w-{number}" for number in range(1, workers + 1))]
    return until(lambda: all(map(keeper.processes_of, names)) and [keeper.processes_of(name)[-1] for name in names])


def test_a_worker_that_dies_is_started_again_under_its_name(tmp_path):
    with kept(tmp_path, sys.executable, "-c", SERVER, workers=2) as keeper:
        server, first, second = running(keeper, workers=2)

        os.kill(first, signal.SIGKILL)

        again = until(lambda: keeper.processes_of("w-1")[1:])
        assert (len(again), keeper.processes_of("w-2"), keeper.processes_of("server")) == (1, [second], [server])
        assert f"Worker w-1 ended with {-signal.SIGKILL}; another starts in 0.4 s." in keeper.lines()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_whoever_says_stop_stops_all_each_once(tmp_path, number):
    with kept(tmp_path, sys.executable, "-c", SERVER, workers=2) as keeper:
        processes = running(keeper, workers=2)

        keeper.process.send_signal(number)

        assert keeper.end() == 128 + signal.SIGTERM
        assert sorted(line for line in keeper.lines() if line.endswith("stops")) == ["w-1 stops", "w-2 stops"]
        assert [pid for pid in processes if is_alive(pid)] == []


DEAF = """
import os, signal
signal.signal(signal.SIGTERM, signal.SIG_IGN)
os.write(1, f"server {os.getpid()}\\n".encode())
while True:
    signal.pause()
"""
HARD_OF_HEARING = """
import os, signal, sys
heard = []
def stop(*_):
    heard.append(1)
    if len(heard) == 2:
        os.write(1, b"server heard\\n")
        sys.exit(0)
signal.signal(signal.SIGTERM, stop)
os.write(1, f"server {os.getpid()}\\n".encode())
while True:
    signal.pause()
"""


def test_a_server_that_misses_the_first_signal_is_told_again(tmp_path):
    with kept(tmp_path, sys.executable, "-c", HARD_OF_HEARING) as keeper:
        processes = running(keeper)

        keeper.process.terminate()

        assert keeper.end() == 0
        assert "server heard" in keeper.lines()
        assert [pid for pid in processes if is_alive(pid)] == []


def test_a_server_that_does_not_hear_at_all_does_not_outlive_the_keeper(tmp_path):
    with kept(tmp_path, sys.executable, "-c", DEAF) as keeper:
        processes = running(keeper)

        keeper.process.terminate()

        assert keeper.end() == 128 + signal.SIGKILL
        assert [pid for pid in processes if is_alive(pid)] == []


def test_when_the_server_ends_all_end_with_its_code(tmp_path):
    with kept(tmp_path, sys.executable, "-c", "import time; time.sleep(1); raise SystemExit(7)") as keeper:
        assert keeper.end() == 7
        assert [pid for pid in keeper.processes_of("w-1") if is_alive(pid)] == []


def test_a_keeper_that_is_killed_leaves_nobody_behind(tmp_path):
    with kept(tmp_path, sys.executable, "-c", SERVER) as keeper:
        processes = running(keeper)

        keeper.process.kill()

        until(lambda: not any(map(is_alive, processes)))
        assert "w-1 stops" in keeper.lines()
