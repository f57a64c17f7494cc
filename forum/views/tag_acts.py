"""What moderators do to a tag: give it another name, merge it into another, delete it, keep it for themselves."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from forum import permissions
from forum.actions import naming
from forum.forms.tags import MergeTagForm, RenameTagForm, ReserveTagForm, TagForm, WhyForm
from forum.queries import log as log_query
from forum.queries.tag_names import find_tag, get_manage_page
from forum.queries.tag_texts import get_tag_by_id_or_404
from forum.views import undo
from forum.views.access import member_required
from forum.views.requests import SiteRequest

# Each act stands on the page as a form of its own; its fields are numbered by its name.
_FORMS: dict[str, type[TagForm]] = {
    "rename": RenameTagForm,
    "merge": MergeTagForm,
    "delete": WhyForm,
    "reserve": ReserveTagForm,
}
_GONE_MEANWHILE = "That tag no longer exists. Choose another one."


@require_safe
@member_required
def manage_tag(request: SiteRequest, tag_id: int) -> HttpResponse:
    """Show what can be done to a tag, and what each act would change."""
    tag = get_tag_by_id_or_404(tag_id, request.viewer)
    permissions.require(permissions.can_manage_tag(request.viewer, request.rules))
    return _page(request, tag, target=request.GET.get("target", ""))


@require_POST
@member_required
def rename_tag(request: SiteRequest, tag_id: int) -> HttpResponse:
    """Call a tag something else; its former name leads to it."""

    def do(tag: Any, words: dict[str, Any]) -> tuple[str, str]:
        renamed = naming.rename_tag(request.viewer, tag, **words)
        return f"“{tag.name}” is called “{renamed.name}” now.", f"/tags/{tag.pk}/manage/"

    return _act(request, tag_id, "rename", do)


@require_POST
@member_required
def merge_tag(request: SiteRequest, tag_id: int) -> HttpResponse:
    """Make a tag part of another."""

    def do(tag: Any, words: dict[str, Any]) -> tuple[str, str]:
        target = find_tag(words["target"])
        if target is None:
            raise ValidationError(_GONE_MEANWHILE)
        naming.merge_tags(request.viewer, tag, target=target, reason=words["reason"])
        return f"“{tag.name}” is part of “{target.name}” now.", target.get_absolute_url()

    return _act(request, tag_id, "merge", do)


@require_POST
@member_required
def delete_tag(request: SiteRequest, tag_id: int) -> HttpResponse:
    """Take a tag away from all its questions."""

    def do(tag: Any, words: dict[str, Any]) -> tuple[str, str]:
        naming.delete_tag(request.viewer, tag, **words)
        return f"“{tag.name}” is deleted.", "/tags/"

    return _act(request, tag_id, "delete", do)


@require_POST
@member_required
def reserve_tag(request: SiteRequest, tag_id: int) -> HttpResponse:
    """Keep a tag for moderators, or let everybody give it again."""

    def do(tag: Any, words: dict[str, Any]) -> tuple[str, str]:
        naming.reserve_tag(request.viewer, tag, **words)
        said = "Only moderators can use this tag now." if words["is_reserved"] else "Everyone can use this tag again."
        return said, f"/tags/{tag.pk}/manage/"

    return _act(request, tag_id, "reserve", do)


def _act(
    request: SiteRequest, tag_id: int, name: str, do: Callable[[Any, dict[str, Any]], tuple[str, str]]
) -> HttpResponse:
    """Let `do` act on the tag with the words of the form `name`, and offer to take it back."""
    tag = get_tag_by_id_or_404(tag_id, request.viewer)
    permissions.require(permissions.can_manage_tag(request.viewer, request.rules))
    form = _form(name, request.POST)
    if form.is_valid():
        since = log_query.head_number()
        try:
            said, place = do(tag, form.cleaned_data)
        except ValidationError as refusal:
            form.refuse(refusal)
        else:
            undo.offer(request, said, since=since)
            return HttpResponseRedirect(place)
    return _page(request, tag, target=request.POST.get("target", ""), refused={name: form}, status=422)


def _page(
    request: SiteRequest,
    tag: Any,
    *,
    target: str = "",
    refused: dict[str, TagForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    found = get_manage_page(tag, target=target)
    began = {"target": found.target, "is_reserved": "off" if tag.is_reserved else "on"}
    forms = {name: _form(name, initial=began) for name in _FORMS} | (refused or {})
    return render(request, "forum/manage_tag.html", {"page": found, "forms": forms, "typed": target}, status=status)


def _form(name: str, data: Any = None, **options: Any) -> TagForm:
    return _FORMS[name](data, auto_id=f"{name}-%s", **options)
