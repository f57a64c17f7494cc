"""Which engine searches here."""

from types import ModuleType

from django.db import connection

from forum.search import postgresql, sqlite


def engine() -> ModuleType:
    """Return the module that speaks the language of this database."""
    return postgresql if connection.vendor == "postgresql" else sqlite
