"""The private PostgreSQL of the tests leaves nothing behind."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import postgres

SHOW = "import os, psycopg; print(psycopg.connect(os.environ['DATABASE_URL']).execute('SHOW port').fetchone()[0])"
RUN = [sys.executable, "-m", "tests.support.postgres"]


@pytest.mark.skipif(postgres.binaries() is None, reason="this machine has no PostgreSQL")
def test_a_command_runs_against_a_cluster_that_is_gone_afterwards():
    before = set(Path("/tmp").glob("forum-postgres-*"))

    done = subprocess.run(
        [*RUN, "--", sys.executable, "-c", SHOW + "; raise SystemExit(3)"], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout, done.stderr) == (3, "5432\n", "")
    assert set(Path("/tmp").glob("forum-postgres-*")) - before == set()


@pytest.mark.parametrize(("flags", "code"), [([], 77), (["--required"], 1)])
def test_a_machine_without_postgresql_is_told_so(monkeypatch, capsys, flags, code):
    monkeypatch.setattr(Path, "glob", lambda self, pattern: iter(()))
    monkeypatch.setattr(shutil, "which", lambda name: None)
    monkeypatch.setattr(sys, "argv", ["postgres", *flags, "--", "true"])

    assert postgres.main() == code
    assert capsys.readouterr().err == "This machine has no PostgreSQL server.\n"
