"""Keep what was typed into a form that did not go through, so that nobody loses a text."""

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import OperationalError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect

from forum.actions import drafting, limiting
from forum.choices import DraftKind
from forum.forms.drafts import draft_fields, is_worth_keeping, sitting_of
from forum.queries.lookups import get_post_or_404
from forum.views import errors, guest_cookie
from forum.views.requests import SiteRequest

if TYPE_CHECKING:
    from forum.models import Draft

_KINDS: dict[str, DraftKind] = {
    str(view): DraftKind(view) for view in (DraftKind.ANSWER, DraftKind.COMMENT, DraftKind.EDIT)
}
_KEPT = "Your text is saved as a draft. Sign in to continue."
_BROKEN_OFF = "Someone changed the same thing at the same moment, so nothing was saved."


def was_signed_in(request: SiteRequest) -> bool:
    """Say whether the form was opened by a member whose session has ended since."""
    return bool(request.POST.get("signed_in")) and not request.viewer.is_authenticated


def to_sign_in_with_draft(request: SiteRequest) -> HttpResponse:
    """Keep the text that was sent, and ask its author to sign in; their drafts come next."""
    target = f"/accounts/login/?{urlencode({'next': '/drafts/'})}"
    answer = HttpResponseClientRedirect(target) if request.htmx else HttpResponseRedirect(target)
    keep_as_draft(request, answer)
    return answer


def keep_as_draft(request: SiteRequest, answer: HttpResponse) -> None:
    """Keep the text of this form as a draft of this browser; at sign-in it becomes the member's.

    A form without words, or about something that is gone, leaves nothing to keep.
    """
    draft = _save(request)
    if draft is not None:
        messages.info(request, _KEPT)
        guest_cookie.remember(answer, draft.guest)


def broken_off(request: SiteRequest) -> HttpResponse:
    """Say that the database broke this act off, twice; a text is kept as a draft."""
    try:
        draft = _save(request)
    except OperationalError:
        draft = None  # the page shows the text, to copy
    if draft is None:
        return errors.broken_off(request, f"{_BROKEN_OFF} Please try again.")
    answer = errors.broken_off(request, f"{_BROKEN_OFF} Your text is saved as a draft; please send it again.")
    guest_cookie.remember(answer, draft.guest)
    return answer


def _save(request: SiteRequest) -> "Draft | None":
    fields = draft_fields(request.POST)
    place = _place(request)
    if place is None or not is_worth_keeping(fields):
        return None
    try:
        return drafting.save_draft(request.viewer, *place, fields, drafting.Sitting(*sitting_of(request.POST)))
    except ValidationError:
        return None  # longer than any form, or more than there is room for; the page or the browser has it


def kept(request: SiteRequest, response: HttpResponse) -> HttpResponse:
    """Keep what was typed into a form that is shown again, by a preview or a refusal; return its page.

    Who follows a link from there finds it in the form. What a program sent, or what has no room, is only shown.
    """
    if request.POST.get("website"):
        return response
    try:
        if request.viewer.pk is None and is_worth_keeping(draft_fields(request.POST)):
            # Each of these makes a guest, who is kept for half a year.
            limiting.spend(request.viewer, request.address, "first_draft")
        draft = _save(request)
    except limiting.LimitReached:
        return response
    guest_cookie.remember(response, draft.guest if draft else None)
    return response


def _place(request: SiteRequest) -> tuple[DraftKind, Any] | None:
    """Return which form the address belongs to, and the post it is about."""
    match = request.resolver_match
    if match is None:
        return None
    if match.url_name == "ask":
        return DraftKind.QUESTION, None
    kind = _KINDS.get(match.url_name or "")
    if kind is None:
        return None
    try:
        return kind, get_post_or_404(match.kwargs["post_id"], viewer=request.viewer)
    except Http404:
        return None
