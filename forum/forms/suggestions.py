"""The shape of a suggested edit, and of what is decided about one."""

from typing import Any

from django import forms

from accounts.fields import LineField
from forum.forms.posts import EditForm
from forum.limits import REASON_LENGTH

_OUTCOME = {"max_length": f"Use up to {REASON_LENGTH} characters."}


class SuggestForm(EditForm):
    """Other words for somebody's post, and why; what the words are about stays its author's."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, categories=[], **options)
        for name in ("category", "intent", "audience", "notes", "is_anonymous"):
            self.fields.pop(name, None)
        self._begin()
        reason = self.fields["reason"]
        reason.required, reason.label = True, "What does this improve?"
        reason.help_text = "The person who decides sees this first. It is kept in the post’s history."
        reason.error_messages["required"] = "Say briefly what this improves."


class ChangeSuggestionForm(SuggestForm):
    """A suggestion as whoever approves it wants it."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        reason = self.fields["reason"]
        reason.required, reason.label = False, "A word to the person who suggested it"
        reason.help_text = "They see it with your decision."


class DecisionForm(forms.Form):
    """Why a suggestion is approved or rejected, and which text the decider has looked at."""

    reason = LineField(required=False, max_length=REASON_LENGTH, error_messages=_OUTCOME)
    base_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
