"""The server is started with what it needs, and static files are collected when they must be."""

import os
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import serve


def test_the_production_server_speaks_wsgi_and_replaces_dead_workers(monkeypatch):
    monkeypatch.setenv("WORKERS", "3")
    monkeypatch.delenv("THREADS", raising=False)

    command = serve.granian("127.0.0.1", 9000)

    assert Path(command[0]).name == "granian"
    assert command[1:] == [
        *("--interface", "wsgi"),
        *("--host", "127.0.0.1"),
        *("--port", "9000"),
        *("--workers", "3"),
        *("--blocking-threads", "2"),
        "--respawn-failed-workers",
        "--no-ws",
        *("--log-level", "warning"),
        "config.wsgi:application",
    ]


def test_no_workers_at_all_are_refused(monkeypatch):
    monkeypatch.setenv("WORKERS", "0")

    with pytest.raises(ImproperlyConfigured) as refusal:
        serve.granian("127.0.0.1", 9000)

    assert str(refusal.value) == "WORKERS must be a whole number from 1 to 64, not “0”."


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

    never = serve.static_files_are_stale()
    manifest.write_text("{}")
    fresh = serve.static_files_are_stale()
    os.utime(sheet, (manifest.stat().st_mtime + 10,) * 2)
    changed = serve.static_files_are_stale()

    assert (never, fresh, changed) == (True, False, True)
