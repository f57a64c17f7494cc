"""Build the search index anew; it can be stopped and started again."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from forum.actions import reindexing


class Command(BaseCommand):
    """`reindex` indexes every published post; `--if-needed` only where that was never finished."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add `--if-needed`."""
        parser.add_argument("--if-needed", action="store_true", help="do nothing if the index exists")

    def handle(self, *args: Any, **options: Any) -> None:
        """Index, and show how far it has come."""
        if options["if_needed"] and not reindexing.is_needed():
            return
        far = reindexing.progress()
        with tqdm(total=far.total, initial=far.done, unit=" posts", disable=not options["verbosity"]) as bar:
            for count in reindexing.build_index():
                bar.update(count)
