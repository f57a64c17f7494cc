"""The gate against automatic posts: no third party, and nobody who writes by hand should notice it.

A filled trap, a form sent in less than three seconds and too many posts are refused with a sentence. A post that looks
odd, or comes from a busy address, needs a little work by the browser, or the answer to a plain question.
"""

import hashlib
import json
import re
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from forum import permissions, work
from forum.actions import limiting
from forum.forms.writing import WritingForm, seconds_open
from forum.limits import FORM_SECONDS_SHORTEST
from forum.queries.standing import has_posted
from forum.views.requests import SiteRequest

DIFFICULTY = 400  # attempts at most: about a second on an old phone
TYPED_A_SECOND = 40  # characters: more is a paste or a program
REMEMBERED = 24 * 3600  # seconds: as long as a form may be open
_WORK_SECONDS = 3600
_LINK = re.compile(r"https?://|www\.|\]\(", re.IGNORECASE)

TRAPPED = "A field that people cannot see was filled in, perhaps by your browser. It is empty again: send it once more."
STALE = "This page was open for a long time. Please look over your text and send it once more."
QUICK = "That was quick. Please take a moment, then send it again."
CHECK = (
    "One more step, because of automatic posts: please press the button again. "
    "If there is a small question above it, answer that first."
)


@dataclass(frozen=True)
class Stop:
    """Why a form does not go through now, for the person who sent it."""

    sentence: str
    status: int = 422
    retry_after: int = 0


@dataclass(frozen=True)
class Check:
    """A piece of work for the browser, and a question for those without script."""

    challenge: str
    question: str
    token: str


def stop(request: SiteRequest, form: WritingForm, act: str) -> Stop | None:
    """Return why this valid form is not let through, or None; one sitting at a form pays once.

    The same `submission_id` makes one post at most, so what it has paid for cannot be spent twice; other words, or
    another kind of post, it has not paid for.
    """
    submission = form.cleaned_data["submission_id"]
    paid = f"paid:{act}:{submission}:{_text_key(form)}"
    if submission and cache.get(paid):
        return None
    if permissions.needs_check(request.viewer, request.rules):
        refusal = _trap(form) or _check(request, form)
        if refusal:
            return refusal
    try:
        limiting.spend(request.viewer, request.address, act)
    except limiting.LimitReached as reached:
        return Stop(reached.sentence, status=429, retry_after=reached.retry_after)
    if submission:
        cache.set(paid, 1, REMEMBERED)
    return None


def passed(request: SiteRequest, form: WritingForm) -> None:
    """Remember the text of a post that was made, so that the same one again looks odd."""
    cache.set(_text_key(form), 1, REMEMBERED)


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
    expires = timezone.now() + timedelta(seconds=_WORK_SECONDS)
    challenge = work.new_challenge(_secret(), difficulty=DIFFICULTY, expires=expires)
    question, token = work.plain_question()
    form.check = Check(json.dumps(challenge), question, token)
    return Stop(CHECK)


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
