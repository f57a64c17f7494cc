"""Crisis phrases: edited by administrators, read by all moderators."""

from typing import Any

from django import forms
from django.contrib import admin

from forum import care, plaintext
from forum.admin.configuration import ConfigurationForm, KeyedAdmin
from forum.admin.index import panel
from forum.models import CarePhrase

_HOW = (
    "Whole words in this order. a/b means either word, (a) a word that may be missing, … up to three other words. "
    "Case, accents, apostrophes, spaces and line breaks don’t matter."
)


class CarePhraseForm(ConfigurationForm):
    """A phrase, and what it does."""

    class Meta:
        model = CarePhrase
        fields = ("phrase", "language", "use", "is_active")
        labels = {"phrase": "Word or phrase", "use": "What it does", "is_active": "In use"}
        help_texts = {
            "phrase": _HOW,
            "language": "For your own overview, for example en or es.",
            "use": "Shows help lines and alerts the moderators. Nothing is refused, changed or hidden.",
        }
        widgets = {"phrase": forms.Textarea(attrs={"rows": 3})}

    def clean_phrase(self) -> str:
        """Return the phrase on one line; refuse one that would be found everywhere or nowhere."""
        phrase = plaintext.clean_line(self.cleaned_data["phrase"])
        if not care.pattern_of(phrase):
            raise forms.ValidationError("Enter at least one word that isn’t in brackets.", code="required")
        return phrase


@admin.register(CarePhrase, site=panel)
class CarePhraseAdmin(KeyedAdmin):
    """The words that call for care."""

    heading = "Crisis phrases"
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
