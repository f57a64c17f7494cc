"""The forms of what one follows: a button's, and the words one would rather not hear of."""

from django import forms

from forum.choices import FollowMode
from forum.forms.messages import WordsField
from forum.limits import MUTED_WORD_LENGTH, MUTED_WORDS_MOST

_STATES = [("on", "Follow"), ("off", "Stop following"), *FollowMode.choices]


class FollowForm(forms.Form):
    """How a thing is followed from now on, where the button stands, and which tab of the list it stands in."""

    state = forms.ChoiceField(choices=_STATES)
    place = forms.ChoiceField(
        choices=[("list", "The list of what one follows"), ("menu", "The menu of a question")], required=False
    )
    show = forms.CharField(required=False)


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
