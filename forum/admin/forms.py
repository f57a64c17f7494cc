"""What a moderator says when they act here: always why, sometimes how long or what for."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from accounts.choices import Role
from accounts.fields import LineField, TypedField
from forum import plaintext
from forum.choices import Ability
from forum.limits import REASON_LENGTH, TAG_LENGTH
from forum.models import CloseReason, Question, Tag

_DAYS = [(1, "1 day"), (3, "3 days"), (7, "1 week"), (30, "1 month"), (90, "3 months"), (365, "1 year")]


class ReasonForm(forms.Form):
    """Why."""

    reason = TypedField(
        label="Why?",
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Say why, in a sentence.",
            "max_length": f"Keep this to {REASON_LENGTH} characters.",
        },
    )

    def options(self) -> dict[str, Any]:
        """Return what the act needs beside the reason."""
        return {}


class CloseForm(ReasonForm):
    """Why a question takes no more answers, and which question to read instead."""

    cause = forms.ChoiceField(
        label="What is it?",
        choices=lambda: [(reason.key, reason.label) for reason in CloseReason.objects.filter(is_active=True)],
        error_messages={"required": "Choose a reason", "invalid_choice": "Choose a reason"},
    )
    duplicate_of = forms.IntegerField(
        label="Number of the original question",
        required=False,
        min_value=1,
        help_text="If it has been asked before: the number in that question’s address.",
        error_messages={"invalid": "Enter the number in the question’s address, for example 120."},
    )
    field_order = ("cause", "duplicate_of", "reason")

    def clean_duplicate_of(self) -> int | None:
        """Refuse a number that is no question's."""
        number: int | None = self.cleaned_data["duplicate_of"]
        if number is not None and not Question.objects.filter(pk=number).exists():
            raise forms.ValidationError("There is no question with this number.", code="unknown")
        return number

    def options(self) -> dict[str, Any]:
        """Return the cause and the other question."""
        return {"cause": self.cleaned_data["cause"], "duplicate_of": self.cleaned_data["duplicate_of"]}


class SuspendForm(ReasonForm):
    """What somebody does without, for how long, and why."""

    ability = forms.ChoiceField(
        label="Suspend them from what?",
        choices=Ability.choices,
        initial=Ability.EVERYTHING,
        error_messages={
            "required": "Choose what to suspend them from.",
            "invalid_choice": "Choose what to suspend them from.",
        },
    )
    days = forms.TypedChoiceField(
        label="For how long?",
        choices=_DAYS,
        coerce=int,
        initial=3,
        error_messages={"required": "Choose how long.", "invalid_choice": "Choose how long."},
    )
    field_order = ("ability", "days", "reason")

    def options(self) -> dict[str, Any]:
        """Return what they do without, and until when."""
        ends = timezone.now() + timedelta(days=self.cleaned_data["days"])
        return {"ability": self.cleaned_data["ability"], "until": ends.isoformat()}


class RoleForm(ReasonForm):
    """What somebody is trusted with, and why."""

    role = forms.ChoiceField(
        label="Role",
        choices=Role.choices,
        help_text="Helpers see the queue, moderators act, administrators change settings and roles.",
        error_messages={"required": "Choose a role.", "invalid_choice": "Choose a role."},
    )
    field_order = ("role", "reason")

    def options(self) -> dict[str, Any]:
        """Return the role."""
        return {"role": self.cleaned_data["role"]}


class TagNameForm(ReasonForm):
    """The new name of a tag, and why."""

    name = LineField(
        label="New name",
        max_length=TAG_LENGTH,
        help_text="The old name will still lead here.",
        error_messages={"required": "Enter the new name.", "max_length": f"Up to {TAG_LENGTH} characters."},
    )
    field_order = ("name", "reason")

    def options(self) -> dict[str, Any]:
        """Return the name."""
        return {"name": self.cleaned_data["name"]}


class MergeTagForm(ReasonForm):
    """The tag that questions carry instead, and why."""

    target = LineField(
        label="The tag to merge it into",
        max_length=TAG_LENGTH,
        error_messages={"required": "Enter the other tag.", "max_length": "Enter the other tag."},
    )
    field_order = ("target", "reason")

    def clean_target(self) -> int:
        """Return the number of the tag of this name; refuse one that there is not."""
        name = plaintext.tag_name(self.cleaned_data["target"])
        found = Tag.objects.standing().filter(name=name).values_list("pk", flat=True).first()
        if found is None:
            raise forms.ValidationError(f"There is no tag “{name}”.", code="unknown")
        return int(found)

    def options(self) -> dict[str, Any]:
        """Return the number of the other tag."""
        return {"target": self.cleaned_data["target"]}
