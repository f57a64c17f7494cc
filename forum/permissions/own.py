"""What members decide for themselves alone."""

from forum.limits import Rules
from forum.models import Person
from forum.permissions.decisions import ALLOWED, MEMBERS_ONLY, Decision


def can_choose(person: Person, rules: Rules) -> Decision:
    """Members choose how the site treats them, also those who may only read for a time."""
    return ALLOWED if person.is_authenticated else Decision(MEMBERS_ONLY)
