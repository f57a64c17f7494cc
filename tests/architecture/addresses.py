"""Finds the forum's own addresses for the tests of this folder."""

from django.urls import get_resolver


def forum_patterns():
    """Return every named address whose view is the forum's."""
    return list(_named(get_resolver().url_patterns))


def _named(patterns):
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from _named(pattern.url_patterns)
        elif pattern.name and pattern.callback.__module__.startswith("forum.views"):
            yield pattern
