"""The words about a tag, another name for it, and why an act on it is done."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from accounts.fields import LineField, TextField
from forum.forms.tag_names import tag_names
from forum.limits import REASON_LENGTH, TAG_EXCERPT_LENGTH, TAG_GUIDE_LENGTH, TAG_LENGTH

_REASON_SHORTER = 250  # beside what the site puts before it
_TOO_LONG = {"max_length": f"Use up to {_REASON_SHORTER} characters."}


class TagForm(forms.Form):
    """A form about a tag, which takes a refusal from further down."""

    use_required_attribute = False

    def refuse(self, refusal: ValidationError) -> None:
        """Put a refusal on the field it is about, or on the form as a whole."""
        if not hasattr(refusal, "error_dict"):
            self.add_error(None, refusal)
            return
        for name, errors in refusal.error_dict.items():
            self.add_error(name if name in self.fields else None, ValidationError(errors))

    def put(self, name: str, value: str) -> None:
        """Show the form again with `value` in place of what was sent; the rest stays."""
        data = self.data.copy() if isinstance(self.data, QueryDict) else dict(self.data)
        data[name] = value
        self.data = data


class TagNameField(LineField):
    """The name of one tag, made as tags are written."""

    def to_python(self, value: Any) -> str:
        """Return the first name of the line."""
        names = tag_names(super().to_python(value))
        return names[0] if names else ""


class TagTextForm(TagForm):
    """What a tag is about, in a line and in full."""

    excerpt = LineField(
        label="In one line",
        required=False,
        max_length=TAG_EXCERPT_LENGTH,
        error_messages={"max_length": f"Use up to {TAG_EXCERPT_LENGTH} characters. Put the rest in the guide."},
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="What people ask about with this tag. Shown in the list of tags and on the tag’s page.",
    )
    guide = TextField(
        label="Guide",
        required=False,
        longest=TAG_GUIDE_LENGTH,
        help_text="When to use this tag, when to use another, and where to start reading.",
    )
    reason = LineField(
        label="What did you change?",
        required=False,
        max_length=_REASON_SHORTER,
        error_messages=_TOO_LONG,
        help_text="One line for the history.",
    )
    base_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class TagRollBackForm(TagForm):
    """Why an earlier text about a tag is better."""

    reason = LineField(
        label="Why is the earlier version better?",
        max_length=_REASON_SHORTER,
        help_text="One line for the history.",
        error_messages={"required": "Say briefly why this version is better.", **_TOO_LONG},
    )


class SynonymForm(TagForm):
    """Another name that should lead to a tag."""

    name = TagNameField(
        label="Another name",
        max_length=TAG_LENGTH,
        help_text="A word that people type when they mean this tag.",
        error_messages={
            "required": "Enter the name you have in mind.",
            "max_length": f"A tag can have up to {TAG_LENGTH} characters.",
        },
    )


class WhyForm(TagForm):
    """Why something is done to a tag or to one of its names."""

    reason = LineField(
        label="Why",
        max_length=REASON_LENGTH,
        help_text="It is kept in the log.",
        error_messages={
            "required": "Say briefly why.",
            "max_length": f"Use up to {REASON_LENGTH} characters.",
        },
    )


class RenameTagForm(WhyForm):
    """What a tag is called from now on."""

    field_order = ["name", "reason"]

    name = TagNameField(
        label="New name",
        max_length=TAG_LENGTH,
        error_messages={
            "required": "Enter the new name.",
            "max_length": f"A tag can have up to {TAG_LENGTH} characters.",
        },
    )


class MergeTagForm(WhyForm):
    """The tag that another becomes part of."""

    target = TagNameField(widget=forms.HiddenInput, error_messages={"required": "Choose the tag to keep."})


class ReserveTagForm(WhyForm):
    """Whether moderators alone may give a tag."""

    is_reserved = forms.TypedChoiceField(
        choices=[("on", "Reserve"), ("off", "Free")],
        coerce=lambda value: value == "on",
        widget=forms.HiddenInput,
    )
