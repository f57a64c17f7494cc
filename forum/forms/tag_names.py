"""Tags as people type them: a line with commas, made into names fit for an address."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.fields import LineField
from forum.limits import TAG_LENGTH, TAGS_MOST, Rules
from forum.plaintext import clean_line, tag_name


class TagsInput(forms.TextInput):
    """A line to type tags in, beside hidden fields of the same name that hold those already chosen."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return everything that was sent as one line."""
        sent = data.getlist(name) if hasattr(data, "getlist") else None
        return ", ".join(filter(None, sent)) if sent else data.get(name)

    def format_value(self, value: Any) -> None:
        """Leave the line empty: what is chosen already stands beside it (`TagsBoundField.chosen`)."""


class TagsBoundField(forms.BoundField):
    """The tags of a form, for its page."""

    @property
    def chosen(self) -> list[str]:
        """The tags that were typed so far, as they would be kept."""
        return tag_names(str(self.value() or ""))


class TagsField(LineField):
    """A few tags, with commas between them; its value is a list of names."""

    widget = TagsInput
    most = TAGS_MOST

    def get_bound_field(self, form: Any, field_name: str) -> TagsBoundField:
        """Return the field as a page shows it."""
        return TagsBoundField(form, self, field_name)

    def count_by(self, rules: Rules) -> None:
        """Ask for as many tags as the owner wants; the action says what is missing."""
        self.most = rules.tags_most
        number = f"{rules.tags_least} to {self.most}" if rules.tags_least else f"Up to {self.most}"
        self.help_text = f"{number}. Press Enter or a comma after each."

    def to_python(self, value: Any) -> Any:
        """Return the names, each once, in the order they were typed."""
        return tag_names(str(value or ""))

    def validate(self, value: Any) -> None:
        """Refuse too many tags, and ones too long."""
        if len(value) > self.most:
            raise ValidationError(f"Up to {self.most} tags. The closest ones are enough.", code="many")
        if any(len(name) > TAG_LENGTH for name in value):
            raise ValidationError(f"A tag can have up to {TAG_LENGTH} characters.", code="long")

    def run_validators(self, value: Any) -> None:
        """Leave out the validators of single texts."""

    def prepare_value(self, value: Any) -> Any:
        """Show a list of names as the line it came from."""
        return ", ".join(value) if isinstance(value, list | tuple) else value


def tag_names(line: str) -> list[str]:
    """Return the tags of a line: lower case, words joined by hyphens, letters and digits of any script."""
    names = (tag_name(part) for part in clean_line(line).replace("，", ",").replace("،", ",").split(","))
    return list(dict.fromkeys(name for name in names if name))
