"""Why an earlier text comes back, or is hidden."""

from typing import Any

from django import forms

from accounts.fields import LineField

_LONGEST = 250  # the reason of a revision, with what the site puts before it
_TOO_LONG = {"max_length": f"Use up to {_LONGEST} characters."}


class RollBackForm(forms.Form):
    """Why an earlier text is better, and which text stood there when that was decided."""

    reason = LineField(label="Why is the earlier version better?", required=False, max_length=_LONGEST)
    base_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, is_own: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        reason = self.fields["reason"]
        reason.required = not is_own
        reason.help_text = "One line for this post’s history." if is_own else "The author will see this."
        reason.error_messages |= {"required": "Say briefly why this version is better.", **_TOO_LONG}


class HideRevisionForm(forms.Form):
    """What kind of details a text holds."""

    reason = LineField(
        label="What kind of details does it have?",
        max_length=_LONGEST,
        help_text="Don’t repeat them: moderators read this in the log.",
        error_messages={"required": "Say what kind of details it has.", **_TOO_LONG},
    )
