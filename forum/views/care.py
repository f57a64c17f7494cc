"""While somebody writes: whether their words call for help lines beside the form."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from forum.actions import limiting
from forum.queries.care import calls_for_care
from forum.views.requests import SiteRequest

_NOTHING = 204


@sensitive_post_parameters()
@require_POST
def care(request: SiteRequest) -> HttpResponse:
    """Return the card with help lines where the text calls for it, else nothing; the text is not logged, nor kept."""
    try:
        limiting.spend(request.viewer, request.address, "preview")
    except limiting.LimitReached:
        return HttpResponse(status=_NOTHING)  # nobody asked for it, so nobody is told that it pauses
    if not calls_for_care(request.POST.get("title", ""), request.POST.get("body", "")):
        return HttpResponse(status=_NOTHING)
    return render(request, "forum/partials/care_card.html", {"where": "writing"})
