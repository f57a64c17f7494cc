"""What others see of one's page."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from forum.actions import presenting
from forum.choices import MemberPart
from forum.forms.visibility import VisibilityForm
from forum.queries.visibility import preferences_of
from forum.views.access import member_required
from forum.views.requests import SiteRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def visibility(request: SiteRequest) -> HttpResponse:
    """Show and change which parts of the member's page others see."""
    assert isinstance(request.viewer, User)  # member_required lets nobody else in
    chosen = preferences_of(request.viewer)
    shown = [part.value for part in MemberPart if part not in chosen.hidden]
    initial = {"shown": shown, "shows_sensitive": chosen.shows_sensitive}
    form = VisibilityForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        shows_sensitive = form.cleaned_data["shows_sensitive"]
        presenting.choose_visibility(request.viewer, hidden=form.hidden, shows_sensitive=shows_sensitive)
        messages.success(request, "Saved.")
        return HttpResponseRedirect(request.path)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if request.method == "POST" else HTTPStatus.OK
    return render(request, "forum/visibility.html", {"form": form, "page": request.viewer}, status=status)
