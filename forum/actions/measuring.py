"""Lay on a post for a time what keeps a conversation safe: a lock, protection, slow mode, a pin, a notice."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from accounts.transactions import atomic_with_retry
from forum import permissions, rules
from forum.choices import MeasureKind
from forum.effects import acts, cases, measures, posts
from forum.effects.measures import Terms
from forum.limits import SLOW_MINUTES_MOST
from forum.models import Person, Post


@atomic_with_retry
def lay_measure(
    actor: Person,
    post: Post,
    kind: MeasureKind,
    *,
    until: datetime | None = None,
    minutes: int | None = None,
    text: str = "",
    reason: str = "",
    reply: str = "",
    case_id: int | None = None,
) -> Post:
    """Let a measure hold on `post`, in place of one of its kind on other terms; the same again changes nothing.

    A lock holds `until` then, or for now; slow mode asks for `minutes` between two posts of one person; a notice says
    `text` above the post. Raises `PermissionDenied`, or `ValidationError` for terms that make no sense.
    """
    post = posts.lock_thread(post.pk)
    laid_by = measures.laid_by(post, kind)
    permissions.require(permissions.can_measure(actor, post, rules.current(), kind, laid_by=laid_by))
    assert isinstance(actor, User)  # can_measure refuses guests
    cases.require_open(case_id, actor)
    terms = _terms(kind, until=until, minutes=minutes, text=text)
    if turned := measures.lay(post, kind, actor, reason=reason, terms=terms):
        before, after = turned
        verb = measures.VERBS[kind][0]
        acts.conclude(
            verb, actor=actor, post=post, reason=reason, reply=reply, case_id=case_id, before=before, after=after
        )
    return post


@atomic_with_retry
def lift_measure(
    actor: Person, post: Post, kind: MeasureKind, *, reason: str = "", reply: str = "", case_id: int | None = None
) -> Post:
    """Take the measure of `kind` from `post`; where none holds, nothing changes."""
    post = posts.lock_thread(post.pk)
    laid_by = measures.laid_by(post, kind)
    permissions.require(permissions.can_measure(actor, post, rules.current(), kind, laid_by=laid_by))
    assert isinstance(actor, User)  # can_measure refuses guests
    cases.require_open(case_id, actor)
    if turned := measures.lift(post, kind, actor):
        before, after = turned
        verb = measures.VERBS[kind][1]
        acts.conclude(
            verb, actor=actor, post=post, reason=reason, reply=reply, case_id=case_id, before=before, after=after
        )
    return post


def _terms(kind: MeasureKind, *, until: datetime | None, minutes: int | None, text: str) -> Terms:
    if kind == MeasureKind.LOCK:
        if until is not None and until <= timezone.now():
            raise ValidationError("Choose a date in the future, or leave it empty.")
        return Terms(until=until)
    if kind == MeasureKind.SLOW_MODE:
        if minutes is None or not 1 <= minutes <= SLOW_MINUTES_MOST:
            raise ValidationError(f"Choose a wait of 1 to {SLOW_MINUTES_MOST:,} minutes.")
        return Terms(minutes=minutes)
    if kind == MeasureKind.NOTICE:
        if not text.strip():
            raise ValidationError("Say in a sentence what readers should know.")
        return Terms(text=text.strip())
    return Terms()
