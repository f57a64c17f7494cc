"""The gate against automatic posts: no third party, and nobody who writes by hand should notice it.

A filled trap, a form sent in less than three seconds and too many posts are refused with a sentence. A post that looks
odd, or comes from a busy address, needs a little work by the browser, or the answer to a plain question.
"""

from __future__ import annotations

import hashlib
import json
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from forum import permissions, work
from forum.actions import limiting
from forum.forms.writing import WritingForm, seconds_open
from forum.limits import FORM_SECONDS_SHORTEST
from forum.queries.standing import has_posted
from forum.views.requests import SiteRequest

if TYPE_CHECKING:
    from forum.models import Person

DIFFICULTY = 400  # attempts at most: about a second on an old phone
TYPED_A_SECOND = 40  # characters: more is a paste or a program
REMEMBERED = 24 * 3600  # seconds: as long as a form may be open
_WORK_SECONDS = REMEMBERED  # as long, for the work is done while somebody writes
_LINK = re.compile(r"https?://|www\.|\]\(", re.IGNORECASE)

TRAPPED = "A hidden field was filled in, perhaps by your browser. It’s empty again: please send it again."
STALE = "This page was open for a long time. Please check your text and send it again."
QUICK = "That was quick. Please take a moment, then send it again."
CHECK = "One more step to keep out spam: please press the button again."


@dataclass(frozen=True)
class Stop:
    """Why a form does not go through now, for the person who sent it."""

    sentence: str
    status: int = 422
    retry_after: int = 0


@dataclass(frozen=True)
class Check:
    """A question for those whose browser does no work."""

    question: str
    token: str


def stop(request: SiteRequest, form: WritingForm, act: str) -> Stop | None:
    """Return why this valid form is not let through, or None; one sitting at a form is checked once.

    The same `submission_id` makes one post at most, so the same words of it may come again; other words, or another
    kind of post, it has not paid for. Nothing is counted yet: what is refused further down was no post.
    """
    paid, made = _marks(form, act)
    if cache.get(made):  # the same form again: it leads to the post there is
        return None
    if not cache.get(paid) and permissions.needs_check(request.viewer, request.rules):
        refusal = _trap(form) or _check(request, form)
        if refusal:
            return refusal
    try:
        limiting.require_room(request.viewer, request.address, act)
    except limiting.LimitReached as reached:
        return Stop(reached.sentence, status=429, retry_after=reached.retry_after)
    if form.cleaned_data["submission_id"]:
        cache.set(paid, 1, REMEMBERED)
    return None


def passed(request: SiteRequest, form: WritingForm, act: str, writer: Person) -> None:
    """Count a post that was made by `writer`, once, and remember its text, so that the same one again looks odd."""
    cache.set(_text_key(form), 1, REMEMBERED)
    if form.cleaned_data["submission_id"] and not cache.add(_marks(form, act)[1], 1, REMEMBERED):
        return
    with suppress(limiting.LimitReached):  # another of theirs was quicker; this one is there all the same
        limiting.spend(writer, request.address, act)
    if not request.viewer.is_authenticated:
        limiting.count_guests_post(request.address)


def prepare(request: SiteRequest, form: WritingForm) -> None:
    """Give a newcomer's form the work that its browser can do while they write, so that no post waits for it."""
    if permissions.needs_check(request.viewer, request.rules):
        form.challenge = _new_challenge()


def _trap(form: WritingForm) -> Stop | None:
    if form.cleaned_data["website"]:
        form.put("website", "")
        return Stop(TRAPPED)
    seconds = seconds_open(form.cleaned_data["started"])
    if seconds is None:
        form.renew_start()
        return Stop(STALE)
    if seconds < FORM_SECONDS_SHORTEST:
        return Stop(QUICK)
    return None


def _check(request: SiteRequest, form: WritingForm) -> Stop | None:
    if _has_worked(request):
        return None
    is_guest = not request.viewer.is_authenticated
    if not (_looks_odd(request, form) or (is_guest and limiting.is_busy(request.address))):
        return None
    form.check = Check(*work.plain_question())
    form.challenge = form.challenge or _new_challenge()
    return Stop(CHECK)


def _new_challenge() -> str:
    expires = timezone.now() + timedelta(seconds=_WORK_SECONDS)
    return json.dumps(work.new_challenge(_secret(), difficulty=DIFFICULTY, expires=expires))


def _marks(form: WritingForm, act: str) -> tuple[str, str]:
    """Return the names under which it is remembered that this form was checked, and that it made a post."""
    name = f"{act}:{form.cleaned_data['submission_id']}:{_text_key(form)}"
    return f"paid:{name}", f"made:{name}"


def _has_worked(request: SiteRequest) -> bool:
    key = work.solved_key(_secret(), request.POST.get("work", "")) or work.answered_key(
        request.POST.get("work_token", ""), request.POST.get("work_answer", "")
    )
    # Each challenge opens the gate once; `add` fails when the key is there.
    return key is not None and cache.add(f"work:{key}", 1, work.QUESTION_AGE + _WORK_SECONDS)


def _looks_odd(request: SiteRequest, form: WritingForm) -> bool:
    text = _text(form)
    if _LINK.search(text) and not has_posted(request.viewer):
        return True
    seconds = seconds_open(form.cleaned_data["started"]) or 0
    if len(text) > TYPED_A_SECOND * seconds:
        return True
    return cache.get(_text_key(form)) is not None


def _text(form: WritingForm) -> str:
    return f"{form.cleaned_data.get('title', '')}\n{form.cleaned_data['body']}"


def _text_key(form: WritingForm) -> str:
    words = " ".join(_text(form).casefold().split())
    return f"text:{hashlib.sha256(words.encode()).hexdigest()}"


def _secret() -> str:
    return f"forum.work:{settings.SECRET_KEY}"
