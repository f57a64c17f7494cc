"""How the ways of hearing of a thing are called on buttons."""

from dataclasses import dataclass

from django import template

from forum.choices import FollowMode

register = template.Library()

_SHORT = {
    FollowMode.INSTANT: "Right away",
    FollowMode.DAILY: "Daily",
    FollowMode.WEEKLY: "Weekly",
    FollowMode.SITE: "On site",
    FollowMode.MUTED: "Muted",
}


@dataclass(frozen=True)
class Way:
    """One way, in a few words and in one or two."""

    mode: str
    label: str
    short: str
    is_muted: bool


@register.simple_tag
def follow_ways() -> tuple[Way, ...]:
    """Return every way of hearing of what one follows, the quickest first and silence last."""
    return tuple(Way(mode.value, str(mode.label), _SHORT[mode], mode == FollowMode.MUTED) for mode in FollowMode)


@register.filter
def mode_among(modes: dict[int, str], key: int) -> str:
    """Return the mode of one thing among `modes`; empty when it is not followed."""
    return modes.get(key, "")
