"""From a form that was sent to a post, or back to the form with everything that was typed."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django_htmx.http import HttpResponseClientRedirect

from forum import markup, tokens
from forum.actions import drafting, limiting, tracing
from forum.choices import DraftKind
from forum.forms.drafts import draft_fields, sitting_of
from forum.forms.writing import WritingForm, sign_time
from forum.queries.blocks import email_refusal
from forum.queries.mention_names import get_names
from forum.queries.names import guest_name_refusal
from forum.queries.question_page import get_post_place
from forum.queries.standing import is_first_post
from forum.views import gate, guest_cookie
from forum.views.requests import SiteRequest

PREVIEW = "preview"
_PRIVATE_LINK = (
    "{} Save this private link to edit from any device. Anyone with it can edit too. "
    '<a class="btn" href="{}/guest/{}/?to={}" data-copy><span data-label>Copy private link</span></a> '
    '<a href="/guest/">Your questions</a>'
)
_CARE = "Thank you for saying it here."  # templates show the card with help lines in its place
_WAITS = "Thank you. A moderator will read it before others can see it."


@dataclass(frozen=True)
class Outcome:
    """What became of a form: a post, or the status of the page that shows the form again."""

    post: Any = None
    status: int = 422
    retry_after: int = 0


@dataclass(frozen=True)
class Preview:
    """A text as readers would see it, or the sentence that says why it cannot be shown."""

    html: SafeString
    refusal: str = ""


FRESH = Outcome(status=200)


def attempt(request: SiteRequest, form: WritingForm, act: str, write: Callable[[], Any]) -> Outcome:
    """Call `write` when `form` is right and the gate opens; what is refused stands on the form as a sentence."""
    if not form.is_valid():
        return Outcome()
    refusal = guest_name_refusal(form.cleaned_data.get("guest_name", ""))
    if refusal:
        form.add_error("guest_name", refusal)
        return Outcome()
    email = form.cleaned_data.get("guest_email")
    if email and (refusal := email_refusal(email, request.site)):
        form.add_error("guest_email", refusal)
        return Outcome()
    outcome = through_gate(request, form, act, write)
    if outcome.post:
        tracing.leave_trace(outcome.post.author or outcome.post.guest, request.address, act, outcome.post)
    return outcome


def through_gate(request: SiteRequest, form: WritingForm, act: str, write: Callable[[], Any]) -> Outcome:
    """Call `write` for a valid form when the gate opens; what is refused stands on the form as a sentence."""
    stop = gate.stop(request, form, act)
    if stop:
        form.refuse(stop.sentence)
        return Outcome(status=stop.status, retry_after=stop.retry_after)
    outcome = save(form, write)
    if outcome.post:
        gate.passed(request, form, act, _writer_of(outcome.post))
    return outcome


def _writer_of(made: Any) -> Any:
    """Return who wrote a post or made a suggestion: a guest who is known by now."""
    return getattr(made, "author", None) or getattr(made, "member", None) or made.guest


def save(form: WritingForm, write: Callable[[], Any]) -> Outcome:
    """Call `write`; what the action refuses stands on the form as a sentence."""
    try:
        return Outcome(_once(write))
    except ValidationError as error:
        if getattr(error, "code", "") == "sent_before":
            form.put("submission_id", str(uuid.uuid4()))
        form.refuse(error)
        return Outcome()
    except PermissionDenied as error:
        form.refuse(str(error))
        return Outcome(status=403)


def _once(write: Callable[[], Any]) -> Any:
    try:
        return write()
    except IntegrityError:
        # The same form arrived twice at the same moment, and the other one was first: now it is found.
        return write()


def show(request: SiteRequest, template: str, context: dict[str, Any], outcome: Outcome) -> HttpResponse:
    """Show the page with the form, and the status that says why."""
    response = render(request, template, context, status=outcome.status)
    if outcome.retry_after:
        response["Retry-After"] = str(outcome.retry_after)
    return response


def posted(request: SiteRequest, post: Any, thanks: str, *, kind: DraftKind, about: Any = None) -> HttpResponse:
    """Go to the new post; its draft has done its work, and a guest is known again."""
    forget_draft(request, post.author or post.guest, kind, about)
    said = thanks if post.is_published else _WAITS
    if post.guest and is_first_post(post):
        said = format_html(_PRIVATE_LINK, said, settings.SITE_URL, tokens.guest_token(post.guest.pk), post.pk)
    place = after_care(request, post, get_post_place(post, viewer=post.author or post.guest))
    messages.success(request, said)
    response = HttpResponseClientRedirect(place) if request.htmx else redirect(place)
    guest_cookie.remember(response, post.guest)
    return response


def after_care(request: SiteRequest, post: Any, place: str) -> str:
    """Return where its author goes after a post; one that calls for care, to the top of the page, with help lines."""
    if not post.needs_care:
        return place
    messages.info(request, _CARE, extra_tags="care")
    return place.partition("#")[0]


def forget_draft(request: SiteRequest, person: Any, kind: DraftKind, about: Any) -> None:
    """Forget the draft of a form that has done its work, and no other."""
    sitting = drafting.Sitting(*sitting_of(request.POST))
    drafting.discard_draft(person, kind, about, sitting, posted=draft_fields(request.POST))


def resumed(draft: Any) -> dict[str, Any]:
    """Return how a form begins that goes on from `draft`: its clock runs since that was first saved."""
    if draft is None:
        return {}
    return {**draft.fields, "continues": str(draft.key), "started": sign_time(draft.begun_at.timestamp())}


def typed_before(request: SiteRequest) -> dict[str, Any]:
    """Return what was typed, for a form that shows it again without judging it."""
    guards = {name: request.POST[name] for name in ("submission_id", "continues", "started") if request.POST.get(name)}
    return {**draft_fields(request.POST), **guards}


def wants_preview(request: SiteRequest) -> bool:
    """Say whether the button was “Preview”, which works without script."""
    return request.POST.get("action") == PREVIEW


def preview_without_script(
    request: SiteRequest, *, is_comment: bool = False, name: str = "body"
) -> tuple[Preview, Outcome]:
    """Return what was typed as readers would see it, or why that has to wait; the form comes back either way."""
    try:
        limiting.spend(request.viewer, request.address, "preview")
    except limiting.LimitReached as reached:
        return Preview(SafeString(""), reached.sentence), Outcome(status=429, retry_after=reached.retry_after)
    return preview_of(request.POST.get(name, ""), is_comment=is_comment, links_names=name == "body"), FRESH


def preview_of(text: str, *, is_comment: bool = False, links_names: bool = True) -> Preview:
    """Return `text` as readers would see it; members are named in posts alone."""
    names = get_names(text) if links_names else {}
    try:
        html = markup.render_comment(text, names) if is_comment else markup.render(text, names)
    except markup.TextRefused as refusal:
        return Preview(SafeString(""), str(refusal))
    return Preview(mark_safe(html))  # forum/markup/ made it safe


def gone(request: SiteRequest) -> HttpResponse:
    """Say that what the text was about is not here any more, and give the text back."""
    sentence = "This is no longer here: its author or a moderator removed it. Your text is below, to copy."
    context = {"sentence": sentence, "texts": texts_of(request)}
    return render(request, "forum/typed.html", context, status=404)


def texts_of(request: SiteRequest) -> list[str]:
    """Return the words somebody typed into a form that cannot be used."""
    fields = draft_fields(request.POST)
    return [str(fields[name]) for name in ("title", "body", "reason") if fields.get(name)]
