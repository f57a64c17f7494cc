"""The form of one tap that takes acts of moderation back."""

from django import forms

MOST_AT_ONCE = 200  # what one tap can take back


class UndoForm(forms.Form):
    """The numbers of the acts, as the log counts them, with spaces between."""

    entries = forms.RegexField(rf"^\d{{1,18}}(?: \d{{1,18}}){{0,{MOST_AT_ONCE - 1}}}$", max_length=4_000)

    def clean_entries(self) -> list[int]:
        """Return the numbers."""
        return [int(number) for number in self.cleaned_data["entries"].split()]
