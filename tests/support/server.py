"""A real server for tests: the production server in processes of its own, on a fresh data folder and a free port."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.kept_database import kept_file

ROOT = Path(__file__).resolve().parent.parent.parent
START_SECONDS = 120


@dataclass(frozen=True)
class Server:
    """A running forum: where it is, and the environment that reaches its data."""

    url: str
    environment: dict[str, str]
    log: Path
    process: subprocess.Popen

    def manage(self, *arguments: str) -> str:
        """Run a manage.py command on this server's data and return what it said."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def stop(self) -> None:
        """Stop the server as a machine that shuts down does; its data stay until the block ends."""
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=30)


@contextmanager
def running_server(**variables: str) -> Iterator[Server]:
    """Serve a seeded forum until the block ends; `variables` (DATABASE_URL, WORKERS, …) vary it.

    It begins with the empty tables that earlier tests kept, where they are, for migrating takes as long as all the rest.
    """
    with tempfile.TemporaryDirectory(prefix="forum-server-") as folder:
        port = free_port()
        environment = environment_of(Path(folder), port, **variables)
        log = Path(folder, "log")
        with log.open("w") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", "config.serve"],
                cwd=ROOT,
                env=environment,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        server = Server(f"http://127.0.0.1:{port}", environment, log, process)
        try:
            _wait_until_it_answers(server, process)
            yield server
        finally:
            _stop(process)


def environment_of(folder: Path, port: int, **variables: str) -> dict[str, str]:
    """Return what a forum on `port` is started with, and lay its tables into the folder's data if none are there."""
    data = folder / "data"
    data.mkdir(exist_ok=True)
    if (kept := kept_file()).exists() and not (data / "forum.sqlite3").exists():
        shutil.copy(kept, data / "forum.sqlite3")
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "FORUM_DATA": str(data),
        "HOST": "127.0.0.1",
        "PORT": str(port),
        "SITE_URL": f"http://127.0.0.1:{port}",
        "LOG_LEVEL": "WARNING",
        **variables,
    }


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_until_it_answers(server: Server, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            with urllib.request.urlopen(server.url + "/", timeout=10):
                return
        except urllib.error.HTTPError as answer:
            # An error page is an answer too; the test that looks at the page will say what is wrong with it.
            answer.close()
            return
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"The server did not start:\n{server.log.read_text()}") from None
            time.sleep(0.2)


def _stop(process: subprocess.Popen) -> None:
    process.send_signal(signal.SIGINT)
    try:
        process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        # Workers are in the server's own session, so none is left behind.
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
