"""Do the background jobs: one worker, until it is stopped."""

import os
import signal
import socket
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.autoreload import run_with_reloader
from django.utils.crypto import get_random_string

from forum.jobs.worker import Worker

_ID_LENGTH = 64


class Command(BaseCommand):
    """`work` does jobs until it is stopped; `--once` does those that are due."""

    help = __doc__ or ""
    requires_system_checks = ()  # the server's own start has made them

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add `--worker-id` and `--once`."""
        parser.add_argument(
            "--worker-id",
            default="",
            help="a name no other worker has: jobs left unfinished under it start again right away "
            "(default: a unique one)",
        )
        parser.add_argument(
            "--once", action="store_true", help="do the jobs that are due, and those they add, then stop"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Work."""
        worker = Worker((options["worker_id"] or _new_id())[:_ID_LENGTH])
        if options["once"]:
            worker.settle_in()
            while worker.turn():
                pass
        elif settings.DEBUG:
            run_with_reloader(worker.work)
        else:
            signal.signal(signal.SIGTERM, worker.shutdown)
            signal.signal(signal.SIGINT, worker.shutdown)
            worker.work()


def _new_id() -> str:
    return f"{socket.gethostname()[:30]}-{os.getpid()}-{get_random_string(12)}"
