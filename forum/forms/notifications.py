"""The forms by which a member chooses how they are told."""

from collections.abc import Sequence
from typing import Any

from django import forms

from forum.choices import MailChoice, NotificationKind, Rhythm

_HOURS = [(hour, f"{hour:02d}:00") for hour in range(24)]


class NotificationsForm(forms.Form):
    """For each kind of thing: whether it stands in the inbox, and when a mail comes."""

    def __init__(self, *args: Any, kinds: Sequence[NotificationKind], **options: Any) -> None:
        super().__init__(*args, **options)
        self.kinds = kinds
        for kind in kinds:
            self.fields[f"site_{kind}"] = forms.BooleanField(required=False)
            self.fields[f"mail_{kind}"] = forms.ChoiceField(choices=MailChoice.choices)

    def chosen(self) -> dict[NotificationKind, tuple[bool, MailChoice]]:
        """Return for each kind whether it stands in the inbox, and when a mail comes."""
        data = self.cleaned_data
        return {kind: (data[f"site_{kind}"], MailChoice(data[f"mail_{kind}"])) for kind in self.kinds}


class RhythmForm(forms.Form):
    """How often a summary comes, when, and when no mail shall come."""

    rhythm = forms.ChoiceField(
        label="Summary email",
        choices=Rhythm.choices,
        widget=forms.RadioSelect,
        help_text="Only when there’s news.",
    )
    digest_hour = forms.TypedChoiceField(
        label="At", choices=_HOURS, coerce=int, help_text="The weekly one comes on Mondays."
    )
    time_zone = forms.ChoiceField(label="Your time zone", required=False)
    quiet_from = forms.TimeField(
        label="No emails from", required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    quiet_until = forms.TimeField(
        label="Until",
        required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text="Leave both empty for no quiet hours. Sign-in codes are always sent.",
    )

    shows_titles = forms.BooleanField(
        label="Show the question in the subject of emails",
        required=False,
        help_text="Anyone who sees your locked screen can read it there.",
    )

    def __init__(self, *args: Any, zones: Sequence[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["time_zone"]
        assert isinstance(field, forms.ChoiceField)  # two lines above
        field.choices = zones
