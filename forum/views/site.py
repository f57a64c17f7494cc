"""The site itself: whether it is well, what programs may read, and how it looks to somebody."""

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST, require_safe

from accounts.choices import Theme
from accounts.members import set_theme
from accounts.models import User
from accounts.paths import own_path
from forum.actions import limiting
from forum.queries.health import cache_fault, queue_or_none
from forum.views.requests import SiteRequest

THEME_COOKIE = "theme"
WELCOME_COOKIE = "welcome"

_YEAR = 365 * 24 * 60 * 60
_NOT_FOR_PROGRAMS = (
    *(
        "/accounts/",
        "/admin/",
        "/appeal/",
        "/ask/",
        "/bookmarks/",
        "/drafts/",
        "/following/",
        "/guest/",
        "/inbox/",
    ),
    *("/mail/", "/members/", "/mentions/", "/messages/", "/moderation/", "/posts/", "/preview/", "/reports/"),
    *("/care/", "/search/", "/settings/", "/suggestions/", "/tags/complete/", "/theme/", "/upload/", "/welcome/"),
)
_FOR_PROGRAMS = ("/moderation/log/",)  # the team's figures are for everybody


@require_safe
def healthz(request: SiteRequest) -> HttpResponse:
    """Answer 200 when the database takes a write and the cache answers, else 503 with what does not.

    Say how many jobs wait, and how long the oldest has. What this writes is about nobody.
    """
    queue = queue_or_none()
    if queue is None:
        faults = ["no database"]
    else:
        faults = [] if limiting.is_writable() else ["the database takes no write"]
        fault = cache_fault()
        faults += [f"the cache does not answer: {fault}"] if fault else []
    waiting = [f"jobs waiting: {queue.waiting}", f"oldest job, seconds: {queue.oldest_seconds}"] if queue else []
    lines = [*(faults or ["ok"]), *waiting, ""]
    response = HttpResponse("\n".join(lines), "text/plain", 503 if faults else 200)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def robots(request: SiteRequest) -> HttpResponse:
    """Say which addresses are of no use to a search engine, and where all others are listed."""
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in _NOT_FOR_PROGRAMS),
        *(f"Allow: {path}" for path in _FOR_PROGRAMS),
        "",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
        "",
    ]
    return HttpResponse("\n".join(lines), "text/plain")


@require_POST
def theme(request: SiteRequest) -> HttpResponse:
    """Keep the colours somebody reads in: in their browser, and with their account when there is one."""
    chosen = request.POST.get("theme", "")
    response = HttpResponseRedirect(_way_back(request))
    if chosen in Theme.values:
        set_cookie(response, THEME_COOKIE, chosen)
        if isinstance(request.viewer, User):
            set_theme(request.viewer, chosen)
    return response


@require_POST
def close_welcome(request: SiteRequest) -> HttpResponse:
    """Keep the welcome out of the way from now on."""
    response = HttpResponseRedirect("/")
    set_cookie(response, WELCOME_COOKIE, "closed")
    return response


def _way_back(request: SiteRequest) -> str:
    return own_path(request.POST.get("next"), "/")


def set_cookie(response: HttpResponse, name: str, value: str) -> None:
    """Let the browser remember a choice for a year."""
    response.set_cookie(
        name, value, max_age=_YEAR, samesite="Lax", httponly=True, secure=settings.SESSION_COOKIE_SECURE
    )
