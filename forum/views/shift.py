"""How long a moderator has been at it: in a signed cookie of theirs alone, and nowhere else."""

import time

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

_NAME = "shift"
_PATH = "/moderation/"
_PAUSE = 30 * 60  # who comes back after half an hour begins anew
_TOLD_FROM = 20  # minutes


def began(request: HttpRequest) -> int:
    """Return when the moderator came, in seconds; now, unless they were here a moment ago."""
    try:
        return int(request.get_signed_cookie(_NAME, salt=_NAME, max_age=_PAUSE) or "")
    except (KeyError, ValueError, signing.BadSignature):
        return int(time.time())


def minutes_since(moment: int) -> int:
    """Return for how many minutes, once that is worth saying; 0 before."""
    minutes = (int(time.time()) - moment) // 60
    return minutes if minutes >= _TOLD_FROM else 0


def remember(response: HttpResponse, moment: int) -> None:
    """Let the next page know when the moderator came."""
    response.set_signed_cookie(
        _NAME,
        str(moment),
        salt=_NAME,
        max_age=_PAUSE,
        path=_PATH,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget(response: HttpResponse) -> None:
    """Begin anew."""
    response.delete_cookie(_NAME, path=_PATH, samesite="Lax")
