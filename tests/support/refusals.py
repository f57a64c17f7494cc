"""Show that a rule is held by the database itself, whatever the code above it does."""

from contextlib import contextmanager

import pytest
from django.db import IntegrityError, transaction


@contextmanager
def refused(constraint, columns=""):
    """Expect the database to refuse because of `constraint`; SQLite names a unique one by its columns alone."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        yield
    message = str(caught.value)
    assert constraint in message or (columns and f"UNIQUE constraint failed: {columns}" in message), message
