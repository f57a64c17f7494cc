"""Close a question to new answers, and open it again."""

from django.db import transaction

from accounts.models import User
from forum import permissions, rules
from forum.effects import acts, cases, closures, posts
from forum.models import Closure, Person, Post


@transaction.atomic
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

    Raises `PermissionDenied`, or `ValidationError` when somebody else has decided the case.
    """
    question = posts.lock_thread(question.pk)
    permissions.require(permissions.can_close(actor, question, rules.current()))
    assert isinstance(actor, User)  # can_close refuses guests
    cases.require_open(case_id, actor)
    closure, is_new = closures.close(question, actor, reason=reason, note=note, duplicate_of=duplicate_of)
    if is_new:
        acts.conclude(
            "question.closed",
            actor=actor,
            post=question,
            reason=note,
            reply=reply,
            case_id=case_id,
            after=closures.facts_of(closure),
        )
    return closure


@transaction.atomic
def reopen_question(actor: Person, question: Post, *, reason: str = "", case_id: int | None = None) -> Post:
    """Let `question` take answers again; an open one stays as it is."""
    question = posts.lock_thread(question.pk)
    permissions.require(permissions.can_close(actor, question, rules.current()))
    assert isinstance(actor, User)  # can_close refuses guests
    cases.require_open(case_id, actor)
    if lifted := closures.lift(question, actor):
        acts.conclude(
            "question.reopened",
            actor=actor,
            post=question,
            reason=reason,
            case_id=case_id,
            before={"closures": lifted},
        )
    return question
