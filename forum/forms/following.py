"""The forms of what one follows: a button's, and the words one would rather not hear of."""

from django import forms

from accounts.fields import GivenField
from forum.choices import FollowMode
from forum.forms.messages import WordsField
from forum.limits import MUTED_WORD_LENGTH, MUTED_WORDS_MOST

_STATES = [("on", "Follow"), ("off", "Stop following"), *FollowMode.choices]


class FollowForm(forms.Form):
    """How a thing is followed from now on, where the button stands, and which tab of the list it stands in."""

    state = forms.ChoiceField(choices=_STATES)
    place = forms.ChoiceField(
        choices=[("list", "The list of what one follows"), ("acts", "The acts below a question")], required=False
    )
    show = GivenField(required=False)


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
    website = GivenField(
        label="Leave this empty",
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )


class MutedWordsForm(forms.Form):
    """Words and phrases, one a line."""

    words = WordsField(
        label="Words and phrases, one a line",
        longest=MUTED_WORDS_MOST * (MUTED_WORD_LENGTH + 2),
        required_sentence="",
        required=False,
        help_text=f"Up to {MUTED_WORDS_MOST} lines of up to {MUTED_WORD_LENGTH} characters.",
        rows=8,
    )
