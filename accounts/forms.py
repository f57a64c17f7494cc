"""Shape of what members change in their settings."""

from django import forms

from accounts.choices import Theme
from accounts.fields import LineField, TypedField
from accounts.names import MAX_LENGTH

_THEMES = [
    (Theme.AUTO, "device|As on my device|Light by day and dark at night, if your device does that."),
    (Theme.LIGHT, "sun|Light|Dark letters on a light page."),
    (Theme.DARK, "moon|Dark|Light letters on a dark page."),
]


class ProfileForm(forms.Form):
    """Name and a few words about oneself."""

    name = LineField(
        max_length=MAX_LENGTH,
        help_text="What others see. Links to your old name stop working when you change it.",
        error_messages={
            "required": "Write a name.",
            "max_length": f"Make the name a little shorter: at most {MAX_LENGTH} characters.",
        },
        widget=forms.TextInput({"autocomplete": "nickname", "spellcheck": "false"}),
    )
    about = TypedField(
        label="About you",
        max_length=280,
        required=False,
        help_text="Shown on your page. Up to 280 characters.",
        error_messages={"max_length": "Make this a little shorter: at most 280 characters."},
        widget=forms.Textarea({"rows": 4}),
    )


class PictureForm(forms.Form):
    """A picture to be cut to a small square."""

    picture = forms.FileField(
        label="A picture from your device",
        help_text="JPEG, PNG, WebP or GIF, up to 12 MB. We keep its middle as a small square, without place or date.",
        error_messages={
            "required": "Choose a picture first.",
            "empty": "This file is empty. Please choose another picture.",
        },
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp,image/gif"}),
    )


class LookForm(forms.Form):
    """The colours of the site."""

    theme = forms.ChoiceField(label="Colours", choices=_THEMES, widget=forms.RadioSelect)
