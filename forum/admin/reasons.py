"""Why something may be reported, and why a question may be closed: edited by administrators, offered in forms."""

from typing import Any

from django import forms
from django.contrib import admin
from django.utils.safestring import SafeString

from forum.admin import words
from forum.admin.configuration import ConfigurationForm, KeyedAdmin
from forum.admin.index import panel
from forum.models import CloseReason, FlagReason

_PLACE = "Lower numbers come first."
_OFFERED = "Untick to stop offering it. Reports and closed questions that use it keep it."
_ICONS = {
    "flag": "Flag",
    "alert": "Warning sign",
    "ban": "Stop",
    "buoy": "Lifebuoy",
    "chat": "Speech",
    "compass": "Compass",
    "copy": "Two sheets",
    "dots": "Three dots",
    "eye-off": "Closed eye",
    "heart": "Heart",
    "lock": "Lock",
    "user": "Person",
}


class FlagReasonForm(ConfigurationForm):
    """What may be wrong, how soon somebody should look, and what it can be said of."""

    icon = forms.ChoiceField(label="Picture", choices=list(_ICONS.items()))

    class Meta:
        model = FlagReason
        fields = (
            *("label", "hint", "icon", "urgency", "is_care", "is_hard", "needs_text"),
            *("for_posts", "for_members", "position", "is_active"),
        )
        labels = {
            "label": "What is wrong",
            "hint": "More detail",
            "for_posts": "of posts",
            "for_members": "of members",
            "position": "Order",
            "is_active": "Offered",
        }
        help_texts = {"urgency": "The queue starts with the most urgent.", "position": _PLACE, "is_active": _OFFERED}

    def clean(self) -> dict[str, Any]:
        """Refuse one that nothing can be reported for."""
        cleaned = super().clean()
        if not (cleaned.get("for_posts") or cleaned.get("for_members")):
            self.add_error("for_posts", "Tick posts, members or both. To stop offering it, untick “offered”.")
        return cleaned


@admin.register(FlagReason, site=panel)
class FlagReasonAdmin(KeyedAdmin):
    """What may be wrong with a post or a member."""

    heading = "Reasons for reports"
    form = FlagReasonForm
    list_display = ("label", "hint", "urgency_column", "for_posts", "for_members", "position", "offered_column")
    list_filter = ("urgency", "is_active")
    ordering = ("position", "urgency", "key")
    search_fields = ("label",)

    @admin.display(description="Urgency", ordering="urgency")
    def urgency_column(self, reason: FlagReason) -> SafeString:
        """How soon somebody should look."""
        return words.urgency_pill(reason.urgency)


class CloseReasonForm(ConfigurationForm):
    """What readers of a closed question read, and what its author can change."""

    class Meta:
        model = CloseReason
        fields = ("label", "sentence", "advice", "names_duplicate", "position", "is_active")
        labels = {
            "label": "Label",
            "sentence": "Readers see",
            "advice": "The author’s next step",
            "position": "Order",
            "is_active": "Offered",
        }
        help_texts = {"sentence": "One sentence, without blame.", "position": _PLACE, "is_active": _OFFERED}


@admin.register(CloseReason, site=panel)
class CloseReasonAdmin(KeyedAdmin):
    """Why a question may be closed."""

    heading = "Reasons to close"
    form = CloseReasonForm
    list_display = ("label", "sentence", "names_duplicate", "position", "offered_column")
    list_filter = ("is_active",)
    ordering = ("position", "key")
    search_fields = ("label",)
