"""What a permission answers with, and the conditions that many of them share."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied

from forum.choices import Ability
from forum.models import Person, Post

MEMBERS_ONLY = "Sign in first. It takes a minute, and you can stay anonymous."
_WITHOUT = {
    Ability.ASKING: "ask questions",
    Ability.ANSWERING: "answer",
    Ability.COMMENTING: "comment",
    Ability.VOTING: "vote",
    Ability.FLAGGING: "report posts",
    Ability.UPLOADING: "add pictures",
}


@dataclass(frozen=True)
class Decision:
    """Allowed when `reason` is empty; else the sentence that says what is missing."""

    reason: str = ""

    def __bool__(self) -> bool:
        return not self.reason


ALLOWED = Decision()


def require(decision: Decision) -> None:
    """Raise `PermissionDenied` with the sentence unless allowed."""
    if not decision:
        raise PermissionDenied(decision.reason)


def is_author(person: Person, post: Post) -> bool:
    """Say whether `person` wrote `post`, as a member or as a guest."""
    if person.is_authenticated:
        return post.author_id == person.pk
    return person.pk is not None and post.guest_id == person.pk


def is_free_to(person: Person, ability: Ability = Ability.EVERYTHING) -> Decision:
    """Say whether nothing keeps `person` from an ability: no suspension, and no warning they have not read."""
    if person.is_suspended:
        until = getattr(person, "suspended_until", None)
        return Decision(f"Your account can only read until {until:%-d %B %Y}.")
    if until := person.lacks(ability):
        return Decision(f"You cannot {_WITHOUT[ability]} until {until:%-d %B %Y}.")
    if person.must_acknowledge:
        return Decision("The moderators wrote to you. Please read their message first; it is on top of each page.")
    return ALLOWED


def has_points(person: Person, needed: int, act: str) -> Decision:
    """Say whether `person` has the points to do `act`; moderators always have."""
    if person.is_moderator or person.reputation >= needed:
        return ALLOWED
    return Decision(f"You need {needed:,} points to {act}. You have {person.reputation:,}.")
