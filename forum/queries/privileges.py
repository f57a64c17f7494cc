"""What each privilege needs, what a person has of it, and what keeps them from it for a time."""

from dataclasses import dataclass

from django.utils import timezone

from forum import permissions
from forum.choices import Ability
from forum.limits import LEVELS, MEMBER, Rules
from forum.models import Person, Suspension

_NEEDS = {
    "guest": "Open to everyone",
    "member": "With an account",
    "helper": "Helpers and moderators",
    "moderator": "Moderators",
    "administrator": "Administrators",
}


_ABILITIES = {
    "level_to_ask": Ability.ASKING,
    "level_to_answer": Ability.ANSWERING,
    "level_to_comment": Ability.COMMENTING,
    "level_to_upload": Ability.UPLOADING,
    "level_to_vote": Ability.VOTING,
    "level_to_vote_down": Ability.VOTING,
    "level_to_flag": Ability.FLAGGING,
}
_NEVER_PAUSED = {"level_to_read", "level_to_bookmark"}


@dataclass(frozen=True)
class Privilege:
    """One act and what it needs.

    `is_reached` says that the viewer, when signed in, has it; else `standing` how far. `is_paused` says that they have
    it, and may not use it for a time.
    """

    label: str
    needs: str
    reason: str
    is_reached: bool
    is_paused: bool
    standing: str


@dataclass(frozen=True)
class Step:
    """The next number of points that opens something: `labels` says what."""

    points: int
    needed: int
    labels: tuple[str, ...]

    @property
    def words(self) -> str:
        """How far it is, in words."""
        return f"{self.points:,} of {self.needed:,} points"


@dataclass(frozen=True)
class Pause:
    """Something the viewer may not do for a time: what and until when, and why."""

    sentence: str
    reason: str


@dataclass(frozen=True)
class PrivilegesPage:
    """Every privilege, what the viewer has, what comes next, and what is paused. `brings` is what an account opens."""

    is_member: bool
    points: int
    next: Step | None
    pauses: tuple[Pause, ...]
    must_read: bool
    brings: tuple[str, ...]
    everybody: tuple[Privilege, ...]
    team: tuple[Privilege, ...]


def get_privileges_page(viewer: Person, rules: Rules) -> PrivilegesPage:
    """Return every privilege as `viewer` meets it; one query for a member, none for a guest."""
    return PrivilegesPage(
        is_member=viewer.is_authenticated,
        points=viewer.reputation,
        next=_next(rules, viewer),
        pauses=_pauses(viewer),
        must_read=viewer.must_acknowledge,
        brings=tuple(LEVELS[name].metadata["label"] for name, level in _levels(rules, "Privileges") if level == MEMBER),
        everybody=privileges_of(rules, "Privileges", viewer),
        team=privileges_of(rules, "Team", viewer),
    )


def privileges_of(rules: Rules, group: str, viewer: Person) -> tuple[Privilege, ...]:
    """Return what each level of `group` needs, by the rules in force."""
    return tuple(
        Privilege(
            label=LEVELS[name].metadata["label"],
            needs=_needs(level),
            reason=LEVELS[name].metadata["reason"],
            is_reached=_is_reached(viewer, level),
            is_paused=_is_reached(viewer, level) and _is_paused(viewer, name),
            standing=_standing(viewer, level),
        )
        for name, level in _levels(rules, group)
    )


def _levels(rules: Rules, group: str) -> list[tuple[str, str]]:
    return [
        (name, str(getattr(rules, name)))
        for name, rule in LEVELS.items()
        if rule.metadata["group"] == group and (rules.has_downvotes or "_down" not in name)
    ]


def _needs(level: str) -> str:
    return _NEEDS.get(level) or ("1 point" if level == "1" else f"{int(level):,} points")


def _is_reached(viewer: Person, level: str) -> bool:
    return viewer.is_authenticated and bool(permissions.reaches(viewer, level, ""))


def _is_paused(viewer: Person, name: str) -> bool:
    return name not in _NEVER_PAUSED and not permissions.is_free_to(viewer, _ABILITIES.get(name, Ability.EVERYTHING))


def _standing(viewer: Person, level: str) -> str:
    if not viewer.is_authenticated or level in _NEEDS:
        return _needs(level)
    return f"{max(viewer.reputation, 0):,} of {_needs(level)}"


def _next(rules: Rules, viewer: Person) -> Step | None:
    """Return the lowest points that open something to `viewer`; guests, and those who have all of it, have none."""
    if not viewer.is_authenticated:
        return None
    ahead = [
        (int(level), LEVELS[name].metadata["label"])
        for name, level in _levels(rules, "Privileges")
        if level not in _NEEDS and not _is_reached(viewer, level)
    ]
    if not ahead:
        return None
    needed = min(points for points, _ in ahead)
    return Step(max(viewer.reputation, 0), needed, tuple(label for points, label in ahead if points == needed))


def _pauses(viewer: Person) -> tuple[Pause, ...]:
    if not viewer.is_authenticated:
        return ()
    running = Suspension.objects.filter(member_id=viewer.pk, lifted_at=None, until__gt=timezone.now())
    return tuple(
        Pause(permissions.pause(Ability(one.ability), one.until), one.reason)
        for one in running.order_by("-until", "pk")
    )
