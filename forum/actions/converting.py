"""Make a comment of an answer, or an answer of a comment."""

from django.core.exceptions import ValidationError

from accounts.transactions import atomic_with_retry
from forum import permissions, rules
from forum.choices import PostKind
from forum.effects import acts, cases, conversions, posts
from forum.models import Person, Post


@atomic_with_retry
def convert_post(
    actor: Person, post: Post, *, to: PostKind, reason: str = "", reply: str = "", case_id: int | None = None
) -> Post:
    """Let an answer stand as a comment on its question, or a comment as an answer; one that does stays as it is.

    A comment brings no points, and an answer does; votes stay. Raises `PermissionDenied`, or `ValidationError` for an
    answer that cannot be a comment.
    """
    post = posts.lock_thread(post.pk)
    permissions.require(permissions.can_convert(actor, post, rules.current()))
    cases.require_open(case_id, actor)
    if to == PostKind.QUESTION:
        raise ValidationError("An answer or a comment can’t become a question.")
    if post.kind != to:
        before, after = conversions.convert(post)
        acts.conclude(
            "post.converted",
            actor=actor,
            post=post,
            reason=reason,
            reply=reply,
            case_id=case_id,
            before=before,
            after=after,
        )
    return post
