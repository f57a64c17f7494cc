"""The empty tables of SQLite, kept between runs: migrating takes longer than most runs of a few tests.

A server that a test starts begins with a copy of them, too.
"""

import sqlite3
from contextlib import closing, contextmanager
from hashlib import blake2b
from pathlib import Path

from django.conf import settings
from django.db.backends.sqlite3.creation import DatabaseCreation

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".venv" / ".tables"
# What the tables and their first rows are made from; a change of any begins a new file.
MADE_FROM = (
    "requirements/development.txt",
    "config/settings.py",
    "*/migrations/*.py",
    "*/apps.py",
    "forum/effects/texts.py",
    "fixtures/*.json",
)


@contextmanager
def kept_database():
    """Let the test database be a copy of the one an earlier run migrated; the first run keeps it."""
    kept, migrate = kept_file(), DatabaseCreation.create_test_db

    def create_test_db(self, *args, **options):
        if not kept.exists():
            name = migrate(self, *args, **options)
            _keep(self.connection.connection, kept)
            return name
        name = self._get_test_db_name()
        self.connection.close()
        settings.DATABASES[self.connection.alias]["NAME"] = self.connection.settings_dict["NAME"] = name
        self.connection.ensure_connection()
        with closing(sqlite3.connect(kept)) as original:
            original.backup(self.connection.connection)
        return name

    DatabaseCreation.create_test_db = create_test_db
    yield
    DatabaseCreation.create_test_db = migrate


def kept_file():
    """Return where the tables as they are now are kept, or will be."""
    return FOLDER / f"{_digest()}.sqlite3"


def _keep(database, path):
    """Write a copy under another name first: two processes may do this at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for old in path.parent.glob("*.sqlite3"):
        old.unlink(missing_ok=True)
    unfinished = path.with_suffix(f".{id(database)}")
    with closing(sqlite3.connect(unfinished)) as copy:
        database.backup(copy)
    unfinished.replace(path)


def _digest():
    files = sorted(path for pattern in MADE_FROM for path in ROOT.glob(pattern))
    return blake2b(b"\0".join(path.read_bytes() for path in files), digest_size=8).hexdigest()
