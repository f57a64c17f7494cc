"""The shape of an upload."""

from django import forms

from accounts.fields import LineField

_CHOOSE = "Choose a picture first."


class PictureForm(forms.Form):
    """A picture and what it shows; whether it is one is seen when it is decoded."""

    use_required_attribute = False

    picture = forms.FileField(
        label="Picture",
        help_text="At most 12 MB. Place and camera details are removed.",
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
        error_messages={"required": _CHOOSE, "invalid": _CHOOSE, "missing": _CHOOSE, "empty": "This file is empty."},
    )
    alt = LineField(
        label="What does it show?",
        required=False,
        max_length=200,
        help_text="One sentence, for people who can’t see it.",
        error_messages={"max_length": "Use up to 200 characters."},
    )

    def clean_alt(self) -> str:
        """Return the description without the signs that would end it in Markdown."""
        return str(self.cleaned_data["alt"]).translate(str.maketrans("", "", "[]\\"))
