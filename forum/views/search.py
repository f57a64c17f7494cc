"""Search."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from forum.queries.search import get_search_page
from forum.views.requests import SiteRequest


@require_safe
def search(request: SiteRequest) -> HttpResponse:
    """Show the questions that are closest to `?q=`."""
    found = get_search_page(request.viewer, request.GET.get("q", ""))
    return render(request, "forum/search.html", {"found": found, "q": found.query})
