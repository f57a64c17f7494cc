"""The shape of what members let others see."""

from django import forms

from forum.choices import MemberPart


class VisibilityForm(forms.Form):
    """Which parts of one's page others see."""

    shown = forms.MultipleChoiceField(
        label="What others see on your page",
        choices=MemberPart.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Your name, your picture, your points and what you say about yourself are always there.",
        error_messages={"invalid_choice": "Choose from the parts shown here."},
    )
    shows_sensitive = forms.BooleanField(
        label="Show what I write in sensitive topics there, too",
        help_text="Off from the start. Your answer stands below its question all the same.",
        required=False,
    )

    @property
    def hidden(self) -> list[MemberPart]:
        """The parts that were left out, once the form is valid."""
        return [part for part in MemberPart if part not in self.cleaned_data["shown"]]
