"""The shape of what new members are asked."""

from django import forms

from accounts.fields import GivenField
from forum.choices import Pace
from forum.effects.clocks import is_zone
from forum.models import Category

_PACES = [
    (
        Pace.AT_ONCE.value,
        "mail|Right away|An email when someone answers, replies or writes to you. The rest once a day.",
    ),
    (Pace.DAILY.value, "sun|Once a day|One email in the evening, only when there’s news."),
    (Pace.WEEKLY.value, "clock|Once a week|One email on Mondays, only when there’s news."),
    (Pace.ON_SITE.value, "bell|No email|You’ll see what’s new when you visit."),
]


class TopicsForm(forms.Form):
    """Which topics somebody wants to hear of."""

    topics = forms.ModelMultipleChoiceField(
        Category.objects.filter(parent=None).order_by("position", "name", "pk"),
        label="What brought you here?",
        required=False,
        error_messages={
            "invalid_choice": "One of these topics no longer exists. Choose again.",
            "invalid_pk_value": "One of these topics no longer exists. Choose again.",
        },
    )


class PaceForm(forms.Form):
    """How somebody wants to be told, and by which clock."""

    pace = forms.ChoiceField(
        label="How often should we email you?",
        choices=_PACES,
        initial=Pace.AT_ONCE,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one.", "invalid_choice": "Choose one."},
    )
    time_zone = GivenField(required=False, max_length=60, widget=forms.HiddenInput)

    def clean_time_zone(self) -> str:
        """Return the zone the browser named, or nothing for one that there is not."""
        zone: str = self.cleaned_data["time_zone"]
        return zone if is_zone(zone) else ""
