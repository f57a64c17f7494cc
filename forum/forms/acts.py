"""The form of every act of moderation on a post: why, what its author reads, and what single acts ask beside that."""

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.utils import timezone

from accounts.fields import GivenField, LineField, TypedField
from forum.limits import NOTICE_LENGTH, REASON_LENGTH
from forum.models import CloseReason

REPLY_LENGTH = 3_000
DAYS = [("0", "For now"), ("1", "For a day"), ("3", "For 3 days"), ("7", "For a week"), ("30", "For a month")]
MINUTES = [
    *[("5", "5 minutes"), ("15", "15 minutes"), ("30", "Half an hour"), ("60", "An hour")],
    *[("240", "4 hours"), ("1440", "A day")],
]
CAUTION = "Caution: please don’t stop or change a medicine without asking a doctor or a pharmacist."
_DIGITS = 18  # of the largest number an id can be
_NUMBER_IN_ADDRESS = re.compile(r"^/?(\d{1,18})(?:/|$)")
_MISSING = {
    "cause": "Choose why it is closed",
    "duplicate_of": "Enter the link of the question that was asked before",
    "target": "Enter the link of the question to merge it into",
    "category": "Choose a topic",
    "minutes": "Choose how long people should wait",
    "text": "Say in a sentence what readers should know",
    "to": "Choose what it becomes",
}


class QuestionField(LineField):
    """The address of a question of this site, or its number; gives the number."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=400, widget=forms.Textarea(attrs={"rows": 1}), **options)

    def clean(self, value: Any) -> Any:
        """Return the number in the address, or None where nothing was given."""
        text = str(super().clean(value)).strip()
        if not text:
            return None
        found = _NUMBER_IN_ADDRESS.match(text if text.isdecimal() else urlsplit(text).path)
        if found is None:
            raise forms.ValidationError("This isn’t the link of a question on this site")
        return int(found[1])


class ActForm(forms.Form):
    """Why, and what the author reads; `needs` names what this act asks beside that."""

    reason = TypedField(
        label="Why",
        help_text="The author sees this beside the post, and it is kept in the log.",
        required=False,
        max_length=REASON_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    reply = TypedField(
        label="A message to the author",
        help_text="Say what they can change. Leave empty to send nothing.",
        required=False,
        max_length=REPLY_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    case = forms.IntegerField(required=False, min_value=1, max_value=10**_DIGITS, widget=forms.HiddenInput)
    next = GivenField(required=False, max_length=400, widget=forms.HiddenInput)
    days = forms.TypedChoiceField(label="How long", choices=DAYS, coerce=int, required=False)
    minutes = forms.TypedChoiceField(
        label="Time between two posts by one person", choices=MINUTES, coerce=int, required=False, empty_value=None
    )
    text = TypedField(
        label="What readers should know",
        required=False,
        max_length=NOTICE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    cause = forms.ChoiceField(label="Why it is closed", required=False)
    duplicate_of = QuestionField(label="The question that was asked before", required=False)
    same = QuestionField(required=False)  # one of those proposed; an address that was typed wins
    category = forms.TypedChoiceField(label="Topic", coerce=int, required=False, empty_value=None)
    target = QuestionField(label="The question to merge it into", required=False)
    to = forms.ChoiceField(choices=[("comment", "Comment"), ("answer", "Answer")], required=False)

    def __init__(
        self,
        *args: Any,
        reasons: Sequence[CloseReason],
        categories: Sequence[tuple[str, str]],
        needs: Sequence[str] = (),
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self._needs = needs
        self.fields["cause"].choices = [(one.key, one.label) for one in reasons]  # type: ignore[attr-defined]
        self.fields["category"].choices = categories  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for what this act needs."""
        cleaned = super().clean() or {}
        cleaned["duplicate_of"] = cleaned.get("duplicate_of") or cleaned.get("same")
        for name in self._needs:
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _MISSING[name])
        if cleaned.get("days"):
            cleaned["until"] = timezone.now() + timedelta(days=cleaned["days"])
        return cleaned


class CloseVoteForm(forms.Form):
    """Whether and why a member would close a question, or open it again; `none` takes the vote back."""

    vote = forms.ChoiceField(choices=[("close", "Close"), ("reopen", "Reopen"), ("none", "Withdraw")])
    cause = forms.ChoiceField(label="Why should it be closed?", widget=forms.RadioSelect, required=False)
    duplicate_of = QuestionField(label="The question that was asked before", required=False)
    same = QuestionField(required=False)  # one of those proposed; an address that was typed wins

    def __init__(self, *args: Any, reasons: Sequence[CloseReason], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["cause"].choices = [(one.key, f"|{one.label}|") for one in reasons]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for a reason to close."""
        cleaned = super().clean() or {}
        if cleaned.get("vote") == "close" and not cleaned.get("cause"):
            self.add_error("cause", "Choose a reason")
        cleaned["duplicate_of"] = cleaned.get("duplicate_of") or cleaned.get("same")
        return cleaned
