"""Middleware and the context of every template: who asks, which site this is, what is refused at the door."""

import re
from collections.abc import Callable
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote, unquote_to_bytes

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from accounts.transactions import is_broken_off
from forum import rules
from forum.actions import limiting
from forum.effects.clocks import zone_of
from forum.models import Guest
from forum.queries.blocks import address_refusal
from forum.queries.queue_figures import get_badge
from forum.views import drafts_kept, errors, guest_cookie, wishes
from forum.views.requests import Hops, most_bytes, visitor_address
from forum.views.responses import sentence_of

GetResponse = Callable[[HttpRequest], HttpResponse]

_SIGN_OUT = "/accounts/logout/"
# What somebody whose network is kept out may still send: what concerns themselves alone, and words to the moderators.
_OPEN_TO_ALL = re.compile(
    r"/(?:accounts/(?!signup/|3rdparty/)|settings/(?!picture/)|drafts/|preview/|care/|help/|inbox/|messages/|appeal/|theme/|welcome/"
    r"|guest/stop/|mail/|posts/\d+/withdraw/)"
)
# What is the same for everybody looks at no session, and so costs none.
_FOR_ALL_ALIKE = re.compile(r"/(?:feed/|media/|og/|sitemap|healthz/|robots\.txt|opensearch\.xml|theme/)")
_WAIT_SECONDS = 300  # where allauth counts, and says no more than "a few minutes"
_FORGET_HERE = '"cache", "storage"'  # kept pages, and texts that static/js/drafts.js keeps on the device
_PERMISSIONS_POLICY = "camera=(), geolocation=(), interest-cohort=(), microphone=(), payment=(), usb=()"


class RequestGuard:
    """Refuse at the door what no view should see: bodies that are too large, and NUL bytes in an address."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = _refusal(request) or self.get_response(request)
        response.setdefault("Permissions-Policy", _PERMISSIONS_POLICY)
        # A page is its reader's own: it holds their forms' numbers, and what only members read. Nothing in between, and
        # no later visitor of the same device, may be shown it again.
        response.setdefault("Cache-Control", "private, no-store" if _is_known(request) else "private, no-cache")
        if request.method == "POST" and request.path == _SIGN_OUT:
            response.setdefault("Clear-Site-Data", _FORGET_HERE)
        return response


class SiteMiddleware:
    """Say who asks and from where; turn what actions refuse into pages that help."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        attach(request)
        if _is_garbled(request):
            return errors.bad_request(request)
        try:
            response = self.get_response(request)
        finally:
            timezone.deactivate()
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            return errors.method_not_allowed(request, response["Allow"])
        if response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
            response.setdefault("Retry-After", str(_WAIT_SECONDS))
        return response

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Let members read by their own clock, and nobody write whose network is kept out, but for the team."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES and not _FOR_ALL_ALIKE.match(request.path):
            user = getattr(request, "user", None)
            if user is not None and user.is_authenticated:
                timezone.activate(zone_of(user))
        if request.method in {"GET", "HEAD", "OPTIONS"} or _OPEN_TO_ALL.match(request.path):
            return None
        refusal = address_refusal(request.address, request.site)  # type: ignore[attr-defined, arg-type]
        if not refusal or request.viewer.is_helper:  # type: ignore[attr-defined]
            return None
        return errors.kept_out(request, refusal)

    def process_template_response(self, request: HttpRequest, response: TemplateResponse) -> TemplateResponse:
        """Let `site` mean our site on allauth's pages too, which bring one of their own: the host's name.

        A form that met a limit while it was checked (`forum/apps.py`) is answered as one.
        """
        if response.context_data and "site" in response.context_data:
            response.context_data["site"] = request.site
        reached: limiting.LimitReached | None = getattr(request, "limit_reached", None)
        if reached is not None:
            response.status_code = HTTPStatus.TOO_MANY_REQUESTS
            response["Retry-After"] = str(reached.retry_after)
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Answer what a view expects to be refused and has no form for; anything else is a bug and goes on."""
        if isinstance(exception, limiting.LimitReached):
            return errors.too_many(request, exception.sentence, exception.retry_after)
        if isinstance(exception, ValidationError):
            return errors.cannot_be_used(request, sentence_of(exception))
        if is_broken_off(exception):
            return drafts_kept.broken_off(request)  # type: ignore[arg-type]
        return None


def attach(request: HttpRequest) -> None:
    """Give the request its viewer, site and address; each is looked up when somebody asks."""
    request.viewer = SimpleLazyObject(lambda: _viewer(request))  # type: ignore[attr-defined]
    request.site = SimpleLazyObject(rules.site)  # type: ignore[assignment]
    request.rules = SimpleLazyObject(lambda: request.site.rules)  # type: ignore[attr-defined]
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    hops = Hops(connected=request.META.get("REMOTE_ADDR", ""), forwarded=forwarded)
    request.address = visitor_address(hops)  # type: ignore[attr-defined]


def site(request: HttpRequest) -> dict[str, Any]:
    """What every template may use."""
    if not hasattr(request, "site"):
        attach(request)
    return {
        "site": request.site,
        "site_url": settings.SITE_URL,
        "rules": request.rules,  # type: ignore[attr-defined]
        "viewer": request.viewer,  # type: ignore[attr-defined]
        "theme": SimpleLazyObject(lambda: _theme(request)),
        "has_new_guidelines": SimpleLazyObject(lambda: _has_new_guidelines(request)),
        "wish": SimpleLazyObject(lambda: wishes.named(request)),
        "queue_badge": SimpleLazyObject(lambda: get_badge(request.viewer, request.rules)),  # type: ignore[attr-defined]
    }


def _viewer(request: HttpRequest) -> Any:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return guest_cookie.guest_of(request)
    return user if user.closed_at is None else Guest()  # a closed account reads, and may be opened again


def _has_new_guidelines(request: HttpRequest) -> bool:
    """Say whether the guidelines changed since this member joined or last agreed; no query of its own."""
    user, changed_at = getattr(request, "user", None), request.site.guidelines_changed_at  # type: ignore[attr-defined]
    if changed_at is None or user is None or not user.is_authenticated:
        return False
    return bool((user.guidelines_seen_at or user.date_joined) < changed_at)


def _theme(request: HttpRequest) -> str:
    chosen = request.COOKIES.get("theme", "")
    user = getattr(request, "user", None)
    if chosen not in {"light", "dark", "auto"} and user is not None and user.is_authenticated:
        return str(user.theme)
    return chosen if chosen in {"light", "dark"} else "auto"


def _refusal(request: HttpRequest) -> HttpResponse | None:
    if _body_bytes(request) > most_bytes(request.path):
        return _outside(request, errors.too_large)
    if "\x00" in request.path or "\x00" in unquote(request.META.get("QUERY_STRING", "")):
        return _outside(request, errors.bad_request)
    return None


def _is_known(request: HttpRequest) -> bool:
    """Say whether this browser can act: going back must show it the votes it has cast since, not a page it kept."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES or guest_cookie.NAME in request.COOKIES


def _is_garbled(request: HttpRequest) -> bool:
    """Say whether a form holds bytes that are no text; no browser sends any, and half a text helps nobody."""
    if request.method != "POST" or request.content_type != "application/x-www-form-urlencoded":
        return False
    try:
        unquote_to_bytes(request.body).decode()
    except UnicodeDecodeError:
        return True
    return False


def _body_bytes(request: HttpRequest) -> int:
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdecimal() else 0


def _outside(request: HttpRequest, page: Callable[[HttpRequest], HttpResponse]) -> HttpResponse:
    """Answer before the other middleware has run, for a visitor nobody knows yet."""
    attach(request)
    return page(request)
