"""The shape of a suggested edit, and of what is decided about one."""

from typing import Any

from django import forms

from accounts.fields import LineField
from forum.forms.posts import EditForm
from forum.limits import REASON_LENGTH

_OUTCOME = {"max_length": f"Up to {REASON_LENGTH} characters, please."}


class SuggestForm(EditForm):
    """Other words for somebody's post, and why; what the words are about stays its author's."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, categories=[], **options)
        for name in ("category", "intent", "audience", "notes", "is_anonymous"):
            self.fields.pop(name, None)
        self._begin()
        reason = self.fields["reason"]
        reason.required, reason.label = True, "What does it make better?"
        reason.help_text = "Whoever decides reads it first. It stands in the history of the post."
        reason.error_messages["required"] = "Say in a few words what it makes better."


class ChangeSuggestionForm(SuggestForm):
    """A suggestion as whoever approves it wants it."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        reason = self.fields["reason"]
        reason.required, reason.label = False, "A word to whoever suggested it"
        reason.help_text = "They read it beside what became of their suggestion."


class DecisionForm(forms.Form):
    """Why a suggestion is approved or rejected, and which text the decider has looked at."""

    reason = LineField(required=False, max_length=REASON_LENGTH, error_messages=_OUTCOME)
    base_version = forms.IntegerField(required=False, widget=forms.HiddenInput)
