"""Bring tables, first content and static files up to date: `python -m config.prepare`, as often as you like."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from config.refusals import said_plainly


def main() -> None:
    """Prepare the site and leave."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    with said_plainly():
        django.setup()
        prepare()


def prepare() -> None:
    """Leave a site that can be served; a second run finds nothing to do and changes nothing.

    One at a time: `make demo` beside a first `make run` waits until the tables are there.
    """
    with _alone(Path(settings.FORUM_DATA)):
        _say("Updating the database tables …")
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        _say("Checking for first content …")
        call_command("seed", if_empty=True)
        call_command("reindex", if_needed=True)
        if not settings.DEBUG and static_files_are_stale():
            _say("Collecting static files …")
            collect_static_files()


def collect_static_files() -> None:
    """Collect them; from nothing when the last time was cut off, for what it left half written looks finished."""
    begun = Path(settings.STATIC_ROOT) / ".begun"
    was_cut_off = begun.exists()
    begun.parent.mkdir(parents=True, exist_ok=True)
    begun.touch()
    call_command("collectstatic", interactive=False, verbosity=0, clear=was_cut_off)
    begun.unlink(missing_ok=True)


def static_files_are_stale() -> bool:
    """Tell whether a file to be served, or the lock that brings some of them, is newer than the last collection."""
    collected = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not collected.exists() or collected.with_name(".begun").exists():
        return True
    sources = [settings.BASE_DIR / "requirements" / "runtime.txt"]
    for finder in get_finders():
        sources += [Path(storage.path(name)) for name, storage in finder.list([])]
    return max(source.stat().st_mtime for source in sources) > collected.stat().st_mtime


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder's lock; it goes with the process, however that ends."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "preparing.lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            _say("The site is already being prepared by another start; waiting for it …")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201  for the person at the terminal


if __name__ == "__main__":
    main()
