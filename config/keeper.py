"""Run the server and its workers side by side: `python -m config.keeper --workers 1 --name here -- server …`.

A small process that loads nothing of the site. A worker that dies is started again, under the same name; when the
server ends, or somebody says stop, all end.
"""

import os
import select
import signal
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import FrameType
from typing import Final

from config.children import tie_to

PAUSE_FIRST: Final = 0.2  # seconds before a worker that died is started again; doubled each time
PAUSE_MOST: Final = 15.0
LIVED_WELL: Final = 10.0  # a worker that lived so long had no trouble starting
# For requests and the job that run when all has to end; a job that is cut off is done again after the next start. The
# server ends what still holds it up a little earlier (`serve.LAST_SECONDS`), systemd a little later (README).
GRACE: Final = 12.0
_LOOK_EACH: Final = 1.0
_STOP_SIGNALS: Final = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run everything until the server ends, or until somebody says stop; return what the server returned."""
    parser = ArgumentParser(prog="config.keeper")
    parser.add_argument("--workers", type=int, default=1, help="how many; 0 runs only the server")
    parser.add_argument("--name", required=True)
    parser.add_argument(
        "--grace", type=float, default=GRACE, help="seconds before a process that does not stop is killed"
    )
    parser.add_argument("server", nargs="+")
    given = parser.parse_args(arguments)
    names = [f"{given.name}-{number}" for number in range(1, given.workers + 1)]
    return Keeper(given.server, [Worker(name) for name in names], given.grace).keep()


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

    def __init__(self, server: Sequence[str], workers: Sequence[Worker], grace: float = GRACE) -> None:
        self.server_command = list(server)
        self.workers = list(workers)
        self.grace = grace
        self.is_stopping = False
        self._tie = tie_to(os.getpid(), signal.SIGTERM)

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
        while server.poll() is None and not self.is_stopping:
            self._look_after_workers()
            select.select([woken], [], [], self._until_next())
            _drain(woken)
        self._end(server)
        return server.returncode if server.returncode >= 0 else 128 - server.returncode

    def _stop(self, _signum: int, _frame: FrameType | None) -> None:
        self.is_stopping = True

    def _start(self, command: Sequence[str]) -> subprocess.Popen[bytes]:
        # Nothing but two system calls runs between fork and exec, in a process that has one thread.
        return subprocess.Popen(command, preexec_fn=self._tie)  # noqa: PLW1509, S603  our own commands, no shell

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
        waits = [worker.start_at - time.monotonic() for worker in self.workers if worker.process is None]
        return max(0.0, min([_LOOK_EACH, *waits]))

    def _end(self, server: subprocess.Popen[bytes]) -> None:
        """Tell all to stop, let what runs come to its end for a while, and kill what is left then.

        Workers are told once, for twice means at once to them; the server is told until it has heard: one that only
        just starts takes the signal from its parent's hands and forgets it.
        """
        workers = [worker.process for worker in self.workers if worker.process is not None]
        for process in workers:
            process.terminate()
        deadline = time.monotonic() + self.grace
        while (left := [each for each in (server, *workers) if each.poll() is None]) and time.monotonic() < deadline:
            if server in left:
                server.terminate()
            with suppress(subprocess.TimeoutExpired):
                left[0].wait(timeout=_LOOK_EACH)
        for process in left:
            process.kill()
            process.wait()


def _drain(end: int) -> None:
    with suppress(BlockingIOError):
        os.read(end, 1024)


if __name__ == "__main__":
    sys.exit(main())
