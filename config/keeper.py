"""Run the server and its workers side by side: `python -m config.keeper --workers 1 --name here -- server …`.

A small process that loads nothing of the site. A worker that dies is started again, under the same name; when the
server ends, or somebody says stop, all end.
"""

import ctypes
import os
import select
import signal
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import FrameType
from typing import Final

PAUSE_FIRST: Final = 0.2  # seconds before a worker that died is started again; doubled each time
PAUSE_MOST: Final = 15.0
LIVED_WELL: Final = 10.0  # a worker that lived so long had no trouble starting
GRACE: Final = 10.0  # for the job that runs when all has to end; cut off, it is done again after the next start
_LOOK_EACH: Final = 1.0
_STOP_SIGNALS: Final = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)
_PR_SET_PDEATHSIG: Final = 1  # of Linux: which signal a process is sent when its parent is gone


def main(arguments: Sequence[str] | None = None) -> int:
    """Run everything until the server ends, or until somebody says stop; return what the server returned."""
    parser = ArgumentParser(prog="config.keeper")
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--name", required=True)
    parser.add_argument("server", nargs="+")
    given = parser.parse_args(arguments)
    names = [f"{given.name}-{number}" for number in range(1, given.workers + 1)]
    return Keeper(given.server, [Worker(name) for name in names]).keep()


@dataclass
class Worker:
    """One worker: the process that runs now, and when it may be started again if none does."""

    name: str
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    start_at: float = 0.0
    pause: float = PAUSE_FIRST

    @property
    def command(self) -> list[str]:
        """How it is started."""
        return [sys.executable, "manage.py", "work", "--worker-id", self.name]


class Keeper:
    """The server, its workers, and the loop that looks after them."""

    def __init__(self, server: Sequence[str], workers: Sequence[Worker]) -> None:
        self.server_command = list(server)
        self.workers = list(workers)
        self.is_stopping = False
        self._told: set[int] = set()
        self._tie = _tie_to_parent()

    def keep(self) -> int:
        """Start everything and look after it until the server has ended."""
        woken, wake = os.pipe()
        for end in (woken, wake):
            os.set_blocking(end, False)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        for number in _STOP_SIGNALS:
            signal.signal(number, self._stop)

        server = self._start(self.server_command)
        while server.poll() is None:
            if self.is_stopping:
                self._end([server, *self._running()])
            else:
                self._look_after_workers()
            select.select([woken], [], [], self._until_next())
            _drain(woken)
        self._end_workers()
        return server.returncode if server.returncode >= 0 else 128 - server.returncode

    def _stop(self, _signum: int, _frame: FrameType | None) -> None:
        self.is_stopping = True

    def _start(self, command: Sequence[str]) -> subprocess.Popen[bytes]:
        # Nothing but two system calls runs between fork and exec, in a process that has one thread.
        return subprocess.Popen(command, preexec_fn=self._tie)  # noqa: PLW1509, S603  our own commands, no shell

    def _running(self) -> list[subprocess.Popen[bytes]]:
        return [worker.process for worker in self.workers if worker.process is not None]

    def _look_after_workers(self) -> None:
        now = time.monotonic()
        for worker in self.workers:
            if worker.process is not None and worker.process.poll() is not None:
                lived = now - worker.started_at
                worker.pause = PAUSE_FIRST if lived >= LIVED_WELL else min(worker.pause * 2, PAUSE_MOST)
                worker.start_at = now + worker.pause
                print(  # noqa: T201  where the process manager keeps it
                    f"Worker {worker.name} ended with {worker.process.returncode}; another starts in "
                    f"{worker.pause:.1f} s.",
                    file=sys.stderr,
                    flush=True,
                )
                worker.process = None
            if worker.process is None and now >= worker.start_at:
                worker.process, worker.started_at = self._start(worker.command), now

    def _until_next(self) -> float:
        if self.is_stopping:
            return _LOOK_EACH
        waits = [worker.start_at - time.monotonic() for worker in self.workers if worker.process is None]
        return max(0.0, min([_LOOK_EACH, *waits]))

    def _end(self, processes: Sequence[subprocess.Popen[bytes]]) -> None:
        """Say stop, once to each: twice may mean at once."""
        for process in processes:
            if process.pid not in self._told and process.poll() is None:
                self._told.add(process.pid)
                process.terminate()

    def _end_workers(self) -> None:
        """Let jobs that run come to their end, for a while."""
        running = self._running()
        self._end(running)
        deadline = time.monotonic() + GRACE
        for process in running:
            try:
                process.wait(timeout=max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _drain(end: int) -> None:
    with suppress(BlockingIOError):
        os.read(end, 1024)


def _tie_to_parent() -> Callable[[], None] | None:
    """Return what a child does first, so that it is told to stop even when we are killed; only Linux knows how."""
    if not sys.platform.startswith("linux"):
        return None
    prctl, parent = ctypes.CDLL(None, use_errno=True).prctl, os.getpid()

    def tie() -> None:
        prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:  # gone before we asked
            os.kill(os.getpid(), signal.SIGTERM)

    return tie


if __name__ == "__main__":
    sys.exit(main())
