"""Whether the site can answer at all, and how far behind its background work is."""

from django.core.cache import caches
from django.db import Error

from forum.queries.jobs import Queue, get_queue


def cache_fault() -> str:
    """Return what is wrong with the cache, or nothing."""
    return str(caches["default"].fault())  # type: ignore[attr-defined]  # config.caches has it


def queue_or_none() -> Queue | None:
    """Return what waits in the queue; None when the database does not answer. One query."""
    try:
        return get_queue()
    except Error:
        return None
