"""The form of a mail provider's report: which mail came back, and whether for good."""

from typing import Any
from uuid import UUID

from django import forms

from accounts.fields import GivenField
from forum import tokens

_SAID_LENGTH = 400


class BounceForm(forms.Form):
    """Which mail (`to`: the signed address it came back to, or `token`: its Message-ID's first part) and how."""

    to = GivenField(required=False, max_length=320)
    token = forms.UUIDField(required=False)
    kind = forms.ChoiceField(choices=[("hard", "For good"), ("soft", "For now")])
    said = GivenField(required=False)

    def clean_said(self) -> str:
        """Return what the other server said, as far as it is kept."""
        return str(self.cleaned_data["said"])[:_SAID_LENGTH]

    def clean(self) -> dict[str, Any]:
        """Leave in `mail` which mail it is; None for an address that we never made."""
        cleaned = super().clean() or {}
        if not cleaned.get("to") and not cleaned.get("token"):
            raise forms.ValidationError("Name the email: to or token.")
        mail: UUID | None = tokens.read_bounce_address(cleaned["to"]) if cleaned.get("to") else cleaned["token"]
        return {**cleaned, "mail": mail}
