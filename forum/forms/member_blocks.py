"""The forms of blocking a member, and of wanting mentions."""

from django import forms


class BlockForm(forms.Form):
    """Whether a member is blocked from now on, and where the button stands."""

    state = forms.ChoiceField(choices=[("on", "Block"), ("off", "Unblock")])
    place = forms.ChoiceField(choices=[("list", "The list of those one has blocked")], required=False)


class MentionsForm(forms.Form):
    """Whether mentions reach one."""

    takes_mentions = forms.BooleanField(
        label="Notify me when someone mentions me",
        help_text="People can mention you with @ and your name. When this is off, you aren’t notified.",
        required=False,
    )
