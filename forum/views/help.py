"""Help: the owner's pages, help lines for a crisis, and how points work."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST, require_safe

from forum.queries.help_lines import COUNTRY_COOKIE, is_country
from forum.queries.help_pages import get_crisis_page, get_help_index, get_help_page, get_points_page
from forum.queries.search_help import get_search_help
from forum.views.canonical import to_canonical
from forum.views.requests import SiteRequest
from forum.views.site import set_cookie


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
    """Show whom to call: the country that was chosen first; the browser's language only sorts."""
    chosen, languages = request.COOKIES.get(COUNTRY_COOKIE, ""), request.headers.get("Accept-Language", "")
    response = render(request, "forum/crisis.html", {"crisis": get_crisis_page(chosen, languages)})
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


@require_POST
def choose_country(request: SiteRequest) -> HttpResponse:
    """Remember in the browser which country's help lines stand first; nonsense changes nothing."""
    response = HttpResponseRedirect("/help/crisis/")
    country = request.POST.get("country", "").lower()
    if is_country(country):
        set_cookie(response, COUNTRY_COOKIE, country)
    return response


@require_safe
def points(request: SiteRequest) -> HttpResponse:
    """Show what brings points, what points open, and why."""
    return render(request, "forum/points.html", {"help": get_points_page(request.rules, request.viewer)})


@require_safe
def searching(request: SiteRequest) -> HttpResponse:
    """Show everything that can be typed to search."""
    return render(request, "forum/searching.html", {"help": get_search_help()})


@require_safe
def shortcuts(request: SiteRequest) -> HttpResponse:
    """Show what the keyboard does; the script that opens it with "?" takes the list from here."""
    return render(request, "forum/shortcuts.html")
