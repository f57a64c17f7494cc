"""How an owner says who may do something: a role or a number of points, for the team a role alone."""

from dataclasses import Field
from typing import Any

from django import forms

from accounts.fields import LineField
from forum.limits import LEVEL_POINTS_MOST, admits


class LevelField(LineField):
    """A role or a number of points, however it is written: “2,500”, “Members”."""

    def __init__(self, rule: Field[Any]) -> None:
        self.rule = rule
        super().__init__(
            label=rule.metadata["label"],
            help_text=rule.metadata["reason"],
            required=False,
            max_length=20,
            widget=forms.TextInput(attrs={"placeholder": rule.default, "class": "number", "autocapitalize": "none"}),
        )

    def clean(self, value: Any) -> str:
        """Return the level as it is kept, or nothing for the default."""
        level = super().clean(value).casefold().replace(",", "").removesuffix("points").strip()
        level = str(int(level)) if level.isascii() and level.isdecimal() else level.removesuffix("s")
        if level and not admits(self.rule.name, level):
            roles = ", ".join(self.rule.metadata["roles"])
            sentence = f"Give a number of points from 1 to {LEVEL_POINTS_MOST:,}, or one of these: {roles}."
            raise forms.ValidationError(sentence, code="invalid")
        return level


def level_field(rule: Field[Any]) -> forms.Field:
    """Return the field of a level; one that has a single role is shown and cannot be changed."""
    if rule.metadata["takes_points"]:
        return LevelField(rule)
    roles = rule.metadata["roles"]
    return forms.ChoiceField(
        label=rule.metadata["label"],
        help_text=rule.metadata["reason"] + (" This one is fixed." if len(roles) == 1 else ""),
        required=False,
        disabled=len(roles) == 1,
        widget=forms.Select(attrs={"class": "number"}),
        choices=[("", str(rule.default).capitalize()), *_others(rule)],
        error_messages={"invalid_choice": f"Choose one of these: {', '.join(roles)}."},
    )


def _others(rule: Field[Any]) -> list[tuple[str, str]]:
    return [(role, role.capitalize()) for role in rule.metadata["roles"] if role != rule.default]
