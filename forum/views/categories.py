"""All topics on one page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from forum.queries.category_tree import get_topic_panels
from forum.views.requests import SiteRequest


@require_safe
def categories(request: SiteRequest) -> HttpResponse:
    """Show the tree of topics."""
    return render(request, "forum/categories.html", {"topics": get_topic_panels(request.viewer)})
