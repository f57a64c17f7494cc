"""What every test stands on: the project's settings with a data folder of their own, and no way out to the network."""

import atexit
import os
import shutil
import socket
import tempfile
from pathlib import Path
from unittest.mock import patch

import django
import pytest
from django.test.utils import override_settings

from tests.support.guards import flushes_between_tests
from tests.support.kept_database import kept_database

# Before Django reads its settings: nothing of the developer's own site reaches a test, only the choice of engine.
# pytest-xdist's workers inherit the prepared environment, folder included, from the process that started them.
FROM_OUTSIDE = (
    "ALLOWED_HOSTS BOUNCE_ADDRESS BOUNCE_IMAP_URL BOUNCE_SECRET DEBUG DEFAULT_FROM_EMAIL EMAIL_URL HOST"
    " JOB_LEASE_SECONDS JOB_SECONDS JOB_WORKERS PORT REDIS_URL SECRET_KEY SECRET_KEY_FALLBACKS SITE_URL TIME_ZONE"
    " TRUSTED_PROXIES"
)
if "PYTEST_XDIST_WORKER" not in os.environ:
    _data = tempfile.mkdtemp(prefix="forum-tests-")
    atexit.register(shutil.rmtree, _data, ignore_errors=True)
    (Path(_data) / "static").mkdir()
    for _name in FROM_OUTSIDE.split():
        os.environ.pop(_name, None)
    os.environ |= {"DJANGO_SETTINGS_MODULE": "config.settings", "FORUM_DATA": _data, "LOG_LEVEL": "CRITICAL"}

# The cast names our tables, which exist once Django is set up.
django.setup()
from django_tasks_db.management.commands import db_worker  # noqa: E402

from forum.views.seen import seen_questions  # noqa: E402

pytest_plugins = ["tests.cast"]

ON_POSTGRESQL = os.environ.get("DATABASE_URL", "").startswith("postgres")


def pytest_collection_modifyitems(config, items):
    """Skip what belongs to the other engine; on PostgreSQL, leave out what asks no database and was run on SQLite."""
    if ON_POSTGRESQL:
        asking = [item for item in items if needs_database(item)]
        config.hook.pytest_deselected(items=[item for item in items if not needs_database(item)])
        items[:] = asking
    for item in items:
        if item.get_closest_marker("postgresql") and not ON_POSTGRESQL:
            item.add_marker(pytest.mark.skip(reason="needs PostgreSQL"))
        if item.get_closest_marker("sqlite") and ON_POSTGRESQL:
            item.add_marker(pytest.mark.skip(reason="about SQLite alone"))


def needs_database(item):
    """Say whether a test may ask the database, itself or through a server."""
    asks = {"db", "transactional_db", "django_db_setup"}.intersection(item.fixturenames) or list(
        item.iter_markers("django_db")
    )
    return bool(asks) or item.path.parent.name == "e2e"


@pytest.fixture(scope="session")
def engine():
    """The database under test: `sqlite` or `postgresql`."""
    return "postgresql" if ON_POSTGRESQL else "sqlite"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    """On SQLite the tables are migrated once, and copied from then on."""
    with kept_database():
        yield


@pytest.fixture(scope="session", autouse=True)
def fast_settings():
    """Quick hashes (no test is about Argon2) and static files straight from their folders."""
    with override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        STORAGES={
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
    ):
        yield


@pytest.fixture(autouse=True)
def own_uploads(tmp_path, settings):
    """Each test has an upload folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True)
def nothing_seen():
    """Views that a test caused are neither written nor known in the next one."""
    yield
    seen_questions.forget()


@pytest.fixture(scope="session", autouse=True)
def emptied_between_tests():
    """The log's triggers stand in every test, and yet tests with transactions of their own leave nothing behind."""
    with flushes_between_tests():
        yield


@pytest.fixture(scope="session", autouse=True)
def kept_connections():
    """A worker looks for connections that are old, and on PostgreSQL would close the test's own amid its transaction."""
    with patch.object(db_worker, "close_old_connections", lambda: None):
        yield


@pytest.fixture(scope="session", autouse=True)
def no_network():
    """A test that leaves this machine is a bug: connecting anywhere else fails at once."""
    connect = socket.socket.connect

    def connect_here_only(self, address):
        if self.family != socket.AF_UNIX and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise AssertionError(f"A test tried to reach {address}.")
        return connect(self, address)

    socket.socket.connect = connect_here_only
    yield
    socket.socket.connect = connect
