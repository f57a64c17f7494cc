"""What every form for a post shares: text made regular, who signs it, and the traps for programs."""

import time
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import QueryDict

from accounts.fields import GivenField, LineField, TextField
from forum.limits import FORM_SECONDS_LONGEST, GUEST_NAME_LENGTH, Rules
from forum.models import Person

Choices = Sequence[tuple[str, str]]

NO_NOTE = "none"
_SALT = "forum.form"
_HIDDEN = "You are anonymous {}, so this is on. If you switch it off, this post will show your name."
_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


class SubmissionField(forms.UUIDField):
    """The number of one sitting at a form; whatever else arrives counts as none."""

    def clean(self, value: Any) -> uuid.UUID | None:
        """Return the number, or None for anything that isn't one."""
        return read_number(value)


@dataclass(frozen=True)
class Problem:
    """One line of the list above a form: what to do, and the field to go to (empty for the form as a whole)."""

    text: str
    anchor: str


class WritingForm(forms.Form):
    """A text on its way to a reader: the body, who signs it, and hidden guards.

    `submission_id` numbers one sitting at the form, `continues` the draft it goes on from."""

    use_required_attribute = False
    challenge = ""  # work for a newcomer's browser, done while they write
    check: Any = None  # the question the gate asks those without script, when it asks for one
    problems_in_short: dict[tuple[str, str], str] = {}

    body = TextField(longest=1)
    is_anonymous = forms.BooleanField(
        label="Post anonymously",
        required=False,
        help_text="Your name, picture and points stay hidden. You can still reply and mark a best answer.",
    )
    guest_name = LineField(
        label="Your name to display",
        required=False,
        max_length=GUEST_NAME_LENGTH,
        error_messages={"max_length": f"A name can have up to {GUEST_NAME_LENGTH} characters."},
        widget=forms.TextInput(attrs={"autocomplete": "nickname", "placeholder": "Anonymous"}),
        help_text="Leave empty to post as Anonymous.",
    )
    guest_email = forms.EmailField(
        label="Email for notifications",
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": "This doesn’t look like an email address. You can also leave it empty."},
        help_text="Privacy: Your email address will only be used for sending these notifications.",
    )
    submission_id = SubmissionField(required=False, widget=forms.HiddenInput, initial=uuid.uuid4)
    continues = SubmissionField(required=False, widget=forms.HiddenInput)
    started = GivenField(required=False, widget=forms.HiddenInput, initial=lambda: sign_time(time.time()))
    signed_in = GivenField(required=False, widget=forms.HiddenInput)
    # Hidden from people by the style sheet, and labelled for those who find it all the same (the gate reads it).
    website = GivenField(
        label="Leave this empty",
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, viewer: Person, rules: Rules, notes: Choices = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.viewer = viewer
        self.rules = rules
        if viewer.is_authenticated:
            del self.fields["guest_name"], self.fields["guest_email"]
            # Tells a member whose session ended from a guest: their text is kept, not posted as a guest's.
            self.fields["signed_in"].initial = "1"
        else:
            del self.fields["is_anonymous"]
            self.fields["guest_email"].initial = getattr(viewer, "email", "")
            if self.fields["guest_email"].initial:
                self.fields["guest_email"].help_text += " Clear it to stop these emails."
        self.offer_notes(notes)

    def begin_anonymous(self, where: str = "in this thread") -> None:
        """Start with the name hidden, as in the thread this is for; what was typed or kept before goes first."""
        if field := self.fields.get("is_anonymous"):
            field.initial = True
            field.help_text = f"{_HIDDEN.format(where)} {field.help_text}"

    def given_email(self) -> str | None:
        """Return the address a guest gave, empty when they took it away; None where nobody was asked."""
        return self.cleaned_data.get("guest_email") if self.add_prefix("guest_email") in self.data else None

    def offer_notes(self, notes: Choices) -> None:
        """Offer these content notes, when the form has them and the owner offers any."""
        field = self.fields.get("notes")
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(NO_NOTE, "None needed"), *notes]
            self.initial["notes"] = self.initial.get("notes") or [NO_NOTE]
            if not notes:
                del self.fields["notes"]

    def clean_notes(self) -> list[str]:
        """Return the chosen notes; “none needed” beside others is taken as forgotten."""
        return [slug for slug in self.cleaned_data["notes"] if slug != NO_NOTE]

    @property
    def summary(self) -> list[Problem]:
        """What to look at, in the order of the fields, with the shortest words there are."""
        problems = [Problem(str(text), "") for text in self.non_field_errors()]
        for name in self.fields:
            for error in self.errors.as_data().get(name, []):
                short = self.problems_in_short.get((name, str(error.code)), str(next(iter(error))))
                problems.append(Problem(short, self._anchor(name)))
        return problems

    @property
    def summary_heading(self) -> str:
        """How many things there are to look at, in words."""
        count = len(self.summary)
        number = _NUMBERS[count] if count < len(_NUMBERS) else f"{count}"
        return f"{number} thing{'' if count == 1 else 's'} to fix before posting"

    def refuse(self, error: ValidationError | str) -> None:
        """Put a refusal from further down on the field it is about, or on the form as a whole."""
        if isinstance(error, str) or not hasattr(error, "error_dict"):
            self.add_error(None, error)
            return
        for name, errors in error.error_dict.items():
            known = name if name in self.fields and name != NON_FIELD_ERRORS else None
            self.add_error(known, ValidationError(errors))

    def renew_start(self) -> None:
        """Let the clock of this form begin now; the rest of what was typed stays."""
        self.put("started", sign_time(time.time()))

    def put(self, name: str, value: str) -> None:
        """Show the form again with `value` in place of what was sent; the rest stays."""
        data = self.data.copy() if isinstance(self.data, QueryDict) else dict(self.data)
        data[name] = value
        self.data = data

    def _anchor(self, name: str) -> str:
        bound = self[name]
        if bound.is_hidden:
            return ""
        return str(bound.id_for_label or f"{bound.auto_id}_0")


def read_number(value: Any) -> uuid.UUID | None:
    """Return the number of a sitting at a form, or None for anything that isn't one."""
    try:
        return uuid.UUID(str(value))
    except ValueError:
        return None


def sign_time(moment: float) -> str:
    """Return `moment` so that nobody can alter it."""
    return signing.dumps(round(moment, 2), salt=_SALT)


def seconds_open(started: str) -> float | None:
    """Return how long a form has been open, or None when its clock is missing, altered or run out."""
    try:
        moment = signing.loads(started, salt=_SALT, max_age=FORM_SECONDS_LONGEST)
    except signing.BadSignature:
        return None
    return time.time() - moment if isinstance(moment, int | float) else None
