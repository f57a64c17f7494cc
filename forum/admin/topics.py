"""The tree of topics: where each stands, who may ask there, and what is said to those who ask and answer."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from accounts.fields import LineField
from accounts.models import User
from accounts.names import name_key
from forum.actions import tagging
from forum.admin.base import actor_of, is_administrator
from forum.admin.configuration import ConfigurationForm, OnSiteAdmin
from forum.admin.index import panel
from forum.admin.levels import LevelField
from forum.forms.tag_names import tag_names
from forum.limits import LEVELS, TAG_LENGTH
from forum.models import Category
from forum.models.categories import FIT_FOR_ADDRESS, MAX_DEPTH
from forum.queries import log
from forum.templatetags.forum_tags import icon
from forum.views import undo

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
    "users": "People",
    "home": "Home",
    "heart": "Heart",
    "ear": "Listening",
    "sun": "Day",
    "moon": "Night",
    "book": "Reading",
    "compass": "Finding a way",
    "shield": "Safety",
    "globe": "World",
}
_WHO_MAY_ASK = (
    "A role (member, helper, moderator, administrator) or a number of points. Empty uses the topic above. "
    "The site’s own rule for asking always applies."
)
_BUTTON = '<button class="btn btn-quiet btn-icon" formaction="{0}{1}/">{2}<span class="vh">{3} {1}</span></button>'
_STEPS = {"up": -1, "down": 1}


class _ParentField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A topic to stand below, shown as deep as it stands itself."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the name, indented."""
        return f"{_INDENT * (obj.depth - 1)}{obj.name}"


class _TagLine(LineField):
    """Tags with commas between them, as a list of names."""

    def clean(self, value: Any) -> Any:
        """Return the names as tags are written; refuse one that is too long."""
        names = tag_names(super().clean(value))
        if long := next((name for name in names if len(name) > TAG_LENGTH), ""):
            raise forms.ValidationError(f"“{long}” is longer than {TAG_LENGTH} characters.")
        return names


class CategoryForm(ConfigurationForm):
    """One topic; its address is made from its name when nobody gives one."""

    slug = LineField(
        label="Address",
        required=False,
        max_length=60,
        validators=[FIT_FOR_ADDRESS],
        help_text="The last part of the topic’s address. Leave it empty to make it from the name.",
    )
    icon = forms.ChoiceField(
        label="Picture", choices=lambda: _pictures(_ICONS), widget=forms.RadioSelect(attrs={"class": "pictures"})
    )
    level_to_ask = LevelField(LEVELS["level_to_ask"])
    required_names = _TagLine(
        label="Required tags",
        required=False,
        max_length=1_000,
        help_text="Separate with commas. Questions here need one of these. Empty uses those of the topic above.",
    )
    own_names = _TagLine(
        label="Own tags",
        required=False,
        max_length=1_000,
        help_text="Separate with commas. They can be used here and below, and nowhere else.",
    )
    helper_names = LineField(
        label="Helpers",
        required=False,
        max_length=1_000,
        help_text="Names, separated with commas. They see what is reported or waiting here and below.",
    )

    class Meta:
        model = Category
        fields = (
            *("name", "parent", "slug", "position", "icon", "description", "guidance"),
            *("answer_guidance", "reader_help", "level_to_ask", "is_sensitive"),
        )
        help_texts = {
            "parent": f"Topics go {MAX_DEPTH} levels deep. Topics below move with it.",
            "position": "Lower numbers come first. You can also move it in the list of topics.",
            "description": "One line, shown on the topics page and above its questions.",
            "guidance": "Shown to people who ask here. Empty uses the topic above.",
            "reader_help": "Shown next to each question here, above the help lines. Empty uses the topic above.",
            "answer_guidance": "One line for people who answer here. Empty uses the topic above.",
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        level = self.fields["level_to_ask"]
        level.label, level.help_text = "Who may ask here", _WHO_MAY_ASK
        level.widget.attrs["placeholder"] = "same as above"
        if self.instance.icon not in _ICONS:
            self.fields["icon"].choices = _pictures({self.instance.icon: "As it is", **_ICONS})  # type: ignore[attr-defined]
        if self.instance.pk is not None:
            names = self.instance.helpers.order_by("username").values_list("username", flat=True)
            self.initial["helper_names"] = ", ".join(names)
            for field, tags in (("required_names", "required_tags"), ("own_names", "own_tags")):
                standing = getattr(self.instance, tags).standing().order_by("name")
                self.initial[field] = ", ".join(standing.values_list("name", flat=True))

    def clean_helper_names(self) -> list[User]:
        """Return the members of these names; refuse who is unknown, and who has not been made a helper yet."""
        names = [name.strip() for name in self.cleaned_data["helper_names"].split(",") if name.strip()]
        found = {each.name_key: each for each in User.objects.filter(name_key__in=map(name_key, names))}
        for name in names:
            member = found.get(name_key(name))
            if member is None:
                raise forms.ValidationError(f"There is no member called {name} here.")
            if not member.is_helper:
                raise forms.ValidationError(f"{member.username} is not a helper yet. Change their role first.")
        return list(found.values())


class _TreeList(ChangeList):
    """Topics as they stand in their tree, each below its parent, neighbours as the owner placed them."""

    def get_results(self, request: HttpRequest) -> None:
        """Sort what was found, and mark those that have a neighbour before or after them."""
        super().get_results(request)
        self.result_list: Any = list(_in_tree_order(list(self.result_list)))
        beside: dict[int | None, list[Any]] = {}
        for topic in self.result_list:
            beside.setdefault(topic.parent_id, []).append(topic)
        for neighbours in beside.values():
            for topic in neighbours:
                topic.is_first, topic.is_last = topic is neighbours[0], topic is neighbours[-1]


@admin.register(Category, site=panel)
class CategoryAdmin(OnSiteAdmin):
    """The tree of topics."""

    form = CategoryForm
    list_display = ("tree_name", "path", "who_may_ask", "question_count", "is_sensitive")
    fieldsets = (
        (None, {"fields": ("name", "parent", "slug", "position", "icon", "description")}),
        ("For people who ask", {"fields": ("level_to_ask", "guidance", "required_names", "own_names")}),
        ("For people who answer", {"fields": ("answer_guidance",)}),
        ("For readers", {"fields": ("reader_help",)}),
        ("Care", {"fields": ("is_sensitive", "helper_names")}),
    )
    ordering = ("path",)
    sortable_by = ()
    search_fields = ("name", "path")
    list_per_page = _TREE_MOST

    def get_urls(self) -> list[URLPattern]:
        """Add the address of the buttons that move a topic among its neighbours."""
        place = require_POST(self.admin_site.admin_view(self.place_view))
        return [path("<int:object_id>/place/<slug:way>/", place, name="forum_category_place"), *super().get_urls()]

    def place_view(self, request: HttpRequest, object_id: int, way: str) -> HttpResponse:
        """Move a topic up or down among its neighbours, and say how to take that back."""
        topic = Category.objects.filter(pk=object_id).first()
        if topic is None or way not in _STEPS:
            raise Http404("It is no longer here.")
        since = log.head_number()
        tagging.place_category(actor_of(request), topic, step=_STEPS[way])
        if log.head_number() > since:
            undo.offer(request, f"“{topic.name}” moved {way}.", since=since)  # type: ignore[arg-type]
        else:
            messages.info(request, "No change: it is already at the end.")
        return HttpResponseRedirect(f"/admin/forum/category/#topic-{topic.pk}")

    def get_list_display(self, request: HttpRequest) -> Any:
        """Let administrators move topics, where all neighbours are listed."""
        name, *rest = self.list_display
        return (
            (name, "place_column", *rest) if is_administrator(request) and "q" not in request.GET else self.list_display
        )

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
        kwargs["empty_label"] = "None: top level"
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Let a parent be added beside the field; what else its page does is done on its page."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "parent" and field is not None:
            field.widget.can_change_related = field.widget.can_delete_related = field.widget.can_view_related = False
        return field

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        """Save by the action that keeps the tree whole."""
        given = form.cleaned_data
        tagging.save_category(
            actor_of(request),
            obj,
            helpers=given["helper_names"],
            required_tags=given["required_names"],
            own_tags=given["own_names"],
        )

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Delete by the action that refuses while something stands there."""
        tagging.delete_category(actor_of(request), obj)

    @admin.display(description="Topic")
    def tree_name(self, category: Category) -> SafeString:
        """The name, indented as deep as it stands."""
        return format_html("{}{}", _INDENT * 2 * (category.depth - 1), category.name)

    @admin.display(description="Who may ask")
    def who_may_ask(self, category: Category) -> str:
        """Its own level; where it has none, that of the topic above holds."""
        level = category.level_to_ask
        return f"{int(level):,} points" if level.isdecimal() else level.capitalize()

    @admin.display(description="Move")
    def place_column(self, category: Any) -> SafeString:
        """The buttons that move it before and after its neighbour."""
        ways = [way for way, is_at_end in (("up", category.is_first), ("down", category.is_last)) if not is_at_end]
        address = f"/admin/forum/category/{category.pk}/place/"
        buttons = [format_html(_BUTTON, address, way, icon(way), category.name) for way in ways]
        return format_html('<span class="places" id="topic-{}">{}</span>', category.pk, SafeString("".join(buttons)))


def _pictures(icons: dict[str, str]) -> list[tuple[str, SafeString]]:
    return [(name, format_html("{}<span>{}</span>", icon(name), label)) for name, label in icons.items()]


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
