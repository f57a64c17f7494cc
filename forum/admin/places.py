"""Content notes: the hard subjects that a text may carry a note about."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest

from forum.admin.configuration import FewRowsAdmin
from forum.admin.index import panel
from forum.models import ContentNote


@admin.register(ContentNote, site=panel)
class ContentNoteAdmin(FewRowsAdmin):
    """The hard subjects an author may put a note about on a text."""

    list_display = ("name", "slug", "position", "is_offered")
    ordering = ("position", "name")
    fields = ("name", "slug", "position", "is_offered")

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Sequence[str]]:
        """Begin a new note's short name with its name."""
        return {} if obj is not None else {"slug": ("name",)}

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        """Save, and say what becomes of posts that carry a note no longer offered."""
        super().save_model(request, obj, form, change)
        if change and "is_offered" in form.changed_data and not obj.is_offered:
            messages.info(request, "Authors can no longer choose it. Posts that have it keep it.")
