"""Shape of what members change in their settings."""

from django import forms

from accounts.choices import TextSize, Theme
from accounts.fields import LineField, TypedField
from accounts.names import MAX_LENGTH

_THEMES = [
    (Theme.AUTO, "device|Match device|Light or dark, whichever your device uses."),
    (Theme.LIGHT, "sun|Light|Dark text on a light page."),
    (Theme.DARK, "moon|Dark|Light text on a dark page."),
]


class ProfileForm(forms.Form):
    """Name and a few words about oneself."""

    name = LineField(
        max_length=MAX_LENGTH,
        help_text="What others see. Links to your old name stop working when you change it.",
        error_messages={
            "required": "Enter a name.",
            "max_length": f"Choose a shorter name: at most {MAX_LENGTH} characters.",
        },
        widget=forms.TextInput({"autocomplete": "nickname", "spellcheck": "false"}),
    )
    about = TypedField(
        label="About you",
        max_length=280,
        required=False,
        help_text="Shown on your profile. Up to 280 characters.",
        error_messages={"max_length": "Use at most 280 characters."},
        widget=forms.Textarea({"rows": 4}),
    )


class PictureForm(forms.Form):
    """A picture to be cut to a small square."""

    picture = forms.FileField(
        label="A picture from your device",
        help_text="JPEG, PNG, WebP or GIF, up to 12 MB. We crop it to a small square and remove its place and date.",
        error_messages={
            "required": "Choose a picture first.",
            "empty": "This file is empty. Please choose another picture.",
        },
        widget=forms.FileInput({"accept": "image/jpeg,image/png,image/webp,image/gif"}),
    )


class LookForm(forms.Form):
    """The colours of the site, and the size and spacing of its text."""

    theme = forms.ChoiceField(label="Theme", choices=_THEMES, widget=forms.RadioSelect)
    text_size = forms.ChoiceField(label="Text size", choices=TextSize.choices, widget=forms.RadioSelect)
    has_wide_spacing = forms.BooleanField(
        label="More space in text",
        required=False,
        help_text="More space between lines, words and letters. Some people find it easier to read.",
    )
