"""Search."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from forum.queries.search import get_search_page, read_order
from forum.queries.search_help import get_search_tips
from forum.queries.search_suggestions import get_suggestions
from forum.views.requests import SiteRequest

_PAGE_DIGITS = 3  # of the few pages there can be


@require_safe
def search(request: SiteRequest) -> HttpResponse:
    """Show the questions that are closest to `?q=`; whatever it says, it is a search."""
    page = request.GET.get("page", "")
    found = get_search_page(
        request.viewer,
        request.GET.get("q", ""),
        order=read_order(request.GET.get("sort", "")),
        page=int(page) if page.isascii() and page.isdecimal() and len(page) <= _PAGE_DIGITS else 1,
    )
    return render(request, "forum/search.html", {"found": found, "q": found.query, "tips": get_search_tips()})


@never_cache
@require_safe
def suggest(request: SiteRequest) -> HttpResponse:
    """Show what a search that is half typed may be about; an empty answer where nothing fits."""
    suggestions = get_suggestions(request.viewer, request.GET.get("q", ""))
    return render(request, "forum/partials/search_suggestions.html", {"found": suggestions})
