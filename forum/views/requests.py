"""What every request carries once the middleware has seen it."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Address, ip_address, ip_network
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import HttpRequest

from forum.limits import FORM_BYTES, PICTURE_BYTES

if TYPE_CHECKING:
    from django_htmx.middleware import HtmxDetails

    from forum.limits import Rules, Site
    from forum.models import Person

_PICTURE_PATHS = ("/upload/", "/settings/picture/")
_ENVELOPE = 100_000  # what a form around a picture may weigh
_IPV6_HOME = 64  # what one household or one phone is given; counting single addresses would count nothing
_UNKNOWN = "unknown"


class SiteRequest(HttpRequest):
    """A request with the person who makes it, the site's settings and the visitor's address."""

    viewer: Person
    site: Site  # type: ignore[assignment]  # the stubs think of django.contrib.sites
    address: str
    htmx: HtmxDetails

    @property
    def rules(self) -> Rules:
        """The numbers in force."""
        return self.site.rules


@dataclass(frozen=True)
class Hops:
    """How a request reached us: the address that connected, and what proxies said before it."""

    connected: str
    forwarded: str


def most_bytes(path: str) -> int:
    """Return how long a body sent to `path` may be."""
    return PICTURE_BYTES + _ENVELOPE if path.startswith(_PICTURE_PATHS) else FORM_BYTES


def visitor_address(hops: Hops) -> str:
    """Return who connected, believing as many `X-Forwarded-For` hops as we have proxies; IPv6 as its /64.

    What a visitor writes into the header themself stands left of what our proxies add, and is never read.
    """
    trusted = settings.TRUSTED_PROXIES
    named = [part.strip() for part in hops.forwarded.split(",") if part.strip()]
    address = named[-trusted] if trusted and len(named) >= trusted else hops.connected
    try:
        parsed = ip_address(address.strip("[]"))
    except ValueError:
        return _UNKNOWN
    if isinstance(parsed, IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ip_network((parsed, _IPV6_HOME), strict=False))
