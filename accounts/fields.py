"""The fields for what people type: made regular, and empty when nothing of it can be seen."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator, MinLengthValidator

from accounts.texts import clean_line, clean_text, has_visible_sign


class TypedField(forms.CharField):
    """What a person typed. Every form uses this field or one made of it (`tests/architecture/test_typed_text.py`)."""

    regular: Callable[[str], str] = staticmethod(clean_text)

    def to_python(self, value: Any) -> str:
        """Return the text made regular; letters nobody can see are none."""
        text = self.regular(str(super().to_python(value) or ""))
        return text if has_visible_sign(text) else ""


class LineField(TypedField):
    """One line of text, with single spaces between its words."""

    regular = staticmethod(clean_line)


class TextField(TypedField):
    """Several lines of Markdown; carries no `maxlength`, which would cut a paste without a word."""

    widget = forms.Textarea

    def __init__(self, *, shortest: int = 0, longest: int = 0, short: str = "", **options: Any) -> None:
        super().__init__(strip=False, **options)
        if shortest:
            self.validators.append(MinLengthValidator(shortest, message=short))
        if longest:
            too_long = f"Use at most {longest:,} characters."
            self.validators.append(MaxLengthValidator(longest, message=too_long))


class GivenField(forms.CharField):
    """What a page or a program puts into a form: a number, a mark, a trap; no text that anyone is shown."""
