"""The form that tells moderators about a post."""

from django import forms

from forum import plaintext
from forum.choices import FlagReason
from forum.limits import REASON_LENGTH

_CARDS = {
    FlagReason.DANGER: "buoy|Someone may be in danger|A person could be hurt, by themselves or by somebody else",
    FlagReason.HARMFUL_ADVICE: "alert|Dangerous advice|Following it could hurt somebody",
    FlagReason.PRIVATE_DETAILS: "lock|Shares private details|A name, an address, a workplace",
    FlagReason.UNKIND: "chat|Unkind|Insults, shaming or pressure",
    FlagReason.SPAM: "ban|Spam|It sells something or leads elsewhere",
    FlagReason.OFF_TOPIC: "compass|Off topic|It belongs somewhere else",
    FlagReason.DUPLICATE: "copy|Asked before|The same question is here already",
    FlagReason.OTHER: "dots|Something else|Tell us in a few words",
}


class FlagForm(forms.Form):
    """What is wrong with a post, in the reporter's words."""

    reason = forms.ChoiceField(
        label="What is wrong?",
        choices=list(_CARDS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what fits best", "invalid_choice": "Choose what fits best"},
    )
    text = forms.CharField(
        label="Anything a moderator should know",
        required=False,
        max_length=REASON_LENGTH,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": f"Keep this to {REASON_LENGTH} characters"},
    )

    def clean_text(self) -> str:
        """Return the words without signs nobody sees."""
        return plaintext.clean_text(self.cleaned_data["text"])

    def clean(self) -> dict[str, object]:
        """Ask for words when none of the reasons fits."""
        cleaned = super().clean() or {}
        if cleaned.get("reason") == FlagReason.OTHER and not cleaned.get("text"):
            self.add_error("text", "Say in a few words what is wrong")
        return cleaned
