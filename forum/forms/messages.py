"""What moderators and members write to each other, note, and suspend for."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone

from accounts.fields import TypedField
from forum.choices import Ability, MessageKind
from forum.limits import REASON_LENGTH

MESSAGE_LENGTH = 3_000
NOTE_LENGTH = 1_000
_DAYS = [(1, "1 day"), (3, "3 days"), (7, "1 week"), (30, "1 month"), (90, "3 months"), (365, "1 year")]
_KINDS = [
    (MessageKind.MESSAGE, "chat|A message|They can read it and answer."),
    (MessageKind.CARE, "buoy|A word of care|Says that it isn’t a warning, and where to find help."),
    (MessageKind.WARNING, "alert|A warning|They must confirm they’ve read it before they write again."),
]


class WordsField(TypedField):
    """A text of several lines, with the sentence that asks for it."""

    def __init__(self, *, label: str, longest: int, required_sentence: str, **options: Any) -> None:
        super().__init__(
            label=label,
            max_length=longest,
            strip=False,
            widget=forms.Textarea(attrs={"rows": options.pop("rows", 6)}),
            error_messages={"required": required_sentence, "max_length": f"Use at most {longest:,} characters."},
            **options,
        )


class MessageForm(forms.Form):
    """What a member writes to the moderators."""

    text = WordsField(label="Your message", longest=MESSAGE_LENGTH, required_sentence="Write your message first.")


class TeamMessageForm(forms.Form):
    """What a moderator writes to a member, and how it is meant."""

    kind = forms.ChoiceField(
        label="How is it meant?",
        choices=_KINDS,
        initial=MessageKind.MESSAGE,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how it is meant.", "invalid_choice": "Choose how it is meant."},
    )
    text = WordsField(label="Your words", longest=MESSAGE_LENGTH, required_sentence="Write your message first.", rows=8)


class NoteForm(forms.Form):
    """What the team should know of a member."""

    text = WordsField(
        label="A note for the team",
        longest=NOTE_LENGTH,
        required_sentence="Write the note first.",
        help_text="Only moderators read it.",
        rows=3,
    )


class SuspensionForm(forms.Form):
    """What a member does without, for how long, and why."""

    ability = forms.ChoiceField(
        label="Suspend them from what?",
        choices=Ability.choices,
        initial=Ability.EVERYTHING,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose what to suspend them from.",
            "invalid_choice": "Choose what to suspend them from.",
        },
    )
    days = forms.TypedChoiceField(
        label="For how long?",
        choices=_DAYS,
        coerce=int,
        initial=3,
        error_messages={"required": "Choose how long.", "invalid_choice": "Choose how long."},
    )
    text = WordsField(
        label="Why?",
        longest=REASON_LENGTH,
        required_sentence="Say why, in a sentence the member can understand.",
        help_text="The member reads it.",
        rows=4,
    )

    def options(self) -> dict[str, Any]:
        """Return what the action needs; it ends on a full minute, so that a form sent twice is one suspension."""
        ends = timezone.now() + timedelta(days=self.cleaned_data["days"])
        return {
            "ability": self.cleaned_data["ability"],
            "until": ends.replace(second=0, microsecond=0),
            "reason": self.cleaned_data["text"],
        }
