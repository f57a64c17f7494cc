"""The form that asks for a second look at an act of moderation."""

from django import forms

from accounts.fields import TypedField
from forum.limits import APPEAL_LENGTH


class AppealForm(forms.Form):
    """Why an act should be looked at again, in the words of who it was done to."""

    text = TypedField(
        label="Why should we look at it again?",
        max_length=APPEAL_LENGTH,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={
            "required": "Say briefly what was missed",
            "max_length": f"Use at most {APPEAL_LENGTH:,} characters",
        },
    )
