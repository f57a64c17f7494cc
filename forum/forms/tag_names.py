"""Tags as people type them: a line with commas, made into names fit for an address."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from forum.limits import TAG_LENGTH, TAGS_MOST, Rules
from forum.plaintext import clean_line, tag_name


class TagsField(forms.CharField):
    """A few tags, with commas between them; its value is a list of names."""

    most = TAGS_MOST

    def count_by(self, rules: Rules) -> None:
        """Ask for as many tags as the owner wants; the action says what is missing."""
        self.most = rules.tags_most
        number = f"{rules.tags_least} to {self.most}" if rules.tags_least else f"Up to {self.most}"
        self.help_text = f"{number}, with commas between them."

    def to_python(self, value: Any) -> Any:
        """Return the names, each once, in the order they were typed."""
        return tag_names(str(value or ""))

    def validate(self, value: Any) -> None:
        """Refuse too many tags, and ones too long."""
        if len(value) > self.most:
            raise ValidationError(f"Up to {self.most} tags, please. The closest ones are enough.", code="many")
        if any(len(name) > TAG_LENGTH for name in value):
            raise ValidationError(f"A tag may have up to {TAG_LENGTH} characters.", code="long")

    def run_validators(self, value: Any) -> None:
        """Leave out the validators of single texts."""

    def prepare_value(self, value: Any) -> Any:
        """Show a list of names as the line it came from."""
        return ", ".join(value) if isinstance(value, list | tuple) else value


def tag_names(line: str) -> list[str]:
    """Return the tags of a line: lower case, words joined by hyphens, letters and digits of any script."""
    names = (tag_name(part) for part in clean_line(line).replace("，", ",").replace("،", ",").split(","))
    return list(dict.fromkeys(name for name in names if name))
