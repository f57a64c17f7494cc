"""What members may decide about other members for themselves alone."""

from forum.limits import Rules
from forum.models import Person
from forum.permissions.decisions import ALLOWED, MEMBERS_ONLY, Decision


def can_block_member(person: Person, member: Person, rules: Rules) -> Decision:
    """Members want nothing of any other member, also while they may only read, and of the team as well.

    Of a moderator too only posts, mentions and what follows from them are kept away: what the team writes arrives.
    """
    if not person.is_authenticated:
        return Decision(MEMBERS_ONLY)
    return Decision("You can’t block yourself.") if person.pk == member.pk else ALLOWED


def can_unblock_member(person: Person, member: Person, rules: Rules) -> Decision:
    """Members change their mind at any time."""
    return ALLOWED if person.is_authenticated else Decision(MEMBERS_ONLY)
