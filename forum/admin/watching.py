"""Words that moderators look out for: edited by administrators, read by all moderators."""

from django import forms
from django.contrib import admin

from forum import plaintext
from forum.admin.configuration import ConfigurationForm, FewRowsAdmin
from forum.admin.index import panel
from forum.models import WatchedWord


class WatchedWordForm(ConfigurationForm):
    """A phrase, and what it does."""

    class Meta:
        model = WatchedWord
        fields = ("phrase", "action", "note", "is_active")
        labels = {"phrase": "Word or phrase", "action": "When a new post contains it", "is_active": "In use"}
        help_texts = {
            "phrase": "Found as whole words; case and accents don’t matter. Add each form you want to find.",
            "action": "Nothing published is changed: people decide.",
            "note": "A sentence for the moderators, shown next to the post.",
        }

    def clean_phrase(self) -> str:
        """Return the phrase on one line; refuse one of nothing but signs, which no post would hold."""
        phrase = plaintext.clean_line(self.cleaned_data["phrase"])
        if not plaintext.words(phrase):
            raise forms.ValidationError("Enter at least one word.", code="required")
        return phrase


@admin.register(WatchedWord, site=panel)
class WatchedWordAdmin(FewRowsAdmin):
    """The watched words."""

    heading = "Watched words"
    form = WatchedWordForm
    list_display = ("phrase", "action", "note", "in_use_column")
    list_filter = ("action", "is_active")
    ordering = ("phrase",)
    search_fields = ("phrase",)

    @admin.display(description="In use", boolean=True, ordering="is_active")
    def in_use_column(self, word: WatchedWord) -> bool:
        """Whether new posts are looked at for it."""
        return word.is_active
