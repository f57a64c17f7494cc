"""Who may follow what: a question, a topic with everything below it, a tag, or a member."""

from accounts.models import User
from forum.choices import Audience
from forum.limits import Rules
from forum.models import Category, Person, Post, Tag
from forum.permissions.decisions import ALLOWED, MEMBERS_ONLY, Decision, reaches
from forum.permissions.posts import can_read

Followed = Post | Category | Tag | User


def can_follow(person: Person, thing: Followed, rules: Rules) -> Decision:
    """Members follow questions, topics, tags and others that they may see, also those who may only read for a time.

    A block does not refuse it: a refusal would tell of the block, and everybody may read what stands under a name.
    """
    if isinstance(thing, Post) and not thing.is_question:
        return Decision("Only questions can be followed.")
    if isinstance(thing, Post) and not can_read(person, thing):
        return Decision("This question can’t be followed at the moment.")
    if isinstance(thing, Tag) and thing.removed_at is not None:
        return Decision("This tag is no longer in use.")
    if isinstance(thing, User) and (thing.closed_at is not None or not thing.is_active):
        return Decision("This account is closed.")
    if isinstance(thing, User) and person.is_authenticated and person.pk == thing.pk:
        return Decision("You can’t follow yourself. You already follow the questions you asked.")
    return reaches(person, rules.level_to_bookmark, "follow anything")


def can_unfollow(person: Person, thing: Followed, rules: Rules) -> Decision:
    """Members stop following at any time."""
    return ALLOWED if person.is_authenticated else Decision(MEMBERS_ONLY)


def can_follow_by_mail(person: Person, question: Post, rules: Rules) -> Decision:
    """Whoever has no account may follow a public question by mail; members follow it as members."""
    if not question.is_question:
        return Decision("Only questions can be followed.")
    if person.is_authenticated:
        return Decision("You’re signed in: use the Follow button.")
    if not question.is_published or question.audience == Audience.MEMBERS:
        return Decision("This question can’t be followed at the moment.")
    return ALLOWED
