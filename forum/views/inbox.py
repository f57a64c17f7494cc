"""The inbox: what a member was told, the bell that counts it, and saying what one has read."""

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.crypto import salted_hmac
from django.utils.http import quote_etag
from django.views.decorators.http import require_POST, require_safe

from accounts.paths import own_path
from forum.actions import reading
from forum.forms.inbox import ReadAllForm, ReadThreadForm, StateForm, UndoReadingForm
from forum.queries import inbox as query
from forum.queries.inbox import PATH, InboxView
from forum.queries.lookups import get_question_or_404
from forum.queries.paging import read_place
from forum.views.access import member_required
from forum.views.requests import SiteRequest
from forum.views.responses import partial_or_redirect

if TYPE_CHECKING:
    from accounts.models import User

P = ParamSpec("P")
View = Callable[Concatenate[SiteRequest, P], HttpResponse]

_DIGITS = 9  # of the largest number that is believed
_GONE = "What this was about is no longer available."
_ALL_READ = "All marked as read."
_WAS_READ = "Everything was already read."
_BUTTONS = "Please use the buttons of your inbox."


def kept_nowhere(view: View[P]) -> View[P]:
    """Let no browser keep the answer: what somebody was told is for nobody who uses the same device later."""

    @wraps(view)
    def guarded(request: SiteRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-store"
        return response

    return guarded


@require_safe
@kept_nowhere
@member_required
def inbox(request: SiteRequest) -> HttpResponse:
    """Show what the member was told, the newest first."""
    only_unread = request.GET.get("state") == "unread"
    view = InboxView(request.GET.get("show", ""), only_unread=only_unread, place=read_place(request.GET))
    return render(request, "forum/inbox.html", {"inbox": query.get_inbox(_member(request), view)})


@require_safe
@kept_nowhere
@member_required
def latest(request: SiteRequest) -> HttpResponse:
    """Show the newest lines, as the bell does; their number goes along."""
    return render(request, "forum/partials/bell_list.html", _bell(request))


@require_safe
def count(request: SiteRequest) -> HttpResponse:
    """Say how much is unread, 304 while that is the number the browser knows; the member's own row tells it."""
    if not request.viewer.is_authenticated:
        return HttpResponse(status=204)  # signed out meanwhile: nobody is led away from what they read or write
    member, seen = _member(request), request.GET.get("seen", "")
    unread = member.unread_notifications
    etag = quote_etag(salted_hmac("inbox.count", f"{member.pk} {unread} {seen}").hexdigest())
    unchanged = get_conditional_response(request, etag=etag)
    context = {"unread": unread, "has_grown": unread > _number(seen)}
    response = unchanged or render(request, "forum/partials/bell_counts.html", context)
    response["ETag"] = etag
    return response


@require_POST
@member_required
def open_line(request: SiteRequest, bundle_id: int) -> HttpResponse:
    """Go where a line leads, and leave it read."""
    place = query.get_line_place(bundle_id, request.viewer)
    reading.mark_read(request.viewer, [bundle_id])
    if not place:
        messages.info(request, _GONE)
    return HttpResponseRedirect(place or PATH)


@require_POST
@member_required
def mark(request: SiteRequest, bundle_id: int) -> HttpResponse:
    """Leave a line read, or marked as unread."""
    query.get_line(bundle_id, request.viewer)  # somebody else's is not there
    form = StateForm(request.POST)
    if not form.is_valid():
        raise ValidationError(_BUTTONS)
    act = reading.mark_read if form.cleaned_data["state"] == "read" else reading.mark_unread
    act(request.viewer, [bundle_id])
    line = query.get_line(bundle_id, request.viewer)
    context = {"line": line, "unread": query.count_unread(request.viewer), "is_answer": True}
    return partial_or_redirect(
        request, "forum/partials/inbox_line.html", context, to=f"{_way_back(request)}#n{line.id}"
    )


@require_POST
@member_required
def read_all(request: SiteRequest) -> HttpResponse:
    """Leave everything read that the page knew of; one tap takes it back."""
    form = ReadAllForm(request.POST)
    if not form.is_valid():
        raise ValidationError(_BUTTONS)
    read_at = reading.mark_all_read(request.viewer, up_to=form.cleaned_data["up_to"])
    moment = read_at.isoformat() if read_at is not None else ""
    if request.htmx:  # the bell's list lies over the place of messages, and offers the way back itself
        return render(request, "forum/partials/bell_list.html", {**_bell(request), "undo": moment})
    if moment:
        messages.success(request, _ALL_READ, extra_tags=f"reading {moment}")
    else:
        messages.info(request, _WAS_READ)
    return HttpResponseRedirect(_way_back(request))


@require_POST
@member_required
def undo(request: SiteRequest) -> HttpResponse:
    """Leave unread what one tap marked as read."""
    form = UndoReadingForm(request.POST)
    if not form.is_valid():
        raise ValidationError(_BUTTONS)
    number = reading.unmark_all_read(request.viewer, form.cleaned_data["read_at"])
    if request.htmx:
        return render(request, "forum/partials/bell_list.html", _bell(request))
    said = f"{number} line{'' if number == 1 else 's'} marked as unread." if number else "There was nothing to undo."
    messages.success(request, said)
    return HttpResponseRedirect(_way_back(request))


@require_POST
@member_required
def read(request: SiteRequest) -> HttpResponse:
    """Leave read what the member was told of a question they opened; a browser with scripts says it by itself."""
    form = ReadThreadForm(request.POST)
    if not form.is_valid():
        raise ValidationError(_BUTTONS)
    question = get_question_or_404(form.cleaned_data["question"], viewer=request.viewer)
    reading.mark_thread_read(request.viewer, question, before=form.cleaned_data["before"])
    context = {"unread": query.count_unread(request.viewer)}
    return partial_or_redirect(request, "forum/partials/bell_counts.html", context, to=question.get_absolute_url())


def _bell(request: SiteRequest) -> dict[str, Any]:
    found = query.get_bell_list(_member(request))
    return {"bell": found, "unread": found.unread, "is_answer": True}


def _member(request: SiteRequest) -> "User":
    return cast("User", request.viewer)  # behind member_required


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _DIGITS else 0


def _way_back(request: SiteRequest) -> str:
    """Return the part of the inbox a form came from; "Undo" stands on any page, so any page of ours will do."""
    return own_path(request.POST.get("next"), PATH)
