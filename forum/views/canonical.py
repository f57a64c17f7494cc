"""The one address of a page: whoever comes by another is sent there."""

from django.http import HttpResponsePermanentRedirect

from forum.views.requests import SiteRequest


def to_canonical(request: SiteRequest, path: str) -> HttpResponsePermanentRedirect:
    """Send the reader to `path`, with the query they came with."""
    query = request.META.get("QUERY_STRING", "")
    return HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)
