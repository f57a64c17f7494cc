"""One address, one view, one name."""

from django.urls import get_resolver


def forum_patterns(patterns):
    """Return the named addresses whose view is the forum's, at any depth."""
    for pattern in patterns:
        if hasattr(pattern, "url_patterns"):
            yield from forum_patterns(pattern.url_patterns)
        elif pattern.name and pattern.callback.__module__.startswith("forum.views"):
            yield pattern


def test_an_address_is_named_as_its_view():
    named = {pattern.name: pattern.callback.__name__ for pattern in forum_patterns(get_resolver().url_patterns)}

    assert {name: view for name, view in named.items() if name != view} == {}
