"""The form that tells moderators about a post."""

from collections.abc import Sequence
from typing import Any

from django import forms

from accounts.fields import GivenField, TypedField
from forum.limits import REASON_LENGTH
from forum.models import FlagReason


class FlagForm(forms.Form):
    """What is wrong with a post, in the reporter's words."""

    reason = forms.ChoiceField(
        label="What is wrong?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a reason", "invalid_choice": "Choose a reason"},
    )
    text = TypedField(
        label="Anything a moderator should know",
        required=False,
        max_length=REASON_LENGTH,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": f"Use at most {REASON_LENGTH} characters"},
    )

    website = GivenField(
        label="Leave this empty",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, reasons: Sequence[FlagReason], **options: Any) -> None:
        super().__init__(*args, **options)
        self._reasons = reasons
        cards = [(reason.key, f"{reason.icon}|{reason.label}|{reason.hint}") for reason in reasons]
        self.fields["reason"].choices = cards  # type: ignore[attr-defined]

    @property
    def is_about_danger(self) -> bool:
        """Whether the chosen reason says that somebody may be in danger."""
        return any(reason.is_care for reason in self._reasons if reason.key == self.cleaned_data.get("reason"))

    @property
    def said(self) -> dict[str, str]:
        """The reason and the words."""
        return {name: self.cleaned_data[name] for name in ("reason", "text")}

    def clean_website(self) -> str:
        """Refuse what people cannot see and programs fill in, and empty it."""
        if self.cleaned_data["website"]:
            self.data = {**{name: self.data.get(name) for name in self.data}, "website": ""}
            raise forms.ValidationError(
                "A hidden field was filled in, perhaps by your browser. It’s empty again: please send it again.",
                code="trapped",
            )
        return ""

    def clean(self) -> dict[str, object]:
        """Ask for words when none of the reasons fits."""
        cleaned = super().clean() or {}
        wordy = {reason.key for reason in self._reasons if reason.needs_text}
        if cleaned.get("reason") in wordy and not cleaned.get("text"):
            self.add_error("text", "Say briefly what’s wrong")
        return cleaned
