"""A private, temporary PostgreSQL: `python -m tests.support.postgres -- pytest` runs a command against it.

The cluster lives in a folder of its own, listens on a Unix socket in that folder only, and is gone afterwards, also on
Ctrl-C. Nothing of a PostgreSQL that already runs on the machine is touched.
"""

import argparse
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg

# What automake's test runners return for "skipped"; `make test` turns it into its last line.
NOT_INSTALLED = 77
START_SECONDS = 30
USER = "forum"

# The cluster lives for minutes, so it trades safety after a crash for speed.
SERVER_OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "100",
}


def binaries() -> Path | None:
    """Return the folder with the newest initdb and postgres of this machine, or None."""
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"),
        key=lambda folder: int(folder.parent.name) if folder.parent.name.isdigit() else 0,
        reverse=True,
    )
    if pg_config := shutil.which("pg_config"):
        answer = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=False)
        folders.append(Path(answer.stdout.strip() or "/nowhere"))
    if initdb := shutil.which("initdb"):
        folders.append(Path(initdb).resolve().parent)
    return next((f for f in folders if (f / "initdb").exists() and (f / "postgres").exists()), None)


class Cluster:
    """A cluster in a folder of its own, which can be stopped and started; `url` is the DATABASE_URL of its database."""

    def __init__(self, found: Path, folder: Path) -> None:
        self._found, self._folder = found, folder
        self._account = _unprivileged_account(folder)
        self._server: subprocess.Popen | None = None
        self.url = f"postgresql://{USER}@{quote(str(folder), safe='')}/forum"

    def make(self) -> None:
        """Make the cluster, and an empty database in it; leave it running."""
        _make_cluster(self._found, self._folder, self._account)
        self.start()
        _make_database(self._server, self._folder)

    def start(self) -> None:
        """Start the server; it answers a moment later."""
        self._server = _start(self._found, self._folder, self._account)

    def stop(self) -> None:
        """Stop the server as its owner does, with its connections cut."""
        if self._server is not None:
            _stop(self._server)
            self._server = None


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """Start a cluster, hand it over, and remove every trace at the end."""
    found = binaries()
    if found is None:
        raise FileNotFoundError("This machine has no PostgreSQL server.")
    # Socket paths may have 107 characters, so not in a deep TMPDIR.
    folder = Path(tempfile.mkdtemp(prefix="forum-postgres-", dir="/tmp" if Path("/tmp").is_dir() else None))
    running = Cluster(found, folder)
    try:
        running.make()
        yield running
    finally:
        running.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def cluster() -> Iterator[str]:
    """Start a cluster and hand over the DATABASE_URL of an empty database in it."""
    with running_cluster() as running:
        yield running.url


def _unprivileged_account(folder: Path) -> dict[str, object]:
    """PostgreSQL refuses to run as root: name another account and give it the folder."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = known.get("postgres") or known["nobody"]
    os.chown(folder, entry.pw_uid, entry.pw_gid)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _make_cluster(found: Path, folder: Path, account: dict[str, object]) -> None:
    made = subprocess.run(
        [found / "initdb", "-D", folder / "data", "--auth=trust", f"--username={USER}", "--encoding=UTF8", "--no-sync"],
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        **account,
    )
    if made.returncode:
        raise RuntimeError(f"initdb failed: {made.stderr.strip()}")


def _start(found: Path, folder: Path, account: dict[str, object]) -> subprocess.Popen:
    options = [part for name, value in SERVER_OPTIONS.items() for part in ("-c", f"{name}={value}")]
    with (folder / "log").open("w") as log:
        # A session of its own: Ctrl-C reaches the tests first, and the server only when they are through.
        return subprocess.Popen(
            [found / "postgres", "-D", folder / "data", "-k", folder, *options],
            cwd=folder,
            stdout=log,
            stderr=log,
            start_new_session=True,
            **account,
        )


def _make_database(server: subprocess.Popen, folder: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            with psycopg.connect(host=str(folder), user=USER, dbname="postgres", autocommit=True) as connection:
                connection.execute("CREATE DATABASE forum")
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start: {(folder / 'log').read_text()}") from None
            time.sleep(0.1)
        else:
            return


def _stop(server: subprocess.Popen) -> None:
    server.send_signal(signal.SIGINT)
    try:
        server.wait(timeout=15)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def main() -> int:
    """Run the command after `--` with DATABASE_URL set, and return its exit code; 77 without PostgreSQL."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--required", action="store_true", help="a machine without PostgreSQL is a failure")
    parser.add_argument("command", nargs="+", help="what to run, after --")
    arguments = parser.parse_args()
    # Stopped by a process manager, leave as tidily as on Ctrl-C.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    if binaries() is None:
        print("This machine has no PostgreSQL server.", file=sys.stderr)
        return 1 if arguments.required else NOT_INSTALLED
    try:
        with cluster() as url:
            return subprocess.run(arguments.command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


if __name__ == "__main__":
    sys.exit(main())
