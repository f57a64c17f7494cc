"""Vote on a post."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from forum.actions import limiting, tracing, voting
from forum.choices import Direction
from forum.forms.votes import VoteForm
from forum.queries.lookups import get_post_or_404
from forum.queries.post_cards import get_vote_control
from forum.queries.question_page import get_post_place
from forum.views.access import member_required
from forum.views.requests import SiteRequest
from forum.views.responses import partial_or_redirect

if TYPE_CHECKING:
    from forum.models import Post

_DIRECTIONS = {"up": Direction.UP, "down": Direction.DOWN}


@require_POST
@member_required
def vote(request: SiteRequest, post_id: int) -> HttpResponse:
    """Vote up or down, or take the vote back."""
    post = cast(request, post_id, request.POST)
    context = {"votes": get_vote_control(post_id, viewer=request.viewer, rules=request.site.rules)}
    place = get_post_place(post, viewer=request.viewer)
    return partial_or_redirect(request, "forum/partials/vote_buttons.html", context, to=place)


def cast(request: SiteRequest, post_id: int, data: Mapping[str, str]) -> Post:
    """Cast the vote that the form's `data` asks for, or take it back."""
    viewer = request.viewer
    post = get_post_or_404(post_id, viewer=viewer)
    form = VoteForm(data)
    if not form.is_valid():
        raise ValidationError("Please use the vote buttons beside the post.")
    direction = _DIRECTIONS.get(form.cleaned_data["direction"])
    if direction is None:
        voting.retract_vote(viewer, post)
    else:
        limiting.spend(viewer, request.address, "vote")
        voting.cast_vote(viewer, post, direction)
        tracing.leave_trace(viewer, request.address, "vote", post)
    return post
