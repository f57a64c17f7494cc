"""Why an earlier text comes back, or is hidden."""

from typing import Any

from django import forms

from accounts.fields import LineField

_LONGEST = 250  # the reason of a revision, with what the site puts before it
_TOO_LONG = {"max_length": f"Up to {_LONGEST} characters, please."}


class RollBackForm(forms.Form):
    """Why an earlier text is better, and which text stood there when that was decided."""

    reason = LineField(label="Why is the earlier text better?", required=False, max_length=_LONGEST)
    base_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, is_own: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        reason = self.fields["reason"]
        reason.required = not is_own
        reason.help_text = "One line for the history of this post." if is_own else "The author reads it."
        reason.error_messages |= {"required": "Say in a few words why this text is better.", **_TOO_LONG}


class HideRevisionForm(forms.Form):
    """What kind of details a text holds."""

    reason = LineField(
        label="What kind of details does it hold?",
        max_length=_LONGEST,
        help_text="Without repeating them: moderators read this in the log.",
        error_messages={"required": "Say what kind of details it holds.", **_TOO_LONG},
    )
