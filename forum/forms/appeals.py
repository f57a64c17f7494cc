"""The form that asks for a second look at an act of moderation."""

from django import forms

from forum import plaintext
from forum.limits import APPEAL_LENGTH


class AppealForm(forms.Form):
    """Why an act should be looked at again, in the words of who it was done to."""

    text = forms.CharField(
        label="Why should somebody look at it again?",
        max_length=APPEAL_LENGTH,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": "Say in a few words what was missed",
            "max_length": f"Keep this to {APPEAL_LENGTH:,} characters",
        },
    )

    def clean_text(self) -> str:
        """Return the words without signs nobody sees; nothing but such signs is nothing."""
        text = plaintext.clean_text(self.cleaned_data["text"]).strip()
        if not text:
            raise forms.ValidationError("Say in a few words what was missed")
        return text
