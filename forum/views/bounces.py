"""Mails that came back: a mail provider reports them, and whoever they were for says that all is well again."""

import base64
import binascii
import json
from http import HTTPStatus
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from accounts.models import User
from forum.actions import mailing
from forum.forms.bounces import BounceForm
from forum.views.access import member_required
from forum.views.requests import SiteRequest


@csrf_exempt  # a mail provider has no cookie of ours that a stranger's page could use; its secret lets it in
@require_POST
def bounces(request: SiteRequest) -> HttpResponse:
    """Take a provider's report that a mail came back; one about a mail that is not ours changes nothing."""
    if not settings.BOUNCE_SECRET:
        raise Http404("This address is not in use.")
    if not constant_time_compare(_secret(request), settings.BOUNCE_SECRET):
        raise PermissionDenied("Wrong secret.")
    form = BounceForm(_told(request))
    if not form.is_valid():
        return JsonResponse({"errors": form.errors}, status=HTTPStatus.BAD_REQUEST)
    told = form.cleaned_data
    changed = told["mail"] is not None and mailing.record_bounce(
        told["mail"], is_hard=told["kind"] == "hard", said=told["said"]
    )
    return JsonResponse({"changed": changed})


@require_POST
@member_required
def trust_address(request: SiteRequest) -> HttpResponse:
    """Send mails to the member again."""
    if mailing.trust_address(cast("User", request.viewer)):
        messages.success(request, "We’ll email you again.")
    return redirect("/settings/notifications/")


def _secret(request: SiteRequest) -> str:
    """Return the secret that was given: as a bearer's, or as the password of an address (`https://any:SECRET@…`)."""
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return given.strip()
    if scheme.lower() != "basic":
        return ""
    try:
        return base64.b64decode(given, validate=True).decode().partition(":")[2]
    except (binascii.Error, UnicodeDecodeError):
        return ""


def _told(request: SiteRequest) -> dict[str, object]:
    try:
        told = json.loads(request.body)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
