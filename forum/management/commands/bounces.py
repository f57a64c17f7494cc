"""Read the mails that came back, and stop writing to addresses that do not exist."""

from argparse import ArgumentParser
from collections.abc import Iterator
from email.message import Message
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from forum.actions import mailing
from forum.management import returned_mails
from forum.management.returned_mails import UNREADABLE, lesson_of


class Command(BaseCommand):
    """Reads a mailbox of returned mails; as often as you like, each teaches once. Nothing is deleted."""

    help = "Read the emails that bounced to BOUNCE_ADDRESS, and stop writing to addresses that do not exist."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add where they are."""
        where = parser.add_mutually_exclusive_group(required=True)
        where.add_argument("--mbox", metavar="FILE", help="a mailbox file")
        where.add_argument("--maildir", metavar="DIR", help="a folder of emails")
        imap = "imaps://user:password@host/INBOX; without it, the setting BOUNCE_IMAP_URL"
        where.add_argument("--imap", metavar="URL", nargs="?", const=settings.BOUNCE_IMAP_URL, help=imap)

    def handle(self, *args: Any, **options: Any) -> None:
        """Read them all, and say how many taught something."""
        if not settings.BOUNCE_ADDRESS:
            raise CommandError("BOUNCE_ADDRESS is not set, so bounced emails have no signature.")
        read = learned = 0
        try:
            for mail in _mails(options):
                read += 1
                learned += self._learn(mail)
        except UNREADABLE as error:
            raise CommandError(f"The mailbox cannot be read: {error}") from error
        if options["verbosity"]:
            self.stdout.write(f"{read} emails read, {learned} of them reported something new.")

    def _learn(self, mail: Message) -> bool:
        try:
            lesson = lesson_of(mail)
        except Exception as error:  # noqa: BLE001  whatever one server wrote must not keep all other reports waiting
            self.stderr.write(f"An email could not be read ({type(error).__name__}).")
            return False
        return lesson is not None and mailing.record_bounce(lesson.token, is_hard=lesson.is_hard, said=lesson.said)


def _mails(options: dict[str, Any]) -> Iterator[Message]:
    if options["mbox"]:
        return returned_mails.in_mbox(options["mbox"])
    if options["maildir"]:
        return returned_mails.in_maildir(options["maildir"])
    if not options["imap"]:
        raise CommandError("Give the address of the mailbox, or set BOUNCE_IMAP_URL.")
    return returned_mails.in_imap(options["imap"])
