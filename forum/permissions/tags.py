"""Who may do what with tags: make them, describe them, give them other names, and change them for every question."""

from forum.limits import Rules
from forum.models import Person, Tag, TagSynonym
from forum.permissions.decisions import ALLOWED, MEMBERS_ONLY, Decision, is_free_to, reaches

_REMOVED = Decision("This tag has been deleted or merged into another one.")


def can_create_tag(person: Person, rules: Rules) -> Decision:
    """Those with the points make tags that did not exist."""
    return reaches(person, rules.level_to_create_tag, "create a new tag")


def can_give_tag(person: Person, tag: Tag, rules: Rules) -> Decision:
    """Anybody gives a tag to a question; one that is reserved, whoever looks after tags."""
    if tag.is_reserved and not can_manage_tag(person, rules):
        return Decision(f"Only moderators can use the tag “{tag.name}”.")
    return ALLOWED


def can_describe_tag(person: Person, tag: Tag, rules: Rules) -> Decision:
    """Members with the points write what a tag is about."""
    return _of_member(person, tag, rules.level_to_describe_tags, "write what a tag is about")


def can_ask_for_synonym(person: Person, tag: Tag, rules: Rules) -> Decision:
    """Members with the points suggest another name for a tag."""
    return _of_member(person, tag, rules.level_to_ask_synonyms, "suggest another name for a tag")


def can_decide_synonyms(person: Person, rules: Rules) -> Decision:
    """Moderators decide on the other names of tags."""
    return reaches(person, rules.level_to_manage_tags, "decide on other names for tags") and is_free_to(person)


def can_approve_synonym(person: Person, synonym: TagSynonym, rules: Rules) -> Decision:
    """Whoever decides on other names approves what somebody else asked for; moderators also what they did."""
    if not can_decide_synonyms(person, rules):
        return can_decide_synonyms(person, rules)
    if synonym.asked_by_id is not None and synonym.asked_by_id == person.pk and not person.is_moderator:
        return Decision("You suggested this name yourself. Someone else must decide.")
    return is_free_to(person)


def can_manage_tag(person: Person, rules: Rules) -> Decision:
    """Moderators rename, merge, delete and reserve tags."""
    return reaches(person, rules.level_to_manage_tags, "change tags on all questions") and is_free_to(person)


def _of_member(person: Person, tag: Tag, level: str, act: str) -> Decision:
    if tag.removed_at is not None:
        return _REMOVED
    if not person.is_authenticated:
        return Decision(MEMBERS_ONLY)
    if not is_free_to(person):
        return is_free_to(person)
    return reaches(person, level, act)
