"""The log of moderation: every act to the team, monthly figures to everybody."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from forum import permissions
from forum.queries.acts_list import get_acts, read_filters
from forum.queries.moderation_figures import get_figures
from forum.queries.paging import read_place
from forum.views.access import member_required
from forum.views.requests import SiteRequest


@require_safe
@member_required
def acts(request: SiteRequest) -> HttpResponse:
    """Show moderators what the team did, newest first."""
    permissions.require(permissions.can_moderate(request.viewer, request.rules))
    found = get_acts(request.viewer, read_filters(request.GET), read_place(request.GET), request.rules)
    return render(request, "forum/acts.html", {"acts": found})


@require_safe
def log(request: SiteRequest) -> HttpResponse:
    """Show everybody what moderation did, in monthly figures that point at nobody."""
    return render(request, "forum/log.html", {"figures": get_figures()})
