"""The site's name, words and numbers, its help pages and its help lines: what an owner edits without a deploy."""

import re
from dataclasses import Field
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from forum import markup
from forum.actions import configuring
from forum.admin import words
from forum.admin.base import actor_of, is_administrator
from forum.admin.configuration import AuditedAdmin, ConfigurationForm, FewRowsAdmin, OnSiteAdmin
from forum.admin.index import panel
from forum.admin.levels import level_field
from forum.limits import LEVELS, NUMBERS, TAGS_MOST
from forum.models import HelpLine, Page, SiteSettings
from forum.queries.help_lines import STALE_AFTER

_SETTINGS_PATH = "/admin/forum/sitesettings/1/change/"
_MOST = {"Points": 100_000, "Limits": 10_000, "Tags": TAGS_MOST, "Safety": 10_000}
_LEAST = {"Points": 0, "Limits": 1, "Tags": 0, "Safety": 1}  # with a limit of 0 nobody could post at all
_HINTS = {
    "Points": "What each action earns. Leave a number empty to use its default, shown in grey.",
    "Privileges": "Who may do it: a role (guest, member, helper, moderator, administrator) or a number of points. "
    "Empty uses the default, shown in grey. Moderators need no points.",
    "Team": "Which team role may do it; the first in each list is the default. Helpers can’t act on posts or "
    "members, and some actions stay with administrators to keep the site safe.",
    "Limits": "How much one person or program can do. Empty uses the default, shown in grey.",
    "Tags": "How many tags a question can have, checked when its tags change. Empty uses the default, shown in grey.",
    "Safety": "When the software asks a person to look. Empty uses the default, shown in grey.",
}
# The site itself links to these: their words are the owner's, their addresses stay.
_BUILT_IN_PAGES = frozenset(
    {"help", "crisis", "guidelines", "privacy", "anonymous", "moderation", "delete", "points", "formatting"}
)
_WORDS = ("name", "tagline", "welcome", "contact_email")
_CHOICES = ("has_downvotes", "approval")
_RULES: tuple[Field[Any], ...] = (*NUMBERS.values(), *LEVELS.values())
_LABELS = {rule.name: rule.metadata["label"] for rule in _RULES}
_POINTS = {name for name, rule in NUMBERS.items() if rule.metadata["group"] == "Points"}
_GROUPS = ("Points", "Privileges", "Team", "Limits", "Tags", "Safety")


class SettingsForm(ConfigurationForm):
    """The settings row; a number or a level left empty, or as it was made, keeps its default."""

    class Meta:
        model = SiteSettings
        fields = (*_WORDS, *_CHOICES)
        # The numbers' own are for those who may only look: the stock page makes no fields for them.
        labels = {"has_downvotes": "Downvotes", "approval": "Posts that wait for approval"} | _LABELS
        help_texts = {
            "tagline": "One line, shown under the name and in search engines.",
            "welcome": "Greets people on their first visit.",
            "contact_email": "Shown on the help pages for people who need a person.",
            **{rule.name: rule.metadata["reason"] for rule in _RULES},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(self.instance.numbers | self.instance.levels)

    def overrides(self, rules: dict[str, Field[Any]]) -> dict[str, Any]:
        """Return which of `rules` differ from their defaults."""
        given: dict[str, Any] = {name: self.cleaned_data.get(name) for name in rules}
        return {name: given[name] for name, rule in rules.items() if given[name] not in (None, "", rule.default)}


def _number_field(rule: Field[Any]) -> forms.IntegerField:
    group = rule.metadata["group"]
    least, most = _LEAST[group], _MOST[group]
    return forms.IntegerField(
        label=rule.metadata["label"],
        help_text=rule.metadata["reason"],
        required=False,
        min_value=least,
        max_value=most,
        widget=forms.NumberInput(attrs={"placeholder": rule.default, "class": "number", "inputmode": "numeric"}),
        error_messages={
            "invalid": "Enter a whole number, or leave it empty for the default.",
            "min_value": f"Give {least} or more, or leave it empty for the default.",
            "max_value": f"Give {most:,} at most.",
        },
    )


# One field for each number and level of limits.Rules: a new rule appears here by itself.
SettingsForm.declared_fields.update({name: _number_field(rule) for name, rule in NUMBERS.items()})
SettingsForm.declared_fields.update({name: level_field(rule) for name, rule in LEVELS.items()})


@admin.register(SiteSettings, site=panel)
class SiteSettingsAdmin(AuditedAdmin):
    """The one row of settings."""

    form = SettingsForm

    def has_add_permission(self, request: HttpRequest) -> bool:
        """There is one row, and it is edited."""
        return False

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Group the numbers and levels as `limits.py` does."""
        groups: dict[str, list[str]] = {group: [] for group in _GROUPS}
        for rule in _RULES:
            groups[rule.metadata["group"]].append(rule.name)
        return [
            ("The site", {"fields": _WORDS}),
            ("How it works", {"fields": _CHOICES}),
            *((group, {"fields": names, "description": _HINTS[group]}) for group, names in groups.items()),
        ]

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Return the row, or one with the defaults, with the rules in force for those who may only look."""
        if object_id != "1":
            return None
        row = SiteSettings.objects.filter(pk=1).first() or SiteSettings(pk=1)
        for rule in _RULES:
            setattr(row, rule.name, (row.numbers | row.levels).get(rule.name, rule.default))
        return row

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Go to the one row."""
        return HttpResponseRedirect(_SETTINGS_PATH)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """One button is enough: saving stays on the page."""
        context |= {"title": "Site settings", "show_save_and_continue": False}
        return super().render_change_form(request, context, *args, **kwargs)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Stay on the page, where the result can be seen."""
        messages.success(request, "Saved.")
        return HttpResponseRedirect(_SETTINGS_PATH)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        """Save, and say what becomes of points that were given by the old numbers."""
        before, obj.numbers, obj.levels = obj.numbers, form.overrides(NUMBERS), form.overrides(LEVELS)
        super().save_model(request, obj, form, change)
        if any(before.get(name) != obj.numbers.get(name) for name in _POINTS):
            sentence = "Points already earned still follow the old numbers. Recount to apply the new ones."
            messages.warning(request, sentence, extra_tags="recount")


class PageForm(ConfigurationForm):
    """One help page; the guidelines can be shown to every member once."""

    is_announced = forms.BooleanField(
        label="Tell every member once about the change",
        required=False,
        help_text="A line at the top of each page until they say they have read it. Not needed for a spelling fix.",
    )


@admin.register(Page, site=panel)
class PageAdmin(OnSiteAdmin):
    """The help pages."""

    form = PageForm

    list_display = ("title", "slug", "position", "changed_column")
    ordering = ("position", "title")
    fields = ("title", "slug", "position", "body")
    change_form_template = "admin/page_form.html"

    def get_urls(self) -> list[URLPattern]:
        """Add the preview."""
        preview = require_POST(self.admin_site.admin_view(self.preview_view))
        return [path("preview/", preview, name="forum_page_preview"), *super().get_urls()]

    def preview_view(self, request: HttpRequest) -> HttpResponse:
        """Show a text as readers would see it; nothing is saved."""
        if not is_administrator(request):
            raise PermissionDenied
        html, refusal = "", ""
        try:
            html = markup.render(request.POST.get("body", ""))
        except markup.TextRefused as refused:
            refusal = str(refused)
        context = {
            **self.admin_site.each_context(request),
            "title": request.POST.get("title", "")[:120] or "Preview",
            "html": html,
            "refusal": refusal,
            "is_popup": True,
        }
        return TemplateResponse(request, "admin/page_preview.html", context, status=422 if refusal else 200)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Let the guidelines be announced."""
        return (*self.fields, "is_announced") if obj is not None and obj.slug == "guidelines" else self.fields

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        """Save, and let every member see changed guidelines once where that was ticked."""
        super().save_model(request, obj, form, change)
        if form.cleaned_data.get("is_announced"):
            row = SiteSettings.objects.filter(pk=1).first() or SiteSettings(pk=1)
            row.guidelines_changed_at = timezone.now()
            configuring.save_configuration(actor_of(request), row)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Pages that the site itself links to stay; their words are the owner's."""
        return super().has_delete_permission(request, obj) and (obj is None or obj.slug not in _BUILT_IN_PAGES)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Keep the address of a page that the site links to."""
        return ("slug",) if obj is not None and obj.slug in _BUILT_IN_PAGES else ()

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Say how the text is written, and where the page will stand."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "body" and field is not None:
            field.help_text = "Markdown, as in a post. Start a heading with ##."
            field.widget.attrs["rows"] = 24
        if db_field.name == "slug" and field is not None:
            field.label, field.help_text = "Address", "The last part of /help/…/."
        return field

    @admin.display(description="Changed")
    def changed_column(self, page: Page) -> SafeString | str:
        """How long ago."""
        return words.ago(page.updated_at)


class HelpLineForm(ConfigurationForm):
    """One line, which can be reached somehow."""

    def clean_country(self) -> str:
        """Return the code in capitals, as the site's list of countries has it."""
        country = str(self.cleaned_data["country"]).upper()
        if not re.fullmatch("[A-Z]{2}", country):
            raise forms.ValidationError("Enter the two letters of the country, for example SE.", code="invalid")
        return country

    def clean(self) -> dict[str, Any]:
        """Refuse a line with neither number nor address."""
        cleaned = super().clean()
        if not (cleaned.get("phone") or cleaned.get("url") or self.errors):
            self.add_error("phone", "Enter a phone number or a web address, so people can reach it.")
        return cleaned


@admin.register(HelpLine, site=panel)
class HelpLineAdmin(FewRowsAdmin):
    """Whom somebody in a crisis can call."""

    form = HelpLineForm
    list_display = ("name", "country_name", "phone", "hours", "checked_on", "state_column")
    ordering = ("country_name", "position", "pk")
    search_fields = ("name", "country_name", "country")
    fields = ("country", "country_name", "name", "phone", "url", "hours", "note", "position", "checked_on")
    actions = ("check_today",)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Say what the code of a country is."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "country" and field is not None:
            field.help_text = "Its two letters, for example SE; ZZ means everywhere."
        return field

    @admin.action(description="Checked today", permissions=["change"])
    def check_today(self, request: HttpRequest, lines: Any) -> None:
        """Say that somebody of this site has just tried the chosen lines."""
        checked = list(lines)
        for line in checked:
            line.checked_on = timezone.localdate()
            configuring.save_configuration(actor_of(request), line)
        messages.success(request, f"Marked as checked today: {len(checked)}.")

    @admin.display(description="State")
    def state_column(self, line: HelpLine) -> SafeString:
        """Whether readers are told that nobody has checked it for long."""
        if line.checked_on is None:
            return words.pill("Never checked", "clay")
        is_stale = timezone.localdate() - line.checked_on > STALE_AFTER
        return words.pill("Check again", "honey") if is_stale else words.pill("Checked", "leaf")
