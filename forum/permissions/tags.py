"""Who may do what with tags: make them, describe them, give them other names, and change them for every question."""

from forum.limits import Rules
from forum.models import Person, Tag, TagSynonym
from forum.permissions.decisions import MEMBERS_ONLY, Decision, is_free_to, reaches

_REMOVED = Decision("This tag has been deleted or merged into another one.")


def can_create_tag(person: Person, rules: Rules) -> Decision:
    """Those with the points make tags that did not exist."""
    return reaches(person, rules.level_to_create_tag, "create a new tag")


def can_describe_tag(person: Person, tag: Tag, rules: Rules) -> Decision:
    """Members with the points write what a tag is about."""
    return _of_member(person, tag, rules.level_to_describe_tags, "write what a tag is about")


def can_ask_for_synonym(person: Person, tag: Tag, rules: Rules) -> Decision:
    """Members with the points ask for another name of a tag."""
    return _of_member(person, tag, rules.level_to_ask_synonyms, "ask for another name of a tag")


def can_decide_synonyms(person: Person, rules: Rules) -> Decision:
    """Moderators decide on the other names of tags."""
    return reaches(person, rules.level_to_manage_tags, "decide on other names of tags") and is_free_to(person)


def can_approve_synonym(person: Person, synonym: TagSynonym, rules: Rules) -> Decision:
    """Whoever decides on other names approves what somebody else asked for; moderators also what they did."""
    if not can_decide_synonyms(person, rules):
        return can_decide_synonyms(person, rules)
    if synonym.asked_by_id is not None and synonym.asked_by_id == person.pk and not person.is_moderator:
        return Decision("You asked for this name yourself. Somebody else decides.")
    return is_free_to(person)


def can_manage_tag(person: Person, rules: Rules) -> Decision:
    """Moderators rename, merge, delete and reserve tags."""
    return reaches(person, rules.level_to_manage_tags, "change tags for every question") and is_free_to(person)


def _of_member(person: Person, tag: Tag, level: str, act: str) -> Decision:
    if tag.removed_at is not None:
        return _REMOVED
    if not person.is_authenticated:
        return Decision(MEMBERS_ONLY)
    if not is_free_to(person):
        return is_free_to(person)
    return reaches(person, level, act)
