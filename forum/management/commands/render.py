"""Render posts and pages anew that an older version of the markup rendered."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from forum.actions import rendering


class Command(BaseCommand):
    """`render` does what is stale; `render --all` does everything. It can be stopped and started again."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add `--all`."""
        parser.add_argument("--all", action="store_true", help="also those that are up to date")

    def handle(self, *args: Any, **options: Any) -> None:
        """Render, and say how many texts there were."""
        done = sum(rendering.render_anew(everything=options["all"]))
        self.stdout.write(f"{done} texts rendered.")
