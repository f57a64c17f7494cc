"""One case of the moderation queue: decide it, take it, let it go, hand it over."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import parse_qs, urlsplit

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from accounts.paths import own_path
from forum import permissions
from forum.actions import handling, undoing
from forum.forms.queue import DecideForm, HandOverForm
from forum.queries import log as log_query
from forum.queries.lookups import get_member_or_404
from forum.queries.queue import PATH, get_case_card, get_case_or_404, get_next_id
from forum.views import undo
from forum.views.access import member_required
from forum.views.deciding import decide as decide_case
from forum.views.requests import SiteRequest
from forum.views.responses import partial_or_redirect, sentence_of

P = ParamSpec("P")
View = Callable[Concatenate[SiteRequest, P], HttpResponse]
_UNREADABLE = "Please use the buttons below the case. Your text may be too long for its field."


def team_required(view: View[P]) -> View[P]:
    """Let in who sees the queue; others read why not, and guests are asked to sign in first."""

    @member_required
    @wraps(view)
    def guarded(request: SiteRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        permissions.require(permissions.can_see_queue(request.viewer, request.rules))
        return view(request, *args, **kwargs)

    return guarded


@require_POST
@team_required
def decide(request: SiteRequest, case_id: int) -> HttpResponse:
    """Do what was tapped on a case; who comes second is told so, and sees result."""
    case = get_case_or_404(case_id, viewer=request.viewer)
    form = DecideForm(request.POST)
    if not form.is_valid():
        return _answer(request, case, _UNREADABLE, is_refused=True)
    since = log_query.head_number()
    words = {"reason": form.cleaned_data["reason"], "reply": form.cleaned_data["reply"]}
    try:
        said = decide_case(request, case, form.cleaned_data["act"], topic=form.cleaned_data["topic"] or 0, **words)
    except ValidationError as refusal:
        return _answer(request, case, sentence_of(refusal), is_refused=True)
    return _answer(request, case, said, since=since)


@require_POST
@team_required
def claim(request: SiteRequest, case_id: int) -> HttpResponse:
    """Say that one looks after a case, so that nobody else does the same work."""
    takes_over = request.POST.get("takes") == "over"
    return _handle(
        request, case_id, lambda actor, key: handling.claim_case(actor, key, takes_over=takes_over), "It’s yours now."
    )


@require_POST
@team_required
def release(request: SiteRequest, case_id: int) -> HttpResponse:
    """Let a case go, for whoever comes next."""
    return _handle(request, case_id, handling.release_case, "Anyone can take it now.")


@require_POST
@team_required
def hand_over(request: SiteRequest, case_id: int) -> HttpResponse:
    """Give a case to somebody by name, or ask for a second moderator."""
    form = HandOverForm(request.POST)
    if not form.is_valid():
        return _answer(request, get_case_or_404(case_id, viewer=request.viewer), _UNREADABLE, is_refused=True)
    name, note = form.cleaned_data["to"], form.cleaned_data["note"]
    to = get_member_or_404(name) if name else None
    said = f"{to.username} is looking after it now." if to else "A second moderator will look at it too."
    return _handle(request, case_id, lambda actor, key: handling.hand_over(actor, key, to=to, note=note), said)


def back_to_queue(request: SiteRequest) -> str:
    """Return the part of the queue a form came from."""
    wanted = own_path(request.POST.get("next"), PATH)
    return wanted if wanted.startswith(PATH) else PATH


def _handle(request: SiteRequest, case_id: int, act: Callable[[Any, int], object], said: str) -> HttpResponse:
    case = get_case_or_404(case_id, viewer=request.viewer)
    try:
        act(request.viewer, case_id)
    except ValidationError as refusal:
        return _answer(request, case, sentence_of(refusal), is_refused=True)
    return _answer(request, case, said)


def _answer(
    request: SiteRequest, case: Any, said: str, *, is_refused: bool = False, since: int | None = None
) -> HttpResponse:
    """Answer with the card as it is now, or one line where the case is decided; else go back to the list."""
    card = get_case_card(case.pk, viewer=request.viewer, rules=request.rules)
    if card or not request.htmx:
        _say(request, said, is_refused=is_refused, since=since)
        answer = partial_or_redirect(
            request, "forum/partials/case.html", {"card": card}, to=_place_after(request, case, is_open=bool(card))
        )
    else:
        entries = log_query.get_entries_since(since, request.viewer) if since is not None else []
        numbers = " ".join(str(entry.number) for entry in entries if undoing.is_undoable(entry))
        context = {"case_id": case.pk, "said": said, "is_refused": is_refused, "entries": numbers}
        answer = render(request, "forum/partials/case_done.html", context)
    if request.htmx and is_refused:
        answer.status_code = 422
    return answer


def _say(request: SiteRequest, said: str, *, is_refused: bool, since: int | None) -> None:
    if is_refused:
        messages.error(request, said)
    elif since is not None and log_query.get_entries_since(since, request.viewer):
        undo.offer(request, said, since=since)
    else:
        messages.success(request, said)


def _place_after(request: SiteRequest, case: Any, *, is_open: bool) -> str:
    """Return the same place of the list: the case itself while it is open, else the one that comes next."""
    place = urlsplit(back_to_queue(request))._replace(fragment="")
    view = parse_qs(place.query).get("view", [""])[0]
    case_id = case.pk if is_open else get_next_id(case, viewer=request.viewer, view=view)
    return place._replace(fragment=f"case-{case_id}" if case_id else "").geturl()
