"""Check the settings as Django does, and whether what they name is there."""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands.check import Command as DjangoCommand
from django.db import Error, connection

from forum.queries.health import cache_fault


class Command(DjangoCommand):
    """`check`, which also refuses a database or a Redis that does not answer."""

    def handle(self, *app_labels: Any, **options: Any) -> None:
        """Ask Django first, then the services."""
        super().handle(*app_labels, **options)
        if options["list_tags"]:
            return
        try:
            connection.ensure_connection()
        except Error as error:
            raise CommandError(f"DATABASE_URL: the database does not answer: {' '.join(str(error).split())}") from error
        _check_redis()


def _check_redis() -> None:
    if settings.REDIS_URL and (fault := cache_fault()):
        raise CommandError(f"REDIS_URL: Redis does not answer: {fault}")
