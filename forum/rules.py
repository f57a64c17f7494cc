"""The rules in force: the defaults of `limits.py`, overridden by the owner's settings row."""

from typing import Any

from forum.limits import LEVELS, NUMBERS, Rules, Site, admits
from forum.models import SiteSettings


def site() -> Site:
    """Return the site's name, words and rules, with one query."""
    row = SiteSettings.objects.filter(pk=1).first() or SiteSettings(pk=1)
    numbers: dict[str, Any] = {name: int(value) for name, value in row.numbers.items() if name in NUMBERS}
    levels: dict[str, Any] = {
        name: level for name, level in row.levels.items() if name in LEVELS and admits(name, level)
    }
    return Site(
        name=row.name,
        tagline=row.tagline,
        welcome=row.welcome,
        contact_email=row.contact_email,
        guidelines_changed_at=row.guidelines_changed_at,
        rules=Rules(**numbers, **levels, has_downvotes=row.has_downvotes, approval=row.approval),
    )


def current() -> Rules:
    """Return the rules in force, with one query."""
    return site().rules
