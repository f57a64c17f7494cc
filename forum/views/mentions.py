"""Names that complete what somebody types behind an @."""

from dataclasses import asdict

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from forum.queries.mention_names import get_name_completions
from forum.views.requests import SiteRequest

_DIGITS = 18  # of a row's number


@never_cache
@require_safe
def complete(request: SiteRequest) -> HttpResponse:
    """Answer a member with the names that fit what was typed so far, people of the thread first."""
    if not request.viewer.is_authenticated:
        raise PermissionDenied("Sign in to see name suggestions.")
    post = request.GET.get("post", "")
    post_id = int(post) if post.isascii() and post.isdecimal() and len(post) <= _DIGITS else 0
    found = get_name_completions(request.GET.get("q", ""), request.viewer, post_id=post_id)
    return JsonResponse({"members": [asdict(each) for each in found]})
