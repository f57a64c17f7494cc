"""The form of a button that follows."""

from django import forms


class FollowForm(forms.Form):
    """Whether a thing is followed from now on, and where the button stands."""

    state = forms.ChoiceField(choices=[("on", "Follow"), ("off", "Stop following")])
    place = forms.ChoiceField(
        choices=[("list", "The list of what one follows"), ("menu", "The menu of a question")], required=False
    )


class FollowByMailForm(forms.Form):
    """The address to which mails about new answers go, and a trap for programs."""

    email = forms.EmailField(
        label="Your e-mail address",
        max_length=254,
        help_text="Used for these mails and nothing else. You confirm it by a link.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Write the address to which the mails shall go.",
            "invalid": "This does not look like an e-mail address.",
            "max_length": "This does not look like an e-mail address.",
        },
    )
    # Hidden from people by the style sheet, and labelled for those who find it all the same.
    website = forms.CharField(
        label="Leave this empty",
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
