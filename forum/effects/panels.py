"""What pages keep for a while and name tags in, forgotten once one of these goes out of sight."""

from collections.abc import Iterable
from functools import partial

from django.core.cache import cache
from django.db import transaction

SIDEBAR_KEY = "sidebar.2"
SITEMAP_PART = 10_000  # rows in one part of the sitemap


def tag_key(tag_id: int, *, is_member: bool) -> str:
    """Return the key of the panels of one tag, which are the same for all members, and for all guests."""
    return f"tag.{tag_id}.{'member' if is_member else 'guest'}.1"


def sitemap_key(name: str) -> str:
    """Return the key of one part of the sitemap."""
    return f"sitemap:{name}"


def forget_tags(tag_ids: Iterable[int]) -> None:
    """Let the next reader have what names these tags anew, once this is saved."""
    ids = list(tag_ids)
    parts = {sitemap_key(f"tags-{pk // SITEMAP_PART}") for pk in ids}
    beside = {tag_key(pk, is_member=is_member) for pk in ids for is_member in (False, True)}
    keys = sorted({SIDEBAR_KEY, sitemap_key("parts"), *parts, *beside})
    transaction.on_commit(partial(cache.delete_many, keys))
