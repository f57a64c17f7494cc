"""Take acts of moderation back, from the message that told of them or from the log."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from accounts.paths import own_path
from forum import permissions
from forum.actions import undoing
from forum.forms.undo import MOST_AT_ONCE, UndoForm
from forum.queries import log as log_query
from forum.views.access import member_required
from forum.views.requests import SiteRequest
from forum.views.responses import sentence_of

_SAME = "No change was needed."


def offer(request: SiteRequest, sentence: str, *, since: int) -> None:
    """Say `sentence` with a button that takes back what the viewer has done since entry `since` of the log.

    Ask `log_query.head_number()` for `since` before the act. Where the act left no entry, somebody was quicker; it says
    so.
    """
    entries = log_query.get_entries_since(since, request.viewer)
    if not entries:
        messages.info(request, _SAME)
        return
    numbers = [str(entry.number) for entry in entries if undoing.is_undoable(entry)][-MOST_AT_ONCE:]
    messages.success(request, sentence, extra_tags=" ".join(["undo", *numbers]) if numbers else "")


def offer_to_team(request: SiteRequest, sentence: str, post: Any, *, since: int) -> None:
    """Say `sentence`; to a moderator who changed what somebody else wrote, with the button that takes it back."""
    if request.viewer.is_moderator and not permissions.is_author(request.viewer, post):
        offer(request, sentence, since=since)
    else:
        messages.success(request, sentence)


@require_POST
@member_required
def undo(request: SiteRequest) -> HttpResponse:
    """Take back the acts of these numbers, the last one first; each is taken back or refused by itself."""
    form = UndoForm(request.POST)
    if not form.is_valid():
        raise ValidationError("Choose again what to undo.")
    entries = log_query.get_entries(form.cleaned_data["entries"])
    if not entries:
        raise Http404("There is no such action in the log.")
    since = log_query.head_number()
    refusals: list[PermissionDenied | ValidationError] = []
    for entry in entries:
        try:
            undoing.undo_entry(request.viewer, entry)
        except (PermissionDenied, ValidationError) as refusal:
            refusals.append(refusal)
    if len(refusals) == len(entries) and all(isinstance(refusal, PermissionDenied) for refusal in refusals):
        raise refusals[0]
    done = len(log_query.get_entries_since(since, request.viewer))
    if done or not refusals:
        offer(request, "Undone." if done == 1 else f"{done} actions undone.", since=since)
    for sentence in dict.fromkeys(_sentence(refusal) for refusal in refusals):
        messages.error(request, sentence)
    return HttpResponseRedirect(_way_back(request))


def _sentence(refusal: PermissionDenied | ValidationError) -> str:
    return sentence_of(refusal) if isinstance(refusal, ValidationError) else str(refusal)


def _way_back(request: SiteRequest) -> str:
    return own_path(request.POST.get("next"), "/")
