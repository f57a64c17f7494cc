"""What everybody may do here, and how far the visitor is."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from forum.queries.privileges import get_privileges_page
from forum.views.requests import SiteRequest


@require_safe
def privileges(request: SiteRequest) -> HttpResponse:
    """Show every privilege, what it needs, and what the visitor has of it."""
    return render(request, "forum/privileges.html", {"page": get_privileges_page(request.viewer, request.rules)})
