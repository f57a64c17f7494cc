"""Report a post to the moderators."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from forum import permissions
from forum.actions import flagging, limiting, tracing
from forum.forms.moderation import FlagForm
from forum.queries.flag_page import get_flag_page
from forum.queries.lookups import get_post_or_404
from forum.queries.question_page import get_post_place
from forum.queries.reasons import flag_reasons
from forum.views.access import member_required
from forum.views.requests import SiteRequest

_THANKS = "Thank you. A moderator will look at it. Nobody else learns that you reported it."


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def flag(request: SiteRequest, post_id: int) -> HttpResponse:
    """Ask what is wrong with a post, and tell the moderators."""
    viewer = request.viewer
    post = get_post_or_404(post_id, viewer=viewer)
    permissions.require(permissions.can_flag(viewer, post, request.site.rules))
    place = get_post_place(post, viewer=viewer)
    if request.method != "POST":
        return _page(request, post_id, FlagForm(reasons=flag_reasons()), place)
    form = FlagForm(request.POST, reasons=flag_reasons())
    if not form.is_valid():
        return _page(request, post_id, form, place, status=422)
    limiting.spend(viewer, request.address, "flag")
    flagging.flag_post(viewer, post, reason=form.cleaned_data["reason"], text=form.cleaned_data["text"])
    tracing.leave_trace(viewer, request.address, "flag", post)
    messages.success(request, _THANKS)
    return HttpResponseRedirect(place)


def _page(request: SiteRequest, post_id: int, form: FlagForm, place: str, status: int = 200) -> HttpResponse:
    page = get_flag_page(post_id, viewer=request.viewer)
    return render(request, "forum/flag.html", {"page": page, "form": form, "place": place}, status=status)
