"""Help: the owner's pages, help lines for a crisis, and how points work."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from forum.queries.help_pages import get_crisis_page, get_help_index, get_help_page, get_points_page
from forum.queries.search_help import get_search_help
from forum.views.canonical import to_canonical
from forum.views.requests import SiteRequest


@require_safe
def index(request: SiteRequest) -> HttpResponse:
    """Show where to find which help."""
    first, pages = get_help_index()
    return render(request, "forum/help.html", {"page": first, "pages": pages})


@require_safe
def page(request: SiteRequest, slug: str) -> HttpResponse:
    """Show one page of help."""
    found = get_help_page(slug)
    if found.path != request.path:
        return to_canonical(request, found.path)
    return render(request, "forum/help_page.html", {"page": found})


@require_safe
def crisis(request: SiteRequest) -> HttpResponse:
    """Show whom to call, by country."""
    return render(request, "forum/crisis.html", {"crisis": get_crisis_page()})


@require_safe
def points(request: SiteRequest) -> HttpResponse:
    """Show what brings points, what points open, and why."""
    return render(request, "forum/points.html", {"help": get_points_page(request.rules, request.viewer)})


@require_safe
def searching(request: SiteRequest) -> HttpResponse:
    """Show everything that can be typed to search."""
    return render(request, "forum/searching.html", {"help": get_search_help()})
