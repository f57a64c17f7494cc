"""Merge a question into the one that was asked before."""

from django.core.exceptions import ValidationError

from accounts.models import User
from accounts.transactions import atomic_with_retry
from forum import permissions, rules
from forum.effects import acts, cases, merges, posts
from forum.models import Person, Post


@atomic_with_retry
def merge_question(
    actor: Person, source: Post, *, target: Post, reason: str = "", reply: str = "", case_id: int | None = None
) -> Post:
    """Move the answers of `source` to `target`, and lead its readers there; merged there before, nothing changes.

    A best answer of `source` keeps its mark and its points. Raises `PermissionDenied`, or `ValidationError` with a
    sentence where nothing may move: to a closed question, to one that others cannot see, to more readers.
    """
    locked = {pk: posts.lock_thread(pk) for pk in sorted({source.pk, target.pk})}
    source, target = locked[source.pk], locked[target.pk]
    permissions.require(permissions.can_merge(actor, source, target, rules.current()))
    assert isinstance(actor, User)  # can_merge refuses guests
    cases.require_open(case_id, actor)
    if merged := merges.find(source):
        if merged.target_id == target.pk:
            return source
        raise ValidationError("This question has already been merged into another one. Undo that first.")
    before, after = merges.merge(source, target, actor, reason)
    acts.conclude(
        "question.merged",
        actor=actor,
        post=source,
        reason=reason,
        reply=reply,
        case_id=case_id,
        before=before,
        after=after,
    )
    return source
