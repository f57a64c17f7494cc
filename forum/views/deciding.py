"""What a tap in the moderation queue does: which action, with which words where the moderator wrote none."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from forum.actions import (
    appealing,
    closing,
    flagging,
    handling,
    measuring,
    moderating,
    moving,
    reversing,
    suggesting,
    telling,
)
from forum.choices import CaseKind, MeasureKind, Urgency
from forum.queries.ask_page import get_category
from forum.queries.queue import get_reply_text
from forum.views.requests import SiteRequest

_CAUTION = "Caution: please don’t stop or change a medicine without asking a doctor or a pharmacist."
_BEHIND = "This button doesn’t work for this case. Please reload the page."
_ONE_BY_ONE = "Edits, appeals and cases about someone in danger are decided one by one."
_REASONS = {
    "hide": "A moderator will look at it first",
    "hide+private": "It shares private details",
    "hide+kinder": "It may hurt someone",
    "hide+advertising": "It looks like advertising",
    "hide+elsewhere": "It’s off topic for this site",
    "spam": "Spam",
    "delete": "It goes against our guidelines",
    "keep": "Read, and fine as it is",
    "approve": "Read, and fine to show",
    "show": "Read again, and fine to show",
    "reopen": "Read again, and fine to answer",
    "ask+private": "It shares private details",
    "ask+medicine": "It may be dangerous to follow",
    "ask+kinder": "It may hurt someone",
    "ask+detail": "It needs a little more",
    "care+worried": "We are worried about the person who wrote it",
    "notice": "It may be dangerous to follow",
    "move": "It belongs in another topic",
    "close+off_topic": "",
    "accept": "Read, and it is clearer",
    "reject": "The text is fine as it was",
    "grant": "Reviewed: the decision is undone",
    "refuse": "Reviewed: the decision stays",
}


@dataclass(frozen=True)
class Words:
    """What goes with a tap: the reason for the log, what the author reads, the text's key, the topic to move to.

    `own_address` is the moderator's own, which no tap keeps out.
    """

    reason: str
    reply: str
    key: str
    topic: int
    own_address: str


@dataclass(frozen=True)
class Act:
    """What a button does, and what is said when it is done."""

    run: Callable[[Any, Any, Words], object]
    said: str


def decide(request: SiteRequest, case: Any, tapped: str, *, reason: str = "", reply: str = "", topic: int = 0) -> str:
    """Do what was tapped on `case`, and return what to say; raises what the action raises."""
    name, _, key = tapped.partition("+")
    act = ACTS.get(name)
    if act is None or (case.post is None and name not in _WITHOUT_POST):
        raise ValidationError(_BEHIND)
    words = Words(
        reason=reason or _REASONS.get(tapped) or _REASONS.get(name, ""),
        reply=reply or (get_reply_text(key) if key and name != "close" else ""),
        key=key,
        topic=topic,
        own_address=request.address,
    )
    act.run(request.viewer, case, words)
    return act.said


def name_for_many(case: Any, wanted: str) -> str:
    """Return what to tap on `case` when many are decided as one; raises for what wants a look of its own."""
    if case.kind in {CaseKind.EDIT, CaseKind.APPEAL} or case.urgency == Urgency.URGENT or case.post is None:
        raise ValidationError(_ONE_BY_ONE)
    if wanted != "fine":
        return wanted
    return {CaseKind.APPROVAL: "approve", CaseKind.RESUBMITTED: "show"}.get(case.kind, "keep")


def _approve(actor: Any, case: Any, words: Words) -> object:
    return moderating.approve_post(actor, case.post, reason=words.reason, case_id=case.pk)


def _show(actor: Any, case: Any, words: Words) -> object:
    return moderating.show_post(actor, case.post, reason=words.reason, case_id=case.pk)


def _hide(actor: Any, case: Any, words: Words) -> object:
    return moderating.hide_post(actor, case.post, reason=words.reason, reply=words.reply, case_id=case.pk)


def _delete(actor: Any, case: Any, words: Words) -> object:
    return moderating.delete_post(actor, case.post, reason=words.reason, reply=words.reply, case_id=case.pk)


def _spam(actor: Any, case: Any, words: Words) -> object:
    return reversing.mark_spam(actor, case.post, reason=words.reason, case_id=case.pk, own_address=words.own_address)


def _keep(actor: Any, case: Any, words: Words) -> object:
    if case.post is None:
        return flagging.keep_member(actor, case.member, reason=words.reason, case_id=case.pk)
    return flagging.keep_post(actor, case.post, reason=words.reason, reply=words.reply, case_id=case.pk)


def _ask(actor: Any, case: Any, words: Words) -> object:
    return telling.ask_author(actor, case.post, text=words.reply, reason=words.reason, case_id=case.pk)


def _care(actor: Any, case: Any, words: Words) -> object:
    return telling.care_for_author(actor, case.post, text=words.reply, reason=words.reason, case_id=case.pk)


def _second(actor: Any, case: Any, words: Words) -> object:
    return handling.hand_over(actor, case.pk, to=None, note=words.reason)


def _notice(actor: Any, case: Any, words: Words) -> object:
    return measuring.lay_measure(
        actor, case.post, MeasureKind.NOTICE, text=_CAUTION, reason=words.reason, reply=words.reply, case_id=case.pk
    )


def _move(actor: Any, case: Any, words: Words) -> object:
    topic = get_category(words.topic)
    if topic is None:
        raise ValidationError("Choose the topic it belongs in.")
    return moving.move_question(
        actor, case.post, category=topic, reason=words.reason, reply=words.reply, case_id=case.pk
    )


def _close(actor: Any, case: Any, words: Words) -> object:
    return closing.close_question(
        actor, case.post, reason=words.key, note=words.reason, reply=words.reply, case_id=case.pk
    )


def _reopen(actor: Any, case: Any, words: Words) -> object:
    return closing.reopen_question(actor, case.post, reason=words.reason, case_id=case.pk)


def _accept(actor: Any, case: Any, words: Words) -> object:
    return suggesting.approve_suggestion(actor, case.suggestion, reason=words.reason)


def _reject(actor: Any, case: Any, words: Words) -> object:
    return suggesting.reject_suggestion(actor, case.suggestion, reason=words.reason)


def _appeal(actor: Any, case: Any, words: Words, *, granted: bool) -> object:
    return appealing.decide_appeal(actor, case.appeal, granted=granted, outcome=words.reason, case_id=case.pk)


ACTS = {
    "approve": Act(_approve, "Approved."),
    "show": Act(_show, "Shown again."),
    "hide": Act(_hide, "Hidden."),
    "spam": Act(_spam, "Removed as spam, with everything by this account."),
    "delete": Act(_delete, "Deleted."),
    "keep": Act(_keep, "Kept as it is."),
    "ask": Act(_ask, "The author was asked to edit it."),
    "care": Act(_care, "A word of care is on its way."),
    "second": Act(_second, "A second moderator will look at it too."),
    "notice": Act(_notice, "A caution notice is shown above it."),
    "move": Act(_move, "Moved."),
    "close": Act(_close, "Closed."),
    "reopen": Act(_reopen, "Reopened."),
    "accept": Act(_accept, "The edit is now part of the post."),
    "grant": Act(lambda actor, case, words: _appeal(actor, case, words, granted=True), "Granted."),
    "refuse": Act(lambda actor, case, words: _appeal(actor, case, words, granted=False), "Declined."),
    "reject": Act(_reject, "The post stays as it was."),
}
_WITHOUT_POST = {"keep", "second", "grant", "refuse"}
