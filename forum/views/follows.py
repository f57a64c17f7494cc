"""Follow questions, topics and tags, and see what one follows."""

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from forum.actions.following import follow, unfollow
from forum.choices import Followable
from forum.forms.following import FollowForm
from forum.queries.following import get_follow_list, get_followable_or_404, row_for
from forum.queries.paging import read_place
from forum.views.access import member_required
from forum.views.requests import SiteRequest
from forum.views.responses import partial_or_redirect


@require_POST
@member_required
def follow_question(request: SiteRequest, post_id: int) -> HttpResponse:
    """Follow a question, or stop."""
    return _follow(request, Followable.QUESTION, post_id)


@require_POST
@member_required
def follow_topic(request: SiteRequest, category_id: int) -> HttpResponse:
    """Follow a topic with everything below it, or stop."""
    return _follow(request, Followable.TOPIC, category_id)


@require_POST
@member_required
def follow_tag(request: SiteRequest, tag_id: int) -> HttpResponse:
    """Follow a tag, or stop."""
    return _follow(request, Followable.TAG, tag_id)


@require_safe
@member_required
def following(request: SiteRequest) -> HttpResponse:
    """Show what the member follows, the last first."""
    show, gone = request.GET.get("show", ""), request.GET.get("gone", "")
    found = get_follow_list(request.viewer, show=show, place=read_place(request.GET), gone=gone)
    return render(request, "forum/following.html", {"list": found})


def _follow(request: SiteRequest, kind: Followable, key: int) -> HttpResponse:
    form = FollowForm(request.POST)
    if not form.is_valid():
        raise ValidationError("Please use the button that says Follow.")
    thing = get_followable_or_404(kind, key, viewer=request.viewer)
    follows = form.cleaned_data["state"] == "on"
    act = follow if follows else unfollow
    act(request.viewer, thing)
    row = row_for(kind, thing, viewer=request.viewer, is_followed=follows)
    place = form.cleaned_data["place"]
    context = {"kind": kind, "id": key, "is_followed": follows, "label": row.name, "place": place}
    listed = "/following/" if follows else f"/following/?gone={kind}-{key}"
    to = listed if place == "list" else row.path or "/following/"
    return partial_or_redirect(request, "forum/partials/follow_button.html", context, to=to)
