"""How a guest's browser is known again: one signed cookie."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from forum.limits import RETURN_LINK_DAYS
from forum.queries.guests import find_guest
from forum.tokens import guest_token, read_guest_token

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from forum.models import Guest

NAME = "guest"


def remember(response: HttpResponse, guest: Guest | None) -> None:
    """Let the browser come back as `guest`; a member's answer carries none."""
    if guest is None or guest.pk is None:
        return
    response.set_cookie(
        NAME,
        guest_token(guest.pk),
        max_age=RETURN_LINK_DAYS * 24 * 3600,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def forget(response: HttpResponse) -> None:
    """Let the browser be nobody in particular again."""
    response.delete_cookie(NAME, samesite="Lax")


def guest_of(request: HttpRequest) -> Guest:
    """Return the guest whose cookie the request carries, or one not yet saved."""
    return find_guest(read_guest_token(request.COOKIES.get(NAME, "")))
