"""The form of a button that follows."""

from django import forms


class FollowForm(forms.Form):
    """Whether a thing is followed from now on, and where the button stands."""

    state = forms.ChoiceField(choices=[("on", "Follow"), ("off", "Stop following")])
    place = forms.ChoiceField(
        choices=[("list", "The list of what one follows"), ("menu", "The menu of a question")], required=False
    )
