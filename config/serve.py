"""Prepare the site and serve it: `python -m config.serve`, as often as you like."""

import errno
import os
import resource
import socket
import sys
from contextlib import suppress
from pathlib import Path

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from config.env import env_bool, env_int, env_str
from config.prepare import prepare
from config.refusals import said_plainly

HEAD_SECONDS = 10  # for the first lines of a request, and between two of one connection
LAST_SECONDS = 8  # for requests that run when the server stops
CONNECTIONS_MOST = 2048  # that each process holds open, most of them idle
_FILES_MOST = 16_384


def main() -> None:
    """Bring tables, first content and static files up to date, then become what keeps server and workers running."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    with said_plainly():
        host = env_str("HOST", "127.0.0.1")
        port = env_int("PORT", 8000, least=1, most=65535)
        claim(host, port)
        django.setup()
        workers = env_int("JOB_WORKERS", 1, least=0, most=16)
        if env_bool("DEBUG", default=False):
            server = [sys.executable, "manage.py", "runserver", "--skip-checks", f"{host}:{port}"]
        else:
            server = granian(host, port)
        prepare()
        welcome(host, port)
        command = kept(server, workers, f"{socket.gethostname()[:40]}-{port}")
        raise_file_limit()
        os.chdir(settings.BASE_DIR)
        os.execv(command[0], command)  # noqa: S606  our own interpreter, no shell


def claim(host: str, port: int) -> None:
    """Refuse an address that something else listens on, or that another start of ours is about to.

    The server's processes share their port, so the kernel would give half of the visitors to each of two sites. What
    is claimed is kept for as long as this process runs, whatever it becomes.
    """
    taken = f"Port {port} of {host} is in use by another program. Stop it, or choose another: PORT={port + 1}."
    if sys.platform.startswith("linux"):
        claimed = socket.socket(socket.AF_UNIX)
        try:
            claimed.bind(f"\0mindwellnessforum {host}:{port}")  # a name that no file has, and that ends with us
        except OSError as error:
            raise ImproperlyConfigured(taken) from error
        os.set_inheritable(claimed.detach(), True)
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
            probe.listen()
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise ImproperlyConfigured(taken) from error
        raise ImproperlyConfigured(f"The site cannot listen on port {port} of {host}: {error.strerror}.") from error


def welcome(host: str, port: int) -> None:
    """Say where the site is and how to become its owner."""
    print(f"\n  The forum is at      http://{host}:{port}/")  # noqa: T201  for the person at the terminal
    if settings.PRODUCTION:
        print(f"  Its public address:  {settings.SITE_URL}/")  # noqa: T201
    print("  Become its owner:    make owner   (in another terminal)")  # noqa: T201
    print("  Stop it:             Ctrl-C\n", flush=True)  # noqa: T201


def granian(host: str, port: int) -> list[str]:
    """Return the command of the production server."""
    # A second worker and a second thread, even on one core: a slow mail server must not stop the reading.
    workers = env_int("WORKERS", min(max(os.cpu_count() or 1, 2), 8), least=1, most=64)
    env_int("THREADS", 2, least=1, most=64)  # read by config.rsgi, refused here
    return [
        str(Path(sys.executable).with_name("granian")),
        *("--interface", "rsgi"),
        *("--host", host),
        *("--port", str(port)),
        *("--http", "1"),
        *("--http1-header-read-timeout", str(HEAD_SECONDS * 1000)),
        *("--workers", str(workers)),
        *("--backpressure", str(CONNECTIONS_MOST)),
        *("--workers-kill-timeout", str(LAST_SECONDS)),
        "--respawn-failed-workers",
        "--no-ws",
        *("--log-level", "warning"),
        "config.rsgi:application",
    ]


def kept(server: list[str], workers: int, name: str) -> list[str]:
    """Return the command that runs `server` beside so many workers; their names begin with `name`, the same each time.

    The host and the port make it: nobody else can have both at once, so what a worker of that name had begun is lost.
    """
    return [sys.executable, "-m", "config.keeper", "--workers", str(workers), "--name", name, "--", *server]


def raise_file_limit() -> None:
    """Let each process hold as many connections open as it may take; many machines stop at 1,024 files."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _FILES_MOST if hard == resource.RLIM_INFINITY else min(_FILES_MOST, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


if __name__ == "__main__":
    main()
