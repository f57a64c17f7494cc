"""The shape of what new members are asked."""

from django import forms

from accounts.fields import GivenField
from forum.choices import Pace
from forum.effects.clocks import is_zone
from forum.models import Category

_PACES = [
    (Pace.AT_ONCE.value, "mail|At once|A mail when somebody answers, replies or writes to you. The rest once a day."),
    (Pace.DAILY.value, "sun|Once a day|One mail in the evening, when there is something."),
    (Pace.WEEKLY.value, "clock|Once a week|One mail on Mondays, when there is something."),
    (Pace.ON_SITE.value, "bell|Only here|No mails. You see what is new when you come by."),
]


class TopicsForm(forms.Form):
    """Which topics somebody wants to hear of."""

    topics = forms.ModelMultipleChoiceField(
        Category.objects.filter(parent=None).order_by("position", "name", "pk"),
        label="What brought you here?",
        required=False,
        error_messages={
            "invalid_choice": "One of these topics has gone. Choose from those shown.",
            "invalid_pk_value": "One of these topics has gone. Choose from those shown.",
        },
    )


class PaceForm(forms.Form):
    """How somebody wants to be told, and by which clock."""

    pace = forms.ChoiceField(
        label="When shall a mail come?",
        choices=_PACES,
        initial=Pace.AT_ONCE,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of these.", "invalid_choice": "Choose one of these."},
    )
    time_zone = GivenField(required=False, max_length=60, widget=forms.HiddenInput)

    def clean_time_zone(self) -> str:
        """Return the zone the browser named, or nothing for one that there is not."""
        zone: str = self.cleaned_data["time_zone"]
        return zone if is_zone(zone) else ""
