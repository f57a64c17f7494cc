"""Words that call for care: edited by administrators, read by all moderators."""

from typing import Any

from django import forms
from django.contrib import admin

from forum import care, plaintext
from forum.admin.configuration import ConfigurationForm, KeyedAdmin
from forum.admin.index import panel
from forum.models import CarePhrase

_HOW = (
    "Words in a row, found whole. a/b stands for either word, (a) for one that may be missing, … for up to three "
    "others. Case, accents, apostrophes, spaces and line breaks make no difference."
)


class CarePhraseForm(ConfigurationForm):
    """A phrase, and what it does."""

    class Meta:
        model = CarePhrase
        fields = ("phrase", "language", "use", "is_active")
        labels = {"phrase": "Word or phrase", "use": "What it does", "is_active": "In use"}
        help_texts = {
            "phrase": _HOW,
            "language": "For your own overview, such as en or es.",
            "use": "It shows help lines and calls the moderators. Nothing is refused, altered or hidden.",
        }
        widgets = {"phrase": forms.Textarea(attrs={"rows": 3})}

    def clean_phrase(self) -> str:
        """Return the phrase on one line; refuse one that would be found everywhere or nowhere."""
        phrase = plaintext.clean_line(self.cleaned_data["phrase"])
        if not care.pattern_of(phrase):
            raise forms.ValidationError("Give at least one word that is not in brackets.", code="required")
        return phrase


@admin.register(CarePhrase, site=panel)
class CarePhraseAdmin(KeyedAdmin):
    """The words that call for care."""

    heading = "Words that call for care"
    form = CarePhraseForm
    list_display = ("phrase", "language", "use", "in_use_column")
    list_filter = ("use", "language", "is_active")
    ordering = ("language", "use", "phrase")
    search_fields = ("phrase",)

    def save_model(self, request: Any, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        """Save it by the action that logs; only what the site comes with has a key."""
        super(KeyedAdmin, self).save_model(request, obj, form, change)

    @admin.display(description="In use", boolean=True, ordering="is_active")
    def in_use_column(self, phrase: CarePhrase) -> bool:
        """Whether texts are looked at for it."""
        return phrase.is_active
