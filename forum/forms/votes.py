"""The forms of one tap: a vote, a choice of the best answer, a bookmark."""

from django import forms

DIRECTIONS = [("up", "Up"), ("down", "Down"), ("none", "Take back")]


class VoteForm(forms.Form):
    """Which way a vote points; `none` takes it back."""

    direction = forms.ChoiceField(choices=DIRECTIONS)


class AcceptForm(forms.Form):
    """Whether an answer is the best one."""

    choice = forms.ChoiceField(choices=[("accept", "Best answer"), ("unaccept", "Take back")])


class BookmarkForm(forms.Form):
    """Whether a post is saved."""

    choice = forms.ChoiceField(choices=[("save", "Save"), ("remove", "Remove")])
    place = forms.ChoiceField(choices=[("list", "The list of bookmarks")], required=False)
