"""What keeps a site from starting, said in one sentence instead of a traceback."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection

_INTERRUPTED = 130  # what shells return for Ctrl-C


@contextmanager
def said_plainly() -> Iterator[None]:
    """End the process with a sentence when the block fails for a reason its owner can mend; a bug keeps its trace."""
    try:
        yield
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)
    except Exception as error:
        sentence = _sentence(error)
        if not sentence:
            raise
        print(sentence, file=sys.stderr, flush=True)  # noqa: T201  for the person at the terminal
        sys.exit(1)


def _sentence(error: Exception) -> str:
    if isinstance(error, ImproperlyConfigured):
        return str(error)
    if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return f"The disk is full: {_data()} could not be written. Make room and start again; nothing is lost."
    if isinstance(error, OSError) and error.errno in {errno.EACCES, errno.EROFS, errno.EPERM} and error.filename:
        where = f"{error.filename} could not be written: {error.strerror}."
        return f"{where} FORUM_DATA must belong to the account that starts the site."
    return _said_of_database(error)


def _said_of_database(error: Exception) -> str:
    if not isinstance(error, OperationalError):
        return ""
    said = " ".join(str(error).split())
    if any(words in said for words in ("disk is full", "No space left", "disk I/O error")):
        return f"The disk is full or failing: the database said “{said}”. Make room and start again; nothing is lost."
    if "unable to open database file" in said or "readonly database" in said:
        return f"The database in {_data()} could not be opened for writing: {said}."
    if connection.connection is None:
        return f"The database does not answer: {said}. Is it running, and is DATABASE_URL right?"
    return ""


def _data() -> Any:
    return os.environ.get("FORUM_DATA", "").strip() or "the folder data"
