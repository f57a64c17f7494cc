"""The server is started with what it needs, and static files are collected when they must be."""

import os
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import prepare, serve
from tests.support.server import ROOT, free_port


def test_the_production_server_waits_for_bodies_itself_and_replaces_dead_workers(monkeypatch):
    monkeypatch.setenv("WORKERS", "3")

    command = serve.granian("127.0.0.1", 9000)

    assert Path(command[0]).name == "granian"
    assert command[1:] == [
        *("--interface", "rsgi"),
        *("--host", "127.0.0.1"),
        *("--port", "9000"),
        *("--http", "1"),
        *("--http1-header-read-timeout", "10000"),
        *("--workers", "3"),
        *("--backpressure", "2048"),
        *("--workers-kill-timeout", "8"),
        "--respawn-failed-workers",
        "--no-ws",
        *("--log-level", "warning"),
        "config.rsgi:application",
    ]


def test_no_workers_at_all_are_refused(monkeypatch):
    monkeypatch.setenv("WORKERS", "0")

    with pytest.raises(ImproperlyConfigured) as refusal:
        serve.granian("127.0.0.1", 9000)

    assert str(refusal.value) == "WORKERS must be a whole number from 1 to 64, not “0”."


def test_a_port_that_something_listens_on_is_refused_in_one_sentence():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        assert start(port) == (
            1,
            f"Port {port} of 127.0.0.1 is in use by another program. Stop it, or choose another: PORT={port + 1}.\n",
        )


def test_two_starts_at_once_do_not_share_a_port():
    port = free_port()
    with claimed(port):
        assert start(port) == (
            1,
            f"Port {port} of 127.0.0.1 is in use by another program. Stop it, or choose another: PORT={port + 1}.\n",
        )


def test_an_address_that_is_not_this_machines_is_refused_in_one_sentence():
    assert start(free_port(), HOST="192.0.2.1")[1].startswith("The site cannot listen on port ")


@contextmanager
def claimed(port):
    """Be another start that has the port and does not listen yet."""
    claim = f"import sys; from config.serve import claim; claim('127.0.0.1', {port}); print('claimed', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", claim], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout.readline() == b"claimed\n"
        yield
        other.stdin.close()


def start(port, **variables):
    """Start the site on `port`; return how that ended and what it said."""
    done = subprocess.run(
        [sys.executable, "-m", "config.serve"],
        cwd=ROOT,
        env={**os.environ, "PORT": str(port), "HOST": "127.0.0.1", **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_workers_stand_beside_the_server():
    command = serve.kept(["granian", "--port", "9000"], 2, "here-9000")

    assert command == [
        *(sys.executable, "-m", "config.keeper"),
        *("--workers", "2", "--name", "here-9000"),
        *("--", "granian", "--port", "9000"),
    ]


def test_static_files_are_collected_once_and_again_when_one_is_newer(settings, tmp_path):
    own, collected = tmp_path / "own", tmp_path / "collected"
    own.mkdir()
    collected.mkdir()
    sheet, manifest = own / "site.css", collected / "staticfiles.json"
    sheet.write_text("p { color: red }")
    settings.STATICFILES_DIRS = [own]
    settings.STATIC_ROOT = collected

    never = prepare.static_files_are_stale()
    manifest.write_text("{}")
    fresh = prepare.static_files_are_stale()
    os.utime(sheet, (manifest.stat().st_mtime + 10,) * 2)
    changed = prepare.static_files_are_stale()

    assert (never, fresh, changed) == (True, False, True)
