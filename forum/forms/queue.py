"""The forms of the moderation queue: decide one case, hand it over, decide several."""

from django import forms
from django.http import QueryDict

from accounts.fields import LineField, TypedField
from forum.limits import BULK_MOST, MESSAGE_LENGTH, NOTE_LENGTH, REASON_LENGTH


class Words(TypedField):
    """Words of a moderator; none are needed."""

    def __init__(self, length: int) -> None:
        super().__init__(
            required=False, max_length=length, error_messages={"max_length": f"Use at most {length:,} characters"}
        )


class DecideForm(forms.Form):
    """What was tapped (`hide`, or with a text of the library `hide+private`), and words where somebody wrote any."""

    act = forms.RegexField(r"^[a-z_]{1,16}(\+[a-z0-9_-]{1,32})?$")
    reason = Words(REASON_LENGTH)
    reply = Words(MESSAGE_LENGTH)
    topic = forms.IntegerField(required=False, min_value=1, max_value=2**31)


class HandOverForm(forms.Form):
    """Whom the case goes to, by name, or nobody in particular; and what they should know."""

    to = LineField(required=False, max_length=30)
    note = Words(NOTE_LENGTH)


class BulkForm(forms.Form):
    """Which cases, and what becomes of all of them."""

    cases = forms.TypedMultipleChoiceField(coerce=int)
    act = forms.ChoiceField(choices=[(name, name) for name in ("fine", "hide", "spam")])
    reason = Words(REASON_LENGTH)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self._is_empty = not data.getlist("cases")
        chosen = [one for one in data.getlist("cases") if one.isascii() and one.isdecimal() and len(one) <= 18]  # noqa: PLR2004
        self.fields["cases"].choices = [(one, one) for one in chosen]  # type: ignore[attr-defined]

    @property
    def refusal(self) -> str:
        """What to say when the form cannot be used."""
        if self._is_empty:
            return "Choose some cases first."
        return " ".join(str(error) for errors in self.errors.values() for error in errors)

    def clean_cases(self) -> list[int]:
        """Return the numbers, not too many at once."""
        cases: list[int] = self.cleaned_data["cases"]
        if len(cases) > BULK_MOST:
            raise forms.ValidationError(f"Choose at most {BULK_MOST} at once.")
        return cases
