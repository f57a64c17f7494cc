"""What is sent from an inbox."""

from django import forms

STATES = [("read", "Read"), ("unread", "Unread")]
_ID_MOST = 2**63 - 1


class StateForm(forms.Form):
    """One line is read, or to be found unread again."""

    state = forms.ChoiceField(choices=STATES)


class ReadAllForm(forms.Form):
    """Everything is read that the page knew: up to this notification."""

    up_to = forms.IntegerField(min_value=0, max_value=_ID_MOST)


class ReadThreadForm(forms.Form):
    """A question was opened, at this moment."""

    question = forms.IntegerField(min_value=1, max_value=_ID_MOST)
    before = forms.DateTimeField()


class UndoReadingForm(forms.Form):
    """What was marked as read at exactly this moment."""

    read_at = forms.DateTimeField()
