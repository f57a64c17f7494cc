"""Prove that the log of moderation is as it was written, or name the first entry that is not."""

from typing import Any

from django.core.management.base import BaseCommand

from forum.queries.log_chain import get_chain


class Command(BaseCommand):
    """`verify_log` says how far the log holds together, and exits with 1 if anything differs."""

    help = __doc__ or ""

    def handle(self, *args: Any, **options: Any) -> None:
        """Print what was found; the last hash is worth noting elsewhere, for it proves all entries before it."""
        chain = get_chain()
        if chain.flaw is not None:
            self.stdout.write(f"Entry {chain.flaw.number}: {chain.flaw.sentence}.")
            raise SystemExit(1)
        noted = f" The last hash is {chain.hash}." if chain.count else ""
        self.stdout.write(f"The log is intact: {chain.count:,} {'entry' if chain.count == 1 else 'entries'}.{noted}")
