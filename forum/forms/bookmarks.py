"""What a member writes on a bookmark."""

from django import forms

from accounts.fields import LineField


class BookmarkNoteForm(forms.Form):
    """A note and a day to be reminded; both may be empty."""

    note = LineField(
        label="Note",
        required=False,
        max_length=200,
        error_messages={"max_length": "Use at most 200 characters."},
        help_text="Only you can see it.",
    )
    remind_on = forms.DateField(
        label="Remind me on",
        required=False,
        error_messages={"invalid": "Choose a date, such as 2027-03-01."},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
