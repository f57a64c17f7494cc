"""Prepare the site and serve it: `python -m config.serve`, as often as you like."""

import os
import socket
import sys
from pathlib import Path

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from config.env import env_bool, env_int, env_str


def main() -> None:
    """Bring tables, first content and static files up to date, then become what keeps server and workers running."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    host = env_str("HOST", "127.0.0.1")
    port = env_int("PORT", 8000, least=1, most=65535)
    prepare()
    welcome(host, port)
    if env_bool("DEBUG", default=False):
        command = [sys.executable, "manage.py", "runserver", "--skip-checks", f"{host}:{port}"]
    else:
        command = granian(host, port)
    workers = env_int("JOB_WORKERS", 1, least=0, most=16)
    if workers:
        command = kept(command, workers, f"{socket.gethostname()[:40]}-{port}")
    os.chdir(settings.BASE_DIR)
    os.execv(command[0], command)  # noqa: S606  our own interpreter, no shell; signals reach whatever it becomes


def prepare() -> None:
    """Leave a site that can be served; a second run finds nothing to do and changes nothing."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    call_command("seed", if_empty=True)
    call_command("reindex", if_needed=True)
    if not settings.DEBUG and static_files_are_stale():
        call_command("collectstatic", interactive=False, verbosity=0)


def static_files_are_stale() -> bool:
    """Tell whether a file to be served, or the lock that brings some of them, is newer than the last collection."""
    collected = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not collected.exists():
        return True
    sources = [settings.BASE_DIR / "requirements" / "runtime.txt"]
    for finder in get_finders():
        sources += [Path(storage.path(name)) for name, storage in finder.list([])]
    return max(source.stat().st_mtime for source in sources) > collected.stat().st_mtime


def welcome(host: str, port: int) -> None:
    """Say where the site is and how to become its owner."""
    print(f"\n  The forum is at      http://{host}:{port}/")  # noqa: T201  for the person at the terminal
    if settings.PRODUCTION:
        print(f"  People reach it at   {settings.SITE_URL}/")  # noqa: T201
    print("  Become its owner:    make owner   (in another terminal)")  # noqa: T201
    print("  Stop it:             Ctrl-C\n", flush=True)  # noqa: T201


def granian(host: str, port: int) -> list[str]:
    """Return the command of the production server."""
    # A second worker and a second thread, even on one core: a slow mail server must not stop the reading.
    workers = env_int("WORKERS", min(max(os.cpu_count() or 1, 2), 8), least=1, most=64)
    threads = env_int("THREADS", 2, least=1, most=64)
    return [
        str(Path(sys.executable).with_name("granian")),
        *("--interface", "wsgi"),
        *("--host", host),
        *("--port", str(port)),
        *("--workers", str(workers)),
        *("--blocking-threads", str(threads)),
        "--respawn-failed-workers",
        "--no-ws",
        *("--log-level", "warning"),
        "config.wsgi:application",
    ]


def kept(server: list[str], workers: int, name: str) -> list[str]:
    """Return the command that runs `server` beside so many workers; their names begin with `name`, the same each time.

    The host and the port make it: nobody else can have both at once, so what a worker of that name had begun is lost.
    """
    return [sys.executable, "-m", "config.keeper", "--workers", str(workers), "--name", name, "--", *server]


if __name__ == "__main__":
    main()
