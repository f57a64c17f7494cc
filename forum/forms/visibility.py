"""The shape of what members let others see."""

from django import forms

from forum.choices import MemberPart


class VisibilityForm(forms.Form):
    """Which parts of one's page others see."""

    shown = forms.MultipleChoiceField(
        label="What others see on your profile",
        choices=MemberPart.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Your name, picture, points and what you say about yourself are always shown.",
        error_messages={"invalid_choice": "Choose from this list."},
    )
    shows_sensitive = forms.BooleanField(
        label="Include my posts in sensitive topics",
        help_text="Off by default. Your answers are still shown under their questions.",
        required=False,
    )

    @property
    def hidden(self) -> list[MemberPart]:
        """The parts that were left out, once the form is valid."""
        return [part for part in MemberPart if part not in self.cleaned_data["shown"]]
