"""Erase the accounts whose 14 days to change one's mind are over; run it once a day."""

from typing import Any

from django.core.management.base import BaseCommand

from accounts.members import finish_closing


class Command(BaseCommand):
    help = "Erase the accounts that were closed 14 days ago or earlier. Run it once a day; twice is once."

    def handle(self, *args: Any, **options: Any) -> None:
        count = finish_closing()
        self.stdout.write("One account erased." if count == 1 else f"{count} accounts erased.")
