"""Every address of the site outside the administration, as the URLconf has it, so that a new one is tested by itself."""

import re
from dataclasses import dataclass

from django.urls import get_resolver

CONVERTER = re.compile(r"<(?:(?P<converter>\w+):)?(?P<name>\w+)>")


USUAL = {"int": 1, "uuid": "00000000-0000-4000-8000-000000000000"}


@dataclass(frozen=True)
class Address:
    """A route such as `posts/<int:post_id>/vote/`, and the kind of each value it holds."""

    route: str
    name: str
    values: tuple[tuple[str, str], ...]

    def filled(self, **values):
        """Return the path with these values in place; what is not given is a 1, a word, or a number nothing has."""
        fill = {name: USUAL.get(kind, "sleep") for name, kind in self.values} | values
        return "/" + CONVERTER.sub(lambda found: str(fill[found["name"]]), self.route)

    def takes(self, kind):
        """Return the names of the values of that kind."""
        return [name for name, found in self.values if found == kind]


def addresses():
    """Return every address that people reach, without the administration's."""
    return [
        Address(
            route,
            name or route,
            tuple((found["name"], found["converter"] or "str") for found in CONVERTER.finditer(route)),
        )
        for route, name in _routes(get_resolver().url_patterns, "")
        if not route.startswith("admin/")
    ]


def _routes(patterns, before):
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from _routes(pattern.url_patterns, route)
        elif "(" not in route and "^" not in route:
            yield route, pattern.name
