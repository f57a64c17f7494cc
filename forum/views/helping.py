"""Can you help? Questions that wait for a first answer."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from forum.queries.can_you_help import get_help_wanted
from forum.views.requests import SiteRequest


@require_safe
def can_you_help(request: SiteRequest) -> HttpResponse:
    """Show what the reader may have an answer to, or what waits anywhere."""
    page = get_help_wanted(request.viewer, intent=request.GET.get("intent", ""))
    return render(request, "forum/can_you_help.html", {"page": page})
