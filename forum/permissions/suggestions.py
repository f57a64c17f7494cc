"""Who may read and withdraw suggested edits; who may suggest and decide them stands with posts and team."""

from forum.limits import Rules
from forum.models import Person, Suggestion
from forum.permissions.decisions import ALLOWED, Decision, is_author
from forum.permissions.team import can_decide_edit, can_see_queue


def is_suggester(person: Person, suggestion: Suggestion) -> bool:
    """Say whether `person` made `suggestion`, as a member or as a guest."""
    if person.is_authenticated:
        return suggestion.member_id == person.pk
    return person.pk is not None and suggestion.guest_id == person.pk


def can_read_suggestion(person: Person, suggestion: Suggestion, rules: Rules) -> Decision:
    """Whoever made a suggestion reads it, and whoever decides or looks after such; load `post` before."""
    if is_suggester(person, suggestion) or is_author(person, suggestion.post) or can_see_queue(person, rules):
        return ALLOWED
    return can_decide_edit(person, suggestion.post, rules)


def can_withdraw_suggestion(person: Person, suggestion: Suggestion, rules: Rules) -> Decision:
    """Whoever made a suggestion takes it back."""
    return (
        ALLOWED if is_suggester(person, suggestion) else Decision("Only the person who suggested this can withdraw it.")
    )
