"""Who may follow what: a question, a topic with everything below it, or a tag."""

from forum.choices import Audience
from forum.limits import Rules
from forum.models import Category, Person, Post, Tag
from forum.permissions.decisions import ALLOWED, MEMBERS_ONLY, Decision, reaches
from forum.permissions.posts import can_read

Followed = Post | Category | Tag


def can_follow(person: Person, thing: Followed, rules: Rules) -> Decision:
    """Members follow questions, topics and tags that they may see, also those who may only read for a time."""
    if isinstance(thing, Post) and not thing.is_question:
        return Decision("Only a question can be followed, with everything below it.")
    if isinstance(thing, Post) and not can_read(person, thing):
        return Decision("This question cannot be followed at the moment.")
    if isinstance(thing, Tag) and thing.removed_at is not None:
        return Decision("This tag is not in use any more.")
    return reaches(person, rules.level_to_bookmark, "follow anything")


def can_unfollow(person: Person, thing: Followed, rules: Rules) -> Decision:
    """Members stop following at any time."""
    return ALLOWED if person.is_authenticated else Decision(MEMBERS_ONLY)


def can_follow_by_mail(person: Person, question: Post, rules: Rules) -> Decision:
    """Whoever has no account may follow a public question by mail; members follow it as members."""
    if not question.is_question:
        return Decision("Only a question can be followed, with everything below it.")
    if person.is_authenticated:
        return Decision("You are signed in: use the button that says Follow.")
    if not question.is_published or question.audience == Audience.MEMBERS:
        return Decision("This question cannot be followed at the moment.")
    return ALLOWED
