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
        label="Your email address",
        max_length=254,
        help_text="We only use it for these emails. We’ll send a link to confirm it.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": "Enter the email address to use.",
            "invalid": "This doesn’t look like an email address.",
            "max_length": "This doesn’t look like an email address.",
        },
    )
    # Hidden from people by the style sheet, and labelled for those who find it all the same.
    website = GivenField(
        label="Leave this empty",
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )


class MutedWordsForm(forms.Form):
    """Words and phrases, one per line."""

    words = WordsField(
        label="Words and phrases, one per line",
        longest=MUTED_WORDS_MOST * (MUTED_WORD_LENGTH + 2),
        required_sentence="",
        required=False,
        help_text=f"Up to {MUTED_WORDS_MOST} lines of up to {MUTED_WORD_LENGTH} characters.",
        rows=8,
    )
    mutes_lists = forms.BooleanField(
        label="Also leave them out of lists",
        required=False,
        help_text="Questions with these words in their title, and questions by people you muted or blocked. "
        "You can still open them, and find them by searching.",
    )
