"""The rules in force: the defaults of `limits.py`, overridden by the owner's settings row."""

from dataclasses import fields

from forum.limits import Rules, Site
from forum.models import SiteSettings

_NUMBERS = {rule.name for rule in fields(Rules) if "label" in rule.metadata}


def site() -> Site:
    """Return the site's name, words and rules, with one query."""
    row = SiteSettings.objects.filter(pk=1).first() or SiteSettings(pk=1)
    numbers = {name: int(value) for name, value in row.numbers.items() if name in _NUMBERS}
    return Site(
        name=row.name,
        tagline=row.tagline,
        welcome=row.welcome,
        contact_email=row.contact_email,
        rules=Rules(**numbers, has_downvotes=row.has_downvotes, approval=row.approval),
    )


def current() -> Rules:
    """Return the rules in force, with one query."""
    return site().rules
