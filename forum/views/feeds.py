"""Feeds: RSS at Question2Answer's addresses, Atom beside them; the same for every reader, and cheap to ask again."""

from urllib.parse import quote, unquote

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from forum.queries.feed_items import get_feed_items
from forum.queries.feeds import (
    NO_SUCH_FEED,
    FeedHead,
    get_listing_feed,
    get_member_feed,
    get_merged_feed,
    get_question_feed,
    get_search_feed,
    get_tag_feed,
    get_topic_feed,
)
from forum.queries.lookups import is_erased
from forum.views import errors
from forum.views.canonical import to_canonical
from forum.views.feed_formats import FORMATS, write_feed
from forum.views.requests import SiteRequest

_FRESH_SECONDS = 300
_OTHER_ENDINGS = {"xml": "rss"}  # Question2Answer answers to both


@require_safe
def listing(request: SiteRequest, name: str, ending: str) -> HttpResponse:
    """Show what is new on the whole site."""
    if name == "search":
        return _answer(request, get_search_feed(request.GET.get("q", ""), is_in_path=False), ending)
    return _answer(request, get_listing_feed(name), ending)


@require_safe
def topic(request: SiteRequest, name: str, path: str, ending: str) -> HttpResponse:
    """Show what is new in a topic."""
    return _answer(request, get_topic_feed(name, path), ending)


@require_safe
def tag(request: SiteRequest, name: str, ending: str) -> HttpResponse:
    """Show the newest questions with a tag."""
    return _answer(request, get_tag_feed(name), ending)


@require_safe
def user(request: SiteRequest, name: str, ending: str) -> HttpResponse:
    """Show what a member wrote under their name."""
    return _answer(request, get_member_feed(name), ending)


@require_safe
def question(request: SiteRequest, question_id: int, ending: str) -> HttpResponse:
    """Show the answers and comments of a question; where its page leads elsewhere or is gone, so is its feed."""
    try:
        head = get_question_feed(question_id)
    except Http404:
        merged = get_merged_feed(question_id)
        if merged:
            return HttpResponseRedirect(f"{merged}.{ending}")
        if is_erased(question_id, viewer=request.viewer):
            return errors.gone(request)
        raise
    return _answer(request, head, ending)


@require_safe
def search(request: SiteRequest, text: str, ending: str) -> HttpResponse:
    """Show what is found by the words in the address."""
    return _answer(request, get_search_feed(text, is_in_path=True), ending)


@require_safe
def bare(request: SiteRequest, address: str) -> HttpResponse:
    """Lead from the address of a feed without an ending, which Question2Answer takes too, to RSS."""
    address = address.removesuffix("/")
    if not address or address.rpartition(".")[2] in FORMATS:
        raise Http404(NO_SUCH_FEED)
    return to_canonical(request, f"/feed/{quote(address)}.rss")


def _answer(request: SiteRequest, head: FeedHead, ending: str) -> HttpResponse:
    """Answer 304 when nothing has changed, before any text is loaded; lead from another spelling to the feed's own."""
    form = _OTHER_ENDINGS.get(ending, ending)
    if form not in FORMATS:
        raise Http404(NO_SUCH_FEED)
    address = f"{head.address}.{form}"
    if unquote(address) != request.path:
        return to_canonical(request, address)
    changed = int(head.changed_at.timestamp()) if head.changed_at else None
    etag = f'W/"{head.version}"'
    response = get_conditional_response(request, etag, changed) or _written(request, head, form)
    response["ETag"] = etag
    if changed is not None:
        response["Last-Modified"] = http_date(changed)
    patch_cache_control(response, public=True, max_age=_FRESH_SECONDS)
    response["X-Robots-Tag"] = "noindex"
    return response


def _written(request: SiteRequest, head: FeedHead, form: str) -> HttpResponse:
    text, content_type = write_feed(form, head, get_feed_items(head.post_ids), request.site)
    return HttpResponse(text, content_type=content_type)
