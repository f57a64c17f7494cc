"""Who may reach a view at all."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django_htmx.http import HttpResponseClientRedirect

from forum.views import wishes
from forum.views.drafts_kept import keep_as_draft
from forum.views.requests import SiteRequest

P = ParamSpec("P")
View = Callable[Concatenate[SiteRequest, P], HttpResponse]


def member_required(view: View[P]) -> View[P]:
    """Admit members; send others to sign in and back, with their text kept as a draft or their act as a wish."""

    @wraps(view)
    def guarded(request: SiteRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.viewer.is_authenticated:
            return view(request, *args, **kwargs)
        return to_sign_in(request)

    return guarded


def to_sign_in(request: SiteRequest) -> HttpResponse:
    """Send the person to sign in and back to where they were; nothing they typed or pressed is lost."""
    target = f"/accounts/login/?{urlencode({'next': wishes.keep(request, _way_back(request))})}"
    answer = HttpResponseClientRedirect(target) if request.htmx else HttpResponseRedirect(target)
    if request.method == "POST":
        keep_as_draft(request, answer)
    return answer


def _way_back(request: SiteRequest) -> str:
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    if request.htmx:
        return request.htmx.current_url_abs_path or "/"
    here = f"{request.scheme}://{request.get_host()}/"
    referer = request.headers.get("Referer", "")
    return f"/{referer.removeprefix(here)}" if referer.startswith(here) else "/"
