"""Tags and content notes: what an owner arranges."""

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest

from forum.actions import describing
from forum.admin.base import actor_of
from forum.admin.configuration import AuditedAdmin, FewRowsAdmin
from forum.admin.index import panel
from forum.models import ContentNote, Tag


@admin.register(Tag, site=panel)
class TagAdmin(AuditedAdmin):
    """Tags; they are made by those who ask, and described here."""

    list_display = ("name", "question_count", "excerpt")
    ordering = ("-question_count", "name")
    search_fields = ("name",)
    search_help_text = "The beginning of a tag’s name."
    fields = ("name", "excerpt", "guide", "question_count")
    readonly_fields = ("name", "question_count")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Tags come with the questions that carry them."""
        return False

    def get_search_results(self, request: HttpRequest, queryset: Any, search_term: str) -> tuple[Any, bool]:
        """Find by the beginning of the name."""
        term = search_term.strip().lower().replace(" ", "-")
        return (queryset.filter(name__startswith=term) if term else queryset), False

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """Return the address of the tag's questions."""
        return obj.get_absolute_url() if obj is not None else None

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        """Describe the tag by the action that logs it."""
        describing.describe_tag(actor_of(request), obj, excerpt=obj.excerpt, guide=obj.guide)


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
            messages.info(request, "Authors can no longer pick it. Posts that carry it keep it.")
