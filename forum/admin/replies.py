"""The library of kind messages: edited by administrators, chosen with one tap by moderators."""

from typing import Any

from django import forms
from django.contrib import admin

from forum.admin.configuration import ConfigurationForm, KeyedAdmin
from forum.admin.index import panel
from forum.choices import MessageKind
from forum.models import Reply

_KINDS = {
    MessageKind.NOTICE: "What an author should change",
    MessageKind.MESSAGE: "A message",
    MessageKind.CARE: "A word of care",
    MessageKind.WARNING: "A warning",
    MessageKind.SUSPENSION: "The reason of a suspension",
}
_REASON_LENGTH = 500  # what the reason of a suspension may have


class ReplyForm(ConfigurationForm):
    """A ready text and what it is for."""

    kind = forms.ChoiceField(label="It is for", choices=list(_KINDS.items()))

    class Meta:
        model = Reply
        fields = ("title", "kind", "text", "position", "is_active")
        labels = {"title": "On its button", "position": "Order", "is_active": "Offered"}
        help_texts = {
            "text": "Moderators can change it before sending. Say what to do next; /help/crisis/ becomes a link.",
            "position": "Lower numbers come first.",
        }

    def clean(self) -> dict[str, Any]:
        """Refuse the reason of a suspension that no suspension could take."""
        cleaned = super().clean()
        is_long = len(cleaned.get("text", "")) > _REASON_LENGTH
        if is_long and cleaned.get("kind") == MessageKind.SUSPENSION:
            self.add_error("text", f"Keep the reason of a suspension to {_REASON_LENGTH} characters.")
        return cleaned


@admin.register(Reply, site=panel)
class ReplyAdmin(KeyedAdmin):
    """The ready texts, in the order in which they are offered."""

    heading = "Ready texts"
    form = ReplyForm
    named_by = "title"
    list_display = ("title", "kind", "position", "offered_column")
    list_filter = ("kind", "is_active")
    ordering = ("position", "title")
    search_fields = ("title",)
