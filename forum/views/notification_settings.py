"""Choose how one is told: on the site, by mail at once, in a summary, or not."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from forum.actions import choosing
from forum.forms.notifications import NotificationsForm, RhythmForm
from forum.queries.notification_choices import NotificationSettings, get_notification_settings, get_zones
from forum.views.access import member_required, to_sign_in
from forum.views.requests import SiteRequest

_PLACE = "/settings/notifications/"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def notification_settings(request: SiteRequest) -> HttpResponse:
    """Show how the member is told; choose the ways of each kind."""
    member = request.viewer
    if not isinstance(member, User):
        return to_sign_in(request)
    page = get_notification_settings(member)
    if request.method != "POST":
        return _show(request, page, _rhythm_form(page))
    form = NotificationsForm(request.POST, kinds=[one.kind for group in page.groups for one in group.choices])
    if not form.is_valid():
        raise ValidationError("Please choose an option for each kind.")
    choosing.choose_notifications(member, form.chosen())
    messages.success(request, "Saved.")
    return redirect(_PLACE)


@require_POST
@member_required
def choose_rhythm(request: SiteRequest) -> HttpResponse:
    """Choose when a summary comes, and when no mail does."""
    member = request.viewer
    if not isinstance(member, User):
        return to_sign_in(request)
    form = RhythmForm(request.POST, zones=get_zones())
    if form.is_valid():
        try:
            choosing.choose_rhythm(member, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, "Saved.")
            return redirect(_PLACE)
    return _show(request, get_notification_settings(member), form, status=HTTPStatus.UNPROCESSABLE_ENTITY)


@require_POST
@member_required
def reset_notifications(request: SiteRequest) -> HttpResponse:
    """Be told as everybody who has not chosen."""
    if isinstance(request.viewer, User):
        choosing.reset_notifications(request.viewer)
        messages.success(request, "Reset to defaults.")
    return redirect(_PLACE)


def _show(
    request: SiteRequest, page: NotificationSettings, form: RhythmForm, *, status: int = HTTPStatus.OK
) -> HttpResponse:
    context: dict[str, Any] = {"page": page, "form": form}
    return render(request, "forum/notification_settings.html", context, status=status)


def _rhythm_form(page: NotificationSettings) -> RhythmForm:
    names = ("rhythm", "digest_hour", "time_zone", "quiet_from", "quiet_until", "shows_titles")
    return RhythmForm(initial={name: getattr(page, name) for name in names}, zones=get_zones())
