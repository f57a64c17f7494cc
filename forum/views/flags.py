"""Report a post or a member to the moderators, and read result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from forum import permissions
from forum.actions import flagging, limiting, tracing
from forum.forms.moderation import FlagForm
from forum.queries.flag_page import FlagPage, get_flag_page, get_member_flag_page
from forum.queries.lookups import get_post_or_404
from forum.queries.members import get_member_or_404
from forum.queries.paging import read_place
from forum.queries.question_page import get_post_place
from forum.queries.reasons import flag_reasons
from forum.queries.report_list import get_report_list
from forum.views.access import member_required, to_sign_in
from forum.views.requests import SiteRequest

if TYPE_CHECKING:
    from accounts.models import User
    from forum.models import Post

_THANKS = "Thank you. A moderator will look at it. No one else is told that you reported it."
_WORRIED = "Thank you for looking out for someone. A moderator will look at this first."
_CRISIS = "/help/crisis/"


@require_http_methods(["GET", "HEAD", "POST"])
def flag(request: SiteRequest, post_id: int) -> HttpResponse:
    """Ask what is wrong with a post, and tell the moderators; guests sign in after it, unless it is about danger."""
    viewer = request.viewer
    post = get_post_or_404(post_id, viewer=viewer)
    if viewer.is_authenticated or permissions.is_author(viewer, post):
        permissions.require(permissions.can_flag(viewer, post, request.site.rules))
    place = get_post_place(post, viewer=viewer)
    form = FlagForm(request.POST if request.method == "POST" else None, reasons=flag_reasons())
    if not form.is_valid():
        return _page(request, get_flag_page(post_id, viewer=viewer), form, place)
    if not viewer.is_authenticated:
        return _report_danger(request, post, form, place)
    send_flag(request, post, form)
    return _thank(request, form, place)


@require_http_methods(["GET", "HEAD", "POST"])
def flag_member(request: SiteRequest, name: str) -> HttpResponse:
    """Ask what is wrong with a member, and tell the moderators; guests sign in once they have written it."""
    viewer = request.viewer
    member = get_member_or_404(name)
    if viewer.is_authenticated:
        permissions.require(permissions.can_flag_member(viewer, member, request.site.rules))
    place = member.get_absolute_url()
    form = FlagForm(request.POST if request.method == "POST" else None, reasons=flag_reasons(on_member=True))
    if not form.is_valid():
        return _page(request, get_member_flag_page(member, viewer=viewer), form, place)
    if not viewer.is_authenticated:
        return to_sign_in(request)
    send_member_flag(request, member, form)
    return _thank(request, form, place)


def send_flag(request: SiteRequest, post: Post, form: FlagForm) -> None:
    """Tell the moderators what the form says of the post."""
    limiting.spend(request.viewer, request.address, "flag")
    flagging.flag_post(request.viewer, post, **form.said)
    tracing.leave_trace(request.viewer, request.address, "flag", post)


def send_member_flag(request: SiteRequest, member: User, form: FlagForm) -> None:
    """Tell the moderators what the form says of the member."""
    limiting.spend(request.viewer, request.address, "flag")
    flagging.flag_member(request.viewer, member, **form.said)
    tracing.leave_trace(request.viewer, request.address, "flag")


@require_safe
@member_required
def reports(request: SiteRequest) -> HttpResponse:
    """Show what the member reported, the last first, and result."""
    page = get_report_list(request.viewer, place=read_place(request.GET))
    return render(request, "forum/reports.html", {"page": page})


def thanks(form: FlagForm, place: str) -> tuple[str, str]:
    """Return what to say and where to go: someone who worries about another person first sees who can help now."""
    return (_WORRIED, _CRISIS) if form.is_about_danger else (_THANKS, place)


def _report_danger(request: SiteRequest, post: Post, form: FlagForm, place: str) -> HttpResponse:
    """Let a guest say that somebody may be in danger; for anything else they sign in."""
    if not (form.is_about_danger and permissions.can_report_danger(request.viewer, post, request.site.rules)):
        return to_sign_in(request)
    try:
        limiting.spend(request.viewer, request.address, "danger")
    except limiting.LimitReached as reached:
        form.add_error(None, reached.sentence)
        return _page(request, get_flag_page(post.pk, viewer=request.viewer), form, place, status=429)
    flagging.report_danger(request.viewer, post, text=form.said["text"])
    tracing.leave_trace(request.viewer, request.address, "flag", post)
    return _thank(request, form, place)


def _thank(request: SiteRequest, form: FlagForm, place: str) -> HttpResponse:
    said, to = thanks(form, place)
    messages.success(request, said)
    return HttpResponseRedirect(to)


def _page(request: SiteRequest, page: FlagPage, form: FlagForm, place: str, *, status: int = 422) -> HttpResponse:
    context = {"page": page, "form": form, "place": place}
    return render(request, "forum/flag.html", context, status=status if form.is_bound else 200)
