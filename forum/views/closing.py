"""Members with the points vote to close a question, or to open it again."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from forum import permissions
from forum.actions import closing
from forum.forms.acts import CloseVoteForm
from forum.queries.close_vote_page import get_close_vote_page
from forum.queries.lookups import get_question_or_404
from forum.queries.reasons import close_reasons
from forum.views.access import member_required
from forum.views.acting import question_at
from forum.views.requests import SiteRequest
from forum.views.responses import sentence_of

_SAID = {
    "close": "Your vote to close was counted.",
    "reopen": "Your vote to reopen was counted.",
    "none": "Your vote was withdrawn.",
}
_DECIDED = {"close": "Enough members agreed: it’s closed.", "reopen": "Enough members agreed: it’s open again."}


@require_http_methods(["GET", "HEAD", "POST"])
@member_required
def vote_to_close(request: SiteRequest, post_id: int) -> HttpResponse:
    """Ask why a question should be closed, or open again, and count the vote."""
    question = get_question_or_404(post_id, viewer=request.viewer)
    permissions.require(permissions.can_vote_to_close(request.viewer, question, request.rules))
    if request.method != "POST":
        return _page(request, question, CloseVoteForm(reasons=close_reasons()))
    form = CloseVoteForm(request.POST, reasons=close_reasons())
    if not form.is_valid():
        return _page(request, question, form, status=422)
    try:
        said = send_vote(request, question, form.cleaned_data)
    except ValidationError as refusal:
        form.add_error(None, sentence_of(refusal))
        return _page(request, question, form, status=422)
    messages.success(request, said)
    return HttpResponseRedirect(question.get_absolute_url())


def send_vote(request: SiteRequest, question: Any, data: dict[str, Any]) -> str:
    """Count the vote that `data` of the form asks for, and return what to say of it."""
    voted = _vote(request, question, data)
    return (_DECIDED if voted.is_closed != question.is_closed else _SAID)[data["vote"]]


def _vote(request: SiteRequest, question: Any, data: dict[str, Any]) -> Any:
    if data["vote"] == "none":
        return closing.retract_close_vote(request.viewer, question)
    if data["vote"] == "reopen":
        return closing.vote_to_reopen(request.viewer, question)
    same = question_at(data["duplicate_of"], request.viewer)
    return closing.vote_to_close(request.viewer, question, reason=data["cause"], duplicate_of=same)


def _page(request: SiteRequest, question: Any, form: CloseVoteForm, status: int = 200) -> HttpResponse:
    page = get_close_vote_page(question, viewer=request.viewer, needed=request.rules.votes_to_close)
    return render(request, "forum/vote_to_close.html", {"page": page, "form": form}, status=status)
