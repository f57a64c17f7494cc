"""What a guest pressed that only members can do: kept in their own session until they have signed in."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit, urlunsplit

from accounts.paths import own_path
from forum import permissions
from forum.choices import Direction, PostKind
from forum.limits import REASON_LENGTH
from forum.queries.lookups import find_post

if TYPE_CHECKING:
    from django.http import HttpRequest

    from forum.models import Post
    from forum.views.requests import SiteRequest

PARAMETER = "wish"
_KEY = "wishes"
_LIFETIME = 3600
_MOST = 5  # as many tabs as someone has open while they think about signing in

# What each address asks for, in the words of "Sign in to …", and the fields of its form.
_WORDS = {
    "vote": ("vote on this {post}", ("direction",)),
    "bookmark": ("bookmark this {post}", ("choice",)),
    "follow_question": ("follow this question", ("state",)),
    "follow_topic": ("follow this topic", ("state",)),
    "follow_tag": ("follow this tag", ("state",)),
    "follow_member": ("follow this member", ("state",)),
    "flag": ("report this {post}", ("reason", "text")),
    "flag_member": ("report this member", ("reason", "text")),
    "vote_to_close": ("vote on closing this question", ("vote", "cause", "duplicate_of", "same")),
}


@dataclass(frozen=True)
class Wish:
    """One press: the name of its address, what it was about, the form's fields, and when."""

    act: str
    about: dict[str, Any]
    fields: dict[str, str]
    words: str
    at: float

    @property
    def is_over(self) -> bool:
        """Whether so much time has passed that the person may no longer mean it."""
        return time.time() - self.at > _LIFETIME


def keep(request: SiteRequest, way_back: str) -> str:
    """Keep the act that `request` asks for, and return `way_back` with the number that finds it again.

    The number alone says nothing, and finds nothing in another browser. Other requests are left as they are.
    Raises PermissionDenied for a vote on one's own post, which no account would make possible.
    """
    match = request.resolver_match
    if request.method != "POST" or match is None or match.url_name not in _WORDS:
        return way_back
    post = _post(request, match.kwargs)
    if match.url_name == "vote" and post and permissions.is_author(request.viewer, post):
        permissions.require(permissions.can_vote(request.viewer, post, Direction.UP, request.rules))
    words, names = _WORDS[match.url_name]
    wish = {
        "act": match.url_name,
        "about": match.kwargs,
        "fields": {name: request.POST[name][:REASON_LENGTH] for name in names if name in request.POST},
        "words": words.format(post=PostKind(post.kind).label.lower() if post else "post"),
        "at": time.time(),
    }
    number = secrets.token_urlsafe(12)
    kept = [*request.session.get(_KEY, {}).items(), (number, wish)]
    request.session[_KEY] = dict(kept[-_MOST:])
    scheme, host, path, query, fragment = urlsplit(way_back)
    query = urlencode([*_without_number(query), (PARAMETER, number)])
    return urlunsplit((scheme, host, path, query, fragment))


def named(request: HttpRequest) -> str:
    """Return what signing in on this page is for, as in "Sign in to …"; empty when it is for nothing kept here."""
    wish = _find(request, request.POST.get("next") or request.GET.get("next", ""))
    return wish.words if wish and not wish.is_over else ""


def take(request: HttpRequest, way_back: str) -> tuple[Wish | None, str]:
    """Return the wish that `way_back` carries, once, and the address without its number; all others are forgotten."""
    wish = _find(request, way_back)
    request.session.pop(_KEY, None)
    scheme, host, path, query, fragment = urlsplit(way_back)
    if PARAMETER in parse_qs(query):
        way_back = urlunsplit((scheme, host, path, urlencode(_without_number(query)), fragment))
    return wish, way_back


def _find(request: HttpRequest, way_back: str) -> Wish | None:
    number = parse_qs(urlsplit(own_path(way_back)).query).get(PARAMETER, [""])[-1]
    kept = request.session.get(_KEY, {}).get(number) if number else None
    return Wish(**kept) if kept else None


def _without_number(query: str) -> list[tuple[str, str]]:
    return [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if name != PARAMETER]


def _post(request: SiteRequest, about: dict[str, Any]) -> Post | None:
    """Return the post the act is about, as far as a guest may know that there is one."""
    return find_post(about["post_id"], viewer=request.viewer) if "post_id" in about else None
