"""Browsers that have signed in before: strangers who guess at a name cannot keep them out."""

import secrets

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, salted_hmac

_COOKIE = "known"
_MOST = 5  # accounts that one browser remembers
_YEAR = 365 * 24 * 3600
_SALT = "accounts.known_browsers"


def remember(request: HttpRequest, response: HttpResponse, member_id: int) -> None:
    """Let this browser prove later that `member_id` has signed in on it, without saying so to who reads its cookies."""
    if mark_of(request, member_id):
        return
    marks = [_new_mark(member_id), *_marks(request)][:_MOST]
    response.set_cookie(
        _COOKIE, ".".join(marks), max_age=_YEAR, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )


def mark_of(request: HttpRequest, member_id: int) -> str:
    """Return what tells this browser apart from others on which `member_id` has signed in; empty when they have not."""
    for mark in _marks(request):
        nonce, _, proof = mark.partition("-")
        if constant_time_compare(proof, _proof(nonce, member_id)):
            return nonce
    return ""


def _marks(request: HttpRequest) -> list[str]:
    return request.COOKIES.get(_COOKIE, "").split(".")[:_MOST] if request.COOKIES.get(_COOKIE) else []


def _new_mark(member_id: int) -> str:
    nonce = secrets.token_hex(8)
    return f"{nonce}-{_proof(nonce, member_id)}"


def _proof(nonce: str, member_id: int) -> str:
    return salted_hmac(_SALT, f"{nonce}:{member_id}", algorithm="sha256").hexdigest()
