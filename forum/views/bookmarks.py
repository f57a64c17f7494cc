"""Save posts, and find them again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forum.actions import bookmarking
from forum.forms.bookmarks import BookmarkNoteForm
from forum.forms.votes import BookmarkForm
from forum.queries.bookmark_list import get_bookmark, get_bookmark_list
from forum.queries.lookups import get_post_or_404, get_saved_post_or_404
from forum.queries.paging import read_place
from forum.queries.post_cards import get_bookmark_control
from forum.queries.question_page import get_post_place
from forum.views.access import member_required
from forum.views.requests import SiteRequest
from forum.views.responses import partial_or_redirect

if TYPE_CHECKING:
    from forum.models import Post


@require_POST
@member_required
def bookmark(request: SiteRequest, post_id: int) -> HttpResponse:
    """Save a post, or take it off the list."""
    post = save(request, post_id, request.POST)
    is_list = request.POST.get("place") == "list"
    place = "/bookmarks/" if is_list else get_post_place(post, viewer=request.viewer)
    context = {"bookmark": get_bookmark_control(post_id, viewer=request.viewer)}
    return partial_or_redirect(request, "forum/partials/bookmark_button.html", context, to=place)


def save(request: SiteRequest, post_id: int, data: Mapping[str, str]) -> Post:
    """Save the post, or take it off the list, as the form's `data` asks."""
    viewer = request.viewer
    form = BookmarkForm(data)
    if not form.is_valid():
        raise ValidationError("Please use the button below the post.")
    if form.cleaned_data["choice"] == "save":
        post = get_post_or_404(post_id, viewer=viewer)
        bookmarking.bookmark_post(viewer, post)
    else:
        post = get_saved_post_or_404(post_id, member=viewer)
        bookmarking.unbookmark_post(viewer, post)
    return post


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def note(request: SiteRequest, post_id: int) -> HttpResponse:
    """Show the form for a note and a reminder on a bookmark, or keep them."""
    viewer = request.viewer
    post = get_saved_post_or_404(post_id, member=viewer)
    row = get_bookmark(post, member=viewer)
    begun = {"note": row.note, "remind_on": row.remind_on}
    form = BookmarkNoteForm(request.POST if request.method == "POST" else None, initial=begun)
    if form.is_valid():
        try:
            bookmarking.annotate_bookmark(viewer, post, **form.cleaned_data, today=timezone.localdate())
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, "Saved.")
            return HttpResponseRedirect("/bookmarks/")
    context = {"row": row, "form": form}
    return render(request, "forum/bookmark_note.html", context, status=422 if form.is_bound else 200)


@require_safe
@member_required
def bookmarks(request: SiteRequest) -> HttpResponse:
    """Show what the member saved, the last first."""
    page = get_bookmark_list(request.viewer, place=read_place(request.GET))
    return render(request, "forum/bookmarks.html", {"page": page})
