"""Prove every cached number from its rows, and repair what drifted."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from forum.actions import recounting


class Command(BaseCommand):
    """`recount` repairs and says what; `recount --check` only says, and exits with 1 if anything differs."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add `--check`."""
        parser.add_argument("--check", action="store_true", help="only report differences")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print each difference, then how many there were."""
        found = recounting.recount(check=options["check"])
        for sentence in found:
            self.stdout.write(sentence)
        self.stdout.write(f"{len(found)} differences." if found else "All totals are correct.")
        if found and options["check"]:
            raise SystemExit(1)
