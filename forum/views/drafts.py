"""What somebody typed and has not posted yet."""

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from forum import permissions
from forum.actions import drafting, limiting
from forum.bylines import byline
from forum.choices import DraftKind
from forum.forms.drafts import draft_fields, draft_place, is_worth_keeping, sitting_of
from forum.queries.drafts import get_drafts, get_own_draft
from forum.queries.lookups import get_post_or_404
from forum.queries.standing import is_anonymous_in
from forum.views import answers, comments, guest_cookie, posting, posts
from forum.views.requests import SiteRequest
from forum.views.responses import sentence_of

_NO_FORM = "There is no such form here."
_NOT_YOURS = "This draft no longer exists. It may have been posted or discarded."


@require_safe
def drafts(request: SiteRequest) -> HttpResponse:
    """List the drafts of this person."""
    return render(request, "forum/drafts.html", {"drafts": get_drafts(request.viewer)})


@require_safe
def draft(request: SiteRequest, draft_id: int) -> HttpResponse:
    """Go on with a draft: its form, with what was typed."""
    found = _own_draft(request, draft_id)
    if found.kind == DraftKind.QUESTION:
        return redirect(f"/ask/?draft={found.pk}")
    try:
        about = get_post_or_404(found.about_id, viewer=request.viewer)
    except Http404:
        return _without_a_place(request, found)
    hides = is_anonymous_in(request.viewer, about.question_id or about.pk)
    if found.kind == DraftKind.ANSWER:
        form = answers.answer_form(
            request, hides=hides, asker=byline(about, request.viewer), initial=posting.resumed(found)
        )
        return answers.answer_page(request, about, form, posting.FRESH, draft=found)
    if found.kind == DraftKind.COMMENT:
        comment = comments.comment_form(request, hides=hides, initial=posting.resumed(found))
        return comments.comment_page(request, about, comment, posting.FRESH, draft=found)
    if not permissions.can_edit(request.viewer, about, request.rules):
        return _without_a_place(request, found)
    return posts.edit_page_of(request, about, draft=found)


@require_POST
def save(request: SiteRequest) -> HttpResponse:
    """Keep what stands in a form (`?kind=answer&about=12`); a form without words leaves no draft."""
    kind, about = _place(request)
    sitting = drafting.Sitting(*sitting_of(request.POST))
    fields = draft_fields(request.POST)
    by_hand = request.POST.get("action") == "save"
    response = redirect("/drafts/") if by_hand else HttpResponse(status=204)
    if is_worth_keeping(fields):
        try:
            _spend(request)
        except limiting.LimitReached as reached:
            return _too_many(request, reached)
        try:
            kept = drafting.save_draft(request.viewer, kind, about, fields, sitting)
        except ValidationError as refusal:
            return _not_kept(request, sentence_of(refusal))
        guest_cookie.remember(response, kept.guest if kept else None)
    else:  # an emptied form leaves none, but the draft it went on from is another sitting's
        drafting.discard_draft(request.viewer, kind, about, replace(sitting, continues=None))
    if by_hand:
        messages.success(request, "Draft saved.")
    return response


@require_POST
def discard(request: SiteRequest, draft_id: int) -> HttpResponse:
    """Throw a draft away."""
    found = _own_draft(request, draft_id)
    drafting.discard_draft(request.viewer, DraftKind(found.kind), found.about, drafting.Sitting(found.key))
    messages.success(request, "Draft discarded.")
    return redirect("/drafts/")


@require_POST
def start_over(request: SiteRequest) -> HttpResponse:
    """Throw away what stands in a form (`?kind=…&about=…`) and what was kept of it."""
    kind, about = _place(request)
    drafting.discard_draft(request.viewer, kind, about, drafting.Sitting(*sitting_of(request.POST)))
    messages.success(request, "Draft discarded.")
    return redirect("/ask/?new=1" if about is None else about.get_absolute_url())


def _spend(request: SiteRequest) -> None:
    limiting.spend(request.viewer, request.address, "draft")
    if request.viewer.pk is None:  # each of these makes a guest, who is kept for half a year
        limiting.spend(request.viewer, request.address, "first_draft")


def _too_many(request: SiteRequest, reached: limiting.LimitReached) -> HttpResponse:
    context = {"sentence": reached.sentence, "texts": posting.texts_of(request)}
    response = render(request, "forum/typed.html", context, status=429)
    response["Retry-After"] = str(reached.retry_after)
    return response


def _not_kept(request: SiteRequest, sentence: str) -> HttpResponse:
    context = {"sentence": sentence, "texts": posting.texts_of(request), "has_drafts": True}
    return render(request, "forum/typed.html", context, status=422)


def _own_draft(request: SiteRequest, draft_id: int) -> Any:
    found = get_own_draft(request.viewer, draft_id)
    if found is None:
        raise Http404(_NOT_YOURS)
    return found


def _place(request: SiteRequest) -> tuple[DraftKind, Any]:
    """Return the form that the address names, and the post it is about."""
    place = draft_place(request.GET.get("kind", ""), request.GET.get("about", ""))
    if place is None:
        raise Http404(_NO_FORM)
    about = None if place.about_id is None else get_post_or_404(place.about_id, viewer=request.viewer)
    return DraftKind(place.kind), about


def _without_a_place(request: SiteRequest, found: Any) -> HttpResponse:
    """Give the words back when there is no form any more that would take them."""
    texts = [str(found.fields[name]) for name in ("title", "body") if found.fields.get(name)]
    sentence = "What this draft is about no longer exists or can’t be changed. Your text is below, to copy."
    context = {"sentence": sentence, "texts": texts, "draft": found}
    return render(request, "forum/typed.html", context)
