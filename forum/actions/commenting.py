"""Comment on a question or an answer."""

from uuid import UUID

from accounts.transactions import atomic_with_retry
from forum import permissions, rules
from forum.choices import PostKind
from forum.effects import guests, measures, posts, screening
from forum.models import Person, Post


@atomic_with_retry
def add_comment(
    author: Person,
    post: Post,
    *,
    body: str,
    reply_to: Post | None = None,
    is_anonymous: bool = False,
    guest_name: str = "",
    guest_email: str | None = None,
    submission_id: UUID | None = None,
    must_wait: bool = False,
    seconds_open: float | None = None,
) -> Post:
    """Publish a comment below `post`; the same form (`submission_id`) again returns the first one.

    `reply_to` is the comment there that it answers; one that stands elsewhere, or that `author` cannot read, is none.

    Raises `PermissionDenied`, or `ValidationError` for a text that cannot be used.
    """
    post, now = posts.lock_thread(post.pk), rules.current()
    if earlier := posts.published_before(author, submission_id, body=body):
        return earlier
    permissions.require(permissions.can_comment(author, post, now))
    measures.require_pause(author, post.question or post)

    author = guests.keep(author, guest_email)
    comment = posts.write(
        Post(
            kind=PostKind.COMMENT,
            question=post.question or post,
            parent=post,
            reply_to=reply_to if _is_answerable(author, post, reply_to) else None,
            body=body,
            submission_id=submission_id,
        ),
        author,
        guest_name=guest_name,
        is_anonymous=is_anonymous,
    )
    screening.admit("comment.added", comment, author, now, must_wait=must_wait, seconds_open=seconds_open)
    return comment


def _is_answerable(author: Person, post: Post, reply_to: Post | None) -> bool:
    return (
        reply_to is not None
        and reply_to.is_comment
        and reply_to.parent_id == post.pk
        and bool(permissions.can_read(author, reply_to))
    )
