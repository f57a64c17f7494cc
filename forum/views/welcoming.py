"""The first screens of a new member: topics, how to be told, the guidelines; and the guidelines when they change."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.paths import own_path
from forum.actions import welcoming
from forum.choices import Pace
from forum.forms.welcome import PaceForm, TopicsForm
from forum.queries.welcome import get_guidelines_html, get_topic_choices, is_welcomed
from forum.views.access import member_required
from forum.views.requests import SiteRequest
from forum.views.responses import partial_or_redirect

_TOPICS, _PACE, _GUIDELINES = "/welcome/topics/", "/welcome/notifications/", "/welcome/guidelines/"
_Screen = Callable[[SiteRequest], HttpResponse]


def _screen(view: _Screen) -> _Screen:
    """Show a first screen to its member once: whoever has them behind them goes on to where they were going."""

    @wraps(view)
    def guarded(request: SiteRequest) -> HttpResponse:
        return HttpResponseRedirect(_goal(request)) if is_welcomed(request.viewer) else view(request)

    return require_http_methods(["GET", "HEAD", "POST"])(member_required(guarded))


@require_safe
@member_required
def welcome(request: SiteRequest) -> HttpResponse:
    """Lead to the first of the screens."""
    return _to(request, _TOPICS)


@_screen
def welcome_topics(request: SiteRequest) -> HttpResponse:
    """Ask what brought the member here, and let them follow it."""
    form = TopicsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        welcoming.follow_topics(request.viewer, form.cleaned_data["topics"])
        return _to(request, _PACE)
    chosen = tuple(request.POST.getlist("topics"))
    context = {"form": form, "topics": get_topic_choices(request.viewer, chosen), "step": 1, "goal": _goal(request)}
    return render(request, "forum/welcome_topics.html", context, status=_status(request))


@_screen
def welcome_notifications(request: SiteRequest) -> HttpResponse:
    """Ask how the member wants to be told."""
    form = PaceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        pace, zone = Pace(form.cleaned_data["pace"]), form.cleaned_data["time_zone"]
        welcoming.choose_pace(request.viewer, pace, time_zone=zone)
        return _to(request, _GUIDELINES)
    context = {"form": form, "step": 2, "goal": _goal(request)}
    return render(request, "forum/welcome_notifications.html", context, status=_status(request))


@_screen
def welcome_guidelines(request: SiteRequest) -> HttpResponse:
    """Show the guidelines, and keep that the member agreed."""
    if request.method == "POST":
        welcoming.accept_guidelines(request.viewer)
        welcoming.end_welcome(request.viewer)
        messages.success(request, "Welcome. It’s good to have you here.")
        return HttpResponseRedirect(_goal(request))
    context = {"html": get_guidelines_html(), "step": 3, "goal": _goal(request)}
    return render(request, "forum/welcome_guidelines.html", context)


@require_POST
@member_required
def skip_welcome(request: SiteRequest) -> HttpResponse:
    """Go on without the first screens; they do not come back."""
    welcoming.end_welcome(request.viewer)
    return HttpResponseRedirect(_goal(request))


@require_POST
@member_required
def accept_guidelines(request: SiteRequest) -> HttpResponse:
    """Keep that the member has read the changed guidelines, so that no page mentions them again."""
    welcoming.accept_guidelines(request.viewer)
    return partial_or_redirect(request, "partials/nothing.html", {}, to=_goal(request))


def _to(request: SiteRequest, path: str) -> HttpResponse:
    goal = _goal(request)
    return HttpResponseRedirect(path if goal == "/" else f"{path}?{urlencode({'next': goal})}")


def _goal(request: HttpRequest) -> str:
    """Return where the member was going: a place of ours, else the front page."""
    return own_path(request.POST.get("next") or request.GET.get("next"), "/")


def _status(request: SiteRequest) -> int:
    return HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
