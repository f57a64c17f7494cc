"""The moderation queue: its pages, what is new in it, several cases at once, and a rest from it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.crypto import salted_hmac
from django.utils.http import quote_etag
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forum.actions import handling
from forum.forms.queue import BulkForm
from forum.queries import log as log_query
from forum.queries.paging import read_place
from forum.queries.queue import QueueView, get_cases, get_queue_news, get_queue_page
from forum.views import shift, undo
from forum.views.cases import back_to_queue, team_required
from forum.views.deciding import decide, name_for_many
from forum.views.requests import SiteRequest
from forum.views.responses import sentence_of

_DIGITS = 18  # of the largest number an id can be
_SAID = {"fine": "kept or approved", "hide": "hidden", "spam": "removed as spam"}


@require_safe
@team_required
def queue(request: SiteRequest) -> HttpResponse:
    """Show what waits for a decision, the most urgent first."""
    asked = QueueView(
        view=request.GET.get("view", ""),
        place=read_place(request.GET),
        case_id=_number(request.GET.get("case", "")),
        reply=request.GET.get("reply", ""),
        reads_all=bool(request.GET.get("all")),
    )
    page = get_queue_page(request.viewer, asked, request.rules)
    began = shift.began(request)
    response = render(request, "forum/queue.html", {"page": page, "minutes": shift.minutes_since(began)})
    shift.remember(response, began)
    return response


@require_safe
@team_required
def news(request: SiteRequest) -> HttpResponse:
    """Say how many cases came since a page was loaded; 304 while nothing has changed."""
    view, seen = request.GET.get("view", ""), _number(request.GET.get("seen", ""))
    found = get_queue_news(request.viewer, view=view, seen=seen)
    etag = quote_etag(salted_hmac("queue.news", repr(found)).hexdigest())
    unchanged = get_conditional_response(request, etag=etag)
    response = unchanged or render(request, "forum/partials/queue_news.html", {"news": found, "is_answer": True})
    response["ETag"] = etag
    return response


@require_POST
@team_required
def bulk(request: SiteRequest) -> HttpResponse:
    """Decide several cases as one, each by its own action; what is refused is told together, and one tap undoes all."""
    form = BulkForm(request.POST)
    place = back_to_queue(request)
    if not form.is_valid():
        messages.error(request, form.refusal)
        return HttpResponseRedirect(place)
    wanted, since, done = form.cleaned_data["act"], log_query.head_number(), 0
    refusals: list[str] = []
    for case in get_cases(form.cleaned_data["cases"], viewer=request.viewer):
        try:
            decide(request, case, name_for_many(case, wanted), reason=_reason(request, form))
            done += 1
        except ValidationError as refusal:
            refusals.append(sentence_of(refusal))
        except PermissionDenied as refusal:
            refusals.append(str(refusal))
    if done:
        undo.offer(request, f"{done} case{'' if done == 1 else 's'} {_SAID[wanted]}.", since=since)
    for sentence in dict.fromkeys(refusals):
        times = refusals.count(sentence)
        messages.error(request, f"{sentence} ({times} cases)" if times > 1 else sentence)
    return HttpResponseRedirect(place)


@require_http_methods(["GET", "HEAD", "POST"])
@team_required
def rest(request: SiteRequest) -> HttpResponse:
    """Let all one's cases go, and come to a quiet page."""
    if request.method != "POST":
        return render(request, "forum/rest.html")
    handling.release_all(request.viewer)
    response = HttpResponseRedirect("/moderation/rest/")
    shift.forget(response)
    return response


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _DIGITS else 0


def _reason(request: SiteRequest, form: BulkForm) -> str:
    """Return the one reason, from the bar above the list or the one below it."""
    return form.cleaned_data["reason"] or next(filter(None, request.POST.getlist("reason")), "")[:500]
