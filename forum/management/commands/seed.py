"""Load what a new site opens with: two documents; with `--demo` a whole community, with `--scale` a large one."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction

from forum import search
from forum.actions import reindexing, rendering
from forum.management import demo, generated
from forum.models import ContentNote, HelpLine, Page, Post
from forum.queries import sidebar

_FIXTURES = Path(settings.BASE_DIR) / "fixtures"


class Command(BaseCommand):
    """`seed` fills an empty site; started again it adds only what is not there yet."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add `--demo`, `--scale` and `--if-empty`."""
        parser.add_argument("--demo", action="store_true", help="also load the demo community")
        parser.add_argument(
            "--scale",
            type=int,
            default=0,
            metavar="N",
            help="also make N questions to measure with; continues where it stopped",
        )
        parser.add_argument("--if-empty", action="store_true", help="do nothing if there are questions (the default)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load the texts, then the posts, and say what was loaded."""
        with transaction.atomic():
            _load_texts()
            if not Post.objects.exists():
                _load_source_documents()
                self.stdout.write("Loaded the first two questions.")
        wanted = options["demo"] or options["scale"]  # what is generated stands in the demo's topics
        if wanted and not demo.is_loaded():
            self.stdout.write(f"Loaded the demo community: {demo.load()} posts.")
        if options["scale"]:
            self.stdout.write(f"Made {generated.load(options['scale'], self.stdout.write):,} questions.")
        if wanted:
            reindexing.learn_words()
            # The panels beside the lists are kept for five minutes; the cache's table may not be there yet.
            call_command("createcachetable", verbosity=0)
            sidebar.forget_sidebar()


def _load_texts() -> None:
    """Add the help pages, help lines and content notes, unless the owner has any."""
    if not Page.objects.exists():
        for position, page in enumerate(_read("pages.json")):
            Page.objects.create(position=position, **page)
    if not HelpLine.objects.exists():
        HelpLine.objects.bulk_create(
            HelpLine(position=position, **line) for position, line in enumerate(_read("help_lines.json"))
        )
    if not ContentNote.objects.exists():
        ContentNote.objects.bulk_create(
            ContentNote(position=position, **note) for position, note in enumerate(_read("content_notes.json"))
        )
    sum(rendering.render_anew())


def _load_source_documents() -> None:
    """Load the rows as they stand in the fixture, then render and index their texts."""
    call_command("loaddata", str(_FIXTURES / "source_documents.json"), verbosity=0)
    sum(rendering.render_anew())
    for post in Post.objects.order_by("pk"):
        search.index(post)


def _read(name: str) -> Any:
    return json.loads((_FIXTURES / name).read_text(encoding="utf-8"))
