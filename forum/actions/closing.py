"""Close a question to new answers, and open it again; members do it by votes."""

from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.transactions import atomic_with_retry
from forum import permissions, rules
from forum.effects import acts, cases, close_votes, closures, events, posts
from forum.models import CloseReason, Closure, Person, Post


@atomic_with_retry
def close_question(
    actor: Person,
    question: Post,
    *,
    reason: str,
    note: str = "",
    duplicate_of: Post | None = None,
    reply: str = "",
    case_id: int | None = None,
) -> Closure:
    """Let `question` take no more answers; a closed one keeps its closure.

    `reason` is the key of one the owner offers; without a `reply` the author reads its advice. Raises
    `PermissionDenied`, or `ValidationError` for a reason that does not fit or a case that was decided.
    """
    question = posts.lock_thread(question.pk)
    permissions.require(permissions.can_close(actor, question, rules.current()))
    assert isinstance(actor, User)  # can_close refuses guests
    cases.require_open(case_id, actor)
    if standing := Closure.objects.filter(question=question, lifted_at=None).first():
        return standing
    cause = closures.read_reason(reason, question, duplicate_of)
    same = duplicate_of if cause.names_duplicate else None
    closure = closures.close(question, actor, reason=cause.pk, note=note, duplicate_of=same)
    acts.conclude(
        "question.closed",
        actor=actor,
        post=question,
        reason=note,
        reply=reply or closures.advice_of(cause),
        case_id=case_id,
        after=closures.facts_of(closure),
    )
    return closure


@atomic_with_retry
def reopen_question(
    actor: Person, question: Post, *, reason: str = "", reply: str = "", case_id: int | None = None
) -> Post:
    """Let `question` take answers again; an open one stays as it is."""
    question = posts.lock_thread(question.pk)
    closed_by = closures.closed_by(question)
    permissions.require(permissions.can_reopen(actor, question, rules.current(), closed_by=closed_by))
    assert isinstance(actor, User)  # can_reopen refuses guests
    cases.require_open(case_id, actor)
    if lifted := closures.lift(question, actor):
        acts.conclude(
            "question.reopened",
            actor=actor,
            post=question,
            reason=reason,
            reply=reply,
            case_id=case_id,
            before={"closures": lifted},
        )
    return question


@atomic_with_retry
def vote_to_close(voter: Person, question: Post, *, reason: str, duplicate_of: Post | None = None) -> Post:
    """Leave `voter` with one vote to close `question` for `reason`; enough votes close it. Again changes nothing."""
    question = _locked_for_vote(voter, question)
    if question.is_closed:
        raise ValidationError("This question is already closed.")
    cause = closures.read_reason(reason, question, duplicate_of)
    return _vote(voter, question, cause, duplicate_of if cause.names_duplicate else None)


@atomic_with_retry
def vote_to_reopen(voter: Person, question: Post) -> Post:
    """Leave `voter` with one vote to open `question` again; enough votes open it. Again changes nothing."""
    question = _locked_for_vote(voter, question)
    if not question.is_closed:
        raise ValidationError("This question is already open.")
    return _vote(voter, question, None, None)


@atomic_with_retry
def retract_close_vote(voter: Person, question: Post) -> Post:
    """Take one's vote to close or reopen `question` back; without one nothing changes."""
    question = posts.lock_thread(question.pk)
    if isinstance(voter, User) and close_votes.take_back(voter, question):
        events.record("vote.close_taken_back", actor=voter, post=question)
    return question


def _locked_for_vote(voter: Person, question: Post) -> Post:
    question = posts.lock_thread(question.pk)
    permissions.require(permissions.can_vote_to_close(voter, question, rules.current()))
    return question


def _vote(voter: Person, question: Post, reason: CloseReason | None, duplicate_of: Post | None) -> Post:
    assert isinstance(voter, User)  # can_vote_to_close refuses guests
    if close_votes.cast(voter, question, reason=reason, duplicate_of=duplicate_of):
        events.record("vote.reopen" if question.is_closed else "vote.close", actor=voter, post=question)
        close_votes.decide(question)
    return question
