"""Write to the author of a post as a decision about it: ask for a change, or send a word of care."""

from django.core.exceptions import ValidationError

from accounts.transactions import atomic_with_retry
from forum import permissions, rules
from forum.choices import MessageKind
from forum.effects import acts, cases, posts
from forum.models import Case, Person, Post

_NO_ACCOUNT = "This post’s author has no account, so they can’t get messages. You can comment below it instead."


@atomic_with_retry
def ask_author(actor: Person, post: Post, *, text: str, reason: str = "", case_id: int | None = None) -> Post:
    """Ask the author to change a post, and leave it as it is; with a case, once."""
    return _tell(actor, post, MessageKind.NOTICE, "author.asked", text=text, reason=reason, case_id=case_id)


@atomic_with_retry
def care_for_author(actor: Person, post: Post, *, text: str, reason: str = "", case_id: int | None = None) -> Post:
    """Send the author a word of care, and leave the post as it is; with a case, once."""
    return _tell(actor, post, MessageKind.CARE, "author.cared_for", text=text, reason=reason, case_id=case_id)


def _tell(
    actor: Person, post: Post, kind: MessageKind, verb: str, *, text: str, reason: str, case_id: int | None
) -> Post:
    """Tell the author. The log names the post alone, so that it tells nobody who wrote it."""
    post = posts.lock_thread(post.pk)
    permissions.require(permissions.can_moderate_post(actor, post, rules.current()))
    cases.require_open(case_id, actor)
    if post.author is None:
        raise ValidationError(_NO_ACCOUNT)
    if not text.strip():
        raise ValidationError("Write a few words to the author first.")
    if case_id is None or Case.objects.open().filter(pk=case_id).exists():
        acts.conclude(verb, actor=actor, post=post, reason=reason, reply=text, reply_kind=kind, case_id=case_id)
    return post
