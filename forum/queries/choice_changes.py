"""What differs between two sets of choices about a post, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from forum.choices import Audience, Intent
from forum.models import Category, ContentNote

_LABELS = {
    "is_anonymous": "Your name",
    "audience": "Who can read it",
    "intent": "What would help",
    "notes": "Content note",
    "category": "Topic",
}
"""The choices in the order of a post's signs; its tags are compared with its words."""


@dataclass(frozen=True)
class ChoiceChange:
    """One choice that differs, as people read it."""

    label: str
    before: str
    after: str


def choices_changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[ChoiceChange, ...]:
    """Return how the choices of `after` differ from those of `before`; a query each for topics and notes."""
    differing = [name for name in _LABELS if name in before and name in after and before[name] != after[name]]
    return tuple(
        ChoiceChange(_LABELS[name], _in_words(name, before[name]), _in_words(name, after[name])) for name in differing
    )


def _in_words(name: str, value: Any) -> str:
    if name == "is_anonymous":
        return "Hidden (posted anonymously)" if value else "Shown"
    if name == "audience":
        return str(dict(Audience.choices).get(value, value))
    if name == "intent":
        return str(dict(Intent.choices).get(value, value))
    if name == "notes":
        names = ContentNote.objects.filter(slug__in=value).order_by("name").values_list("name", flat=True)
        return ", ".join(names) or "None"
    topic = Category.objects.filter(pk=value).first() if str(value).isdecimal() else None
    return topic.name if topic else "None"
