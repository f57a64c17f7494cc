"""The tags someone types: taken and removed one by one without script, and those told that were left out."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages

from forum import permissions
from forum.forms.tag_names import tag_names
from forum.queries.tag_names import get_unknown
from forum.views import posting
from forum.views.requests import SiteRequest

_REMOVED = "without_tag"


def is_choosing(request: SiteRequest) -> bool:
    """Say whether the button was one of the tags field's own, which work without script and send nothing."""
    return _REMOVED in request.POST


def typed_so_far(request: SiteRequest) -> dict[str, Any]:
    """Return what was typed into the form, without the tag whose button was pressed."""
    typed = posting.typed_before(request)
    names = tag_names(str(typed.get("tags", "")))
    return typed | {"tags": [name for name in names if name != request.POST[_REMOVED]]}


def say_left_out(request: SiteRequest, names: Sequence[str]) -> None:
    """Tell the viewer which of `names` were left out of what they have just saved, if any."""
    if not names or permissions.can_create_tag(request.viewer, request.rules):
        return
    if unknown := get_unknown(names):
        listed = ", ".join(f"“{name}”" for name in unknown)
        was, they = ("is not a tag", "it was") if len(unknown) == 1 else ("are not tags", "they were")
        messages.info(request, f"{listed} {was} here yet, so {they} left out. Everything else is saved.")
