"""Topics, tags and content notes: what an owner arranges."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.models import User
from accounts.names import name_key
from forum.actions import describing, tagging
from forum.admin.base import actor_of
from forum.admin.configuration import AuditedAdmin, ConfigurationForm, FewRowsAdmin, OnSiteAdmin
from forum.admin.index import panel
from forum.models import Category, ContentNote, Tag
from forum.models.categories import MAX_DEPTH

_INDENT = "\N{EM SPACE}"
_TREE_MOST = 2_000  # all on one page, or a topic would be parted from what stands below it
_ICONS = {
    "c-all": "Conversation",
    "c-anxiety": "Anxiety",
    "c-depression": "Low mood",
    "c-family": "Family",
    "c-grief": "Loss",
    "c-relation": "Relationships",
    "c-self": "Oneself",
    "c-sleep": "Sleep",
    "c-substance": "Substances",
    "c-therapy": "Therapy",
    "c-trauma": "Trauma",
    "c-work": "Work",
}


class _ParentField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A topic to stand below, shown as deep as it stands itself."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the name, indented."""
        return f"{_INDENT * (obj.depth - 1)}{obj.name}"


class CategoryForm(ConfigurationForm):
    """One topic; its address is made from its name when nobody gives one."""

    slug = forms.SlugField(
        label="Address",
        required=False,
        allow_unicode=True,
        max_length=60,
        help_text="The last part of the topic’s address. Made from the name when left empty.",
    )
    icon = forms.ChoiceField(label="Picture", choices=_ICONS.items())
    helper_names = forms.CharField(
        label="Helpers",
        required=False,
        max_length=1_000,
        help_text="Names with commas between them. They see what is reported or waits here and below.",
    )

    class Meta:
        model = Category
        fields = ("name", "parent", "slug", "position", "icon", "description", "guidance", "is_sensitive")
        help_texts = {
            "parent": f"Topics go {MAX_DEPTH} levels deep. What stands below a topic moves with it.",
            "position": "Small numbers come first among its neighbours.",
            "description": "One line, on the page of all topics.",
            "guidance": "Shown to those who ask here.",
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.instance.pk is not None:
            names = self.instance.helpers.order_by("username").values_list("username", flat=True)
            self.initial["helper_names"] = ", ".join(names)

    def clean_helper_names(self) -> list[User]:
        """Return the members of these names; refuse who is unknown, and who has not been made a helper yet."""
        names = [name.strip() for name in self.cleaned_data["helper_names"].split(",") if name.strip()]
        found = {each.name_key: each for each in User.objects.filter(name_key__in=map(name_key, names))}
        for name in names:
            member = found.get(name_key(name))
            if member is None:
                raise forms.ValidationError(f"There is nobody called {name} here.")
            if not member.is_helper:
                raise forms.ValidationError(f"{member.username} is no helper yet. Change their role first.")
        return list(found.values())


class _TreeList(ChangeList):
    """Topics as they stand in their tree, each below its parent, neighbours as the owner placed them."""

    def get_results(self, request: HttpRequest) -> None:
        """Sort what was found."""
        super().get_results(request)
        self.result_list: Any = list(_in_tree_order(list(self.result_list)))


@admin.register(Category, site=panel)
class CategoryAdmin(OnSiteAdmin):
    """The tree of topics."""

    form = CategoryForm
    list_display = ("tree_name", "path", "position", "question_count", "is_sensitive")
    ordering = ("path",)
    sortable_by = ()
    search_fields = ("name", "path")
    list_per_page = _TREE_MOST

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """List the topics as a tree."""
        return _TreeList

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002
        """Offer no parent that stands below the topic itself."""
        form = super().get_form(request, obj, change, **kwargs)
        parent = form.base_fields.get("parent")
        if obj is not None and parent is not None:
            below = Category.objects.within(obj).values("pk")
            parent.queryset = parent.queryset.exclude(pk__in=below)
        return form

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Offer only topics that may have something below them, in the order of the tree."""
        kwargs["queryset"] = Category.objects.filter(depth__lt=MAX_DEPTH).order_by("path")
        kwargs["form_class"] = _ParentField
        kwargs["empty_label"] = "None: it stands at the top"
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Let a parent be added beside the field; what else its page does is done on its page."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "parent" and field is not None:
            field.widget.can_change_related = field.widget.can_delete_related = field.widget.can_view_related = False
        return field

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        """Save by the action that keeps the tree whole."""
        tagging.save_category(actor_of(request), obj, helpers=form.cleaned_data["helper_names"])

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Delete by the action that refuses while something stands there."""
        tagging.delete_category(actor_of(request), obj)

    @admin.display(description="Topic")
    def tree_name(self, category: Category) -> SafeString:
        """The name, indented as deep as it stands."""
        return format_html("{}{}", _INDENT * 2 * (category.depth - 1), category.name)


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


def _in_tree_order(found: list[Category]) -> Iterator[Category]:
    """Yield each topic before what stands below it; one whose parent was not found stands at the top."""
    ids = {topic.pk for topic in found}
    below: dict[int | None, list[Category]] = {}
    for topic in sorted(found, key=lambda each: (each.position, each.name, each.pk)):
        below.setdefault(topic.parent_id if topic.parent_id in ids else None, []).append(topic)
    waiting = below.get(None, [])[::-1]
    while waiting:
        topic = waiting.pop()
        yield topic
        waiting += below.get(topic.pk, [])[::-1]
