"""What each privilege needs, and what a person has of it."""

from dataclasses import dataclass

from forum import permissions
from forum.limits import LEVELS, Rules
from forum.models import Person

_NEEDS = {
    "guest": "Nothing",
    "member": "An account",
    "helper": "Helpers",
    "moderator": "Moderators",
    "administrator": "Administrators",
}


@dataclass(frozen=True)
class Privilege:
    """One act and what it needs. `is_reached` says that the viewer, when signed in, has it."""

    label: str
    needs: str
    reason: str
    is_reached: bool


def privileges_of(rules: Rules, group: str, viewer: Person) -> tuple[Privilege, ...]:
    """Return what each level of `group` needs, by the rules in force."""
    return tuple(
        Privilege(
            label=rule.metadata["label"],
            needs=_needs(getattr(rules, name)),
            reason=rule.metadata["reason"],
            is_reached=viewer.is_authenticated and bool(permissions.reaches(viewer, getattr(rules, name), "")),
        )
        for name, rule in LEVELS.items()
        if rule.metadata["group"] == group and (rules.has_downvotes or "_down" not in name)
    )


def _needs(level: str) -> str:
    return _NEEDS.get(level) or f"{int(level):,} points"
