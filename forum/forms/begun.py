"""The choices that a form of an edit began with: what nobody changed in it stays as the post has it by now."""

import json
from collections.abc import Mapping
from typing import Any

from django import forms

from accounts.fields import GivenField
from forum.forms.tag_names import tag_names
from forum.forms.writing import NO_NOTE

CHOICES = ("is_anonymous", "audience", "intent", "notes", "category", "tags")

Choices = dict[str, Any]
"""Values of CHOICES that can be compared: a list in order, a text, or yes or no."""


class BegunField(GivenField):
    """A hidden field with the choices a form began with; what cannot be read counts as none."""

    widget = forms.HiddenInput

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)

    def clean(self, value: Any) -> Choices:
        """Return the choices, by the names of their fields."""
        return read_choices(value)

    def prepare_value(self, value: Any) -> Any:
        """Write choices as the line that `clean` reads."""
        return json.dumps(value) if isinstance(value, dict) else value


def choices_in(fields: Mapping[str, Any]) -> Choices:
    """Return the choices among the values of a form, so that they can be compared."""
    return {name: comparable(name, fields[name]) for name in CHOICES if name in fields}


def comparable(name: str, value: Any) -> Any:
    """Return what was chosen in the field of this `name`, whichever way it is written."""
    if name == "is_anonymous":
        return bool(value)
    if name == "tags":
        return sorted(set(tag_names(value) if isinstance(value, str) else value or ()))
    if name == "notes":
        return sorted({str(slug) for slug in value or () if slug != NO_NOTE})
    return str(value or "")


def read_choices(value: Any) -> Choices:
    """Return the choices that a hidden field or a draft kept; none when it holds anything else."""
    if isinstance(value, str):
        try:
            value = json.loads(value or "{}")
        except (ValueError, RecursionError):
            return {}
    if not isinstance(value, dict):
        return {}
    lists = {"notes", "tags"}
    return {
        name: comparable(name, value[name])
        for name in CHOICES
        if name in value and isinstance(value[name], list if name in lists else str | bool)
    }


def taken_up(kept: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields of a form that goes on with what was `kept` of it, about a post that is as `now` says.

    Choices that were not changed when it was kept are those of the post by now.
    """
    begun = read_choices(kept.get("begun"))
    fields = {**now, **kept, "begun": choices_in(now)}
    for name in begun.keys() & now.keys():
        if comparable(name, kept.get(name)) == begun[name]:
            fields[name] = now[name]
    return fields
