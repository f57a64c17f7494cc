"""What a permission answers with, and the conditions that many of them share."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied

from forum.choices import Ability
from forum.dates import day
from forum.limits import GUEST, MEMBER
from forum.models import Person, Post

MEMBERS_ONLY = "Sign in first. It takes a minute, and you can stay anonymous."
_TEAM = {"helper": "helpers and moderators", "moderator": "moderators", "administrator": "administrators"}
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
    if until := person.lacks(ability):
        return Decision(pause(Ability.EVERYTHING if person.is_suspended else ability, until))
    if person.must_acknowledge:
        return Decision("The moderators wrote to you. Please read their message first: it’s at the top of every page.")
    return ALLOWED


def pause(ability: str, until: datetime) -> str:
    """Return the sentence that says what a suspension takes away, and until when."""
    if ability == Ability.EVERYTHING:
        return f"You can only read until {day(until)}."
    return f"You can’t {_WITHOUT[Ability(ability)]} until {day(until)}."


def reaches(person: Person, level: str, act: str) -> Decision:
    """Say whether `person` is trusted with `level` of `limits.Rules`; a refusal says what is missing to do `act`."""
    if level == GUEST:
        return ALLOWED
    if level == MEMBER:
        return ALLOWED if person.is_authenticated else Decision(MEMBERS_ONLY)
    if level in _TEAM:
        return ALLOWED if getattr(person, f"is_{level}") else Decision(f"Only {_TEAM[level]} can {act}.")
    needed = int(level)
    if person.is_moderator or (person.is_authenticated and person.reputation >= needed):
        return ALLOWED
    if not person.is_authenticated:
        return Decision(f"You need an account with {needed:,} points to {act}.")
    return Decision(f"You need {needed:,} points to {act}. You have {person.reputation:,}.")
