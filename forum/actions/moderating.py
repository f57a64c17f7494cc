"""Decide what others can see: approve, hide, show, delete, restore."""

from collections.abc import Iterable

from accounts.transactions import atomic_with_retry
from forum import permissions, rules
from forum.choices import AWAITING, RemovalKind
from forum.effects import acts, cases, posts, removals
from forum.models import Person, Post, Removal


@atomic_with_retry
def approve_post(actor: Person, post: Post, *, reason: str = "", reply: str = "", case_id: int | None = None) -> Post:
    """Let a waiting post be seen; whom it concerns is told by the event of its posting."""
    post = posts.lock_thread(post.pk)
    permissions.require(permissions.can_settle(actor, post, cases.about(post, actor), rules.current()))
    # One that a moderator held back (`hold_post`) has been told of before.
    is_first_look = Removal.objects.open().filter(post_id=post.pk, kind=RemovalKind.WAITING, actor=None).exists()
    taught = False if is_first_look else None  # a first post that was kept teaches what is no spam
    words = {"reason": reason, "reply": reply}
    post, changed = _lift(actor, post, AWAITING, "post.approved", **words, case_id=case_id, is_spam=taught)
    if changed and is_first_look and post.is_answer and post.question is not None:
        posts.touch(post.question)
    return post


@atomic_with_retry
def hold_post(actor: Person, post: Post, *, reason: str = "", reply: str = "", case_id: int | None = None) -> Post:
    """Let a post wait for approval, as it waited before."""
    before = posts.lock_thread(post.pk).removals.filter(kind__in=AWAITING).order_by("-pk").first()
    kind = RemovalKind(before.kind) if before else RemovalKind.WAITING
    return _remove(actor, post, kind, "post.held", reason=reason, reply=reply, case_id=case_id)


def hide_post(actor: Person, post: Post, *, reason: str = "", reply: str = "", case_id: int | None = None) -> Post:
    """Take a post out of public sight; its author still sees it, and may change it and send it again."""
    return _remove(actor, post, RemovalKind.HIDDEN, "post.hidden", reason=reason, reply=reply, case_id=case_id)


@atomic_with_retry
def show_post(actor: Person, post: Post, *, reason: str = "", reply: str = "", case_id: int | None = None) -> Post:
    """Bring a hidden post back."""
    post = posts.lock_thread(post.pk)
    permissions.require(permissions.can_moderate_post(actor, post, rules.current()))
    kinds = [RemovalKind.HIDDEN]
    return _lift(actor, post, kinds, "post.shown", reason=reason, reply=reply, case_id=case_id)[0]


def delete_post(actor: Person, post: Post, *, reason: str = "", reply: str = "", case_id: int | None = None) -> Post:
    """Delete a post as a moderator; nothing is erased and no points change."""
    return _remove(actor, post, RemovalKind.DELETED, "post.deleted", reason=reason, reply=reply, case_id=case_id)


@atomic_with_retry
def restore_post(actor: Person, post: Post, *, reason: str = "", reply: str = "", case_id: int | None = None) -> Post:
    """Bring a post back that a moderator deleted."""
    post = posts.lock_thread(post.pk)
    permissions.require(permissions.can_moderate_post(actor, post, rules.current()))
    kinds = [RemovalKind.DELETED]
    return _lift(actor, post, kinds, "post.restored", reason=reason, reply=reply, case_id=case_id)[0]


@atomic_with_retry
def _remove(
    actor: Person, post: Post, kind: RemovalKind, verb: str, *, reason: str, reply: str, case_id: int | None
) -> Post:
    post = posts.lock_thread(post.pk)
    permissions.require(permissions.can_moderate_post(actor, post, rules.current()))
    cases.require_open(case_id, actor)
    if removals.remove(post, kind, actor, reason):
        upheld = None if kind in AWAITING else True
        acts.conclude(verb, actor=actor, post=post, reason=reason, reply=reply, case_id=case_id, upheld=upheld)
    return post


def _lift(
    actor: Person,
    post: Post,
    kinds: Iterable[RemovalKind],
    verb: str,
    *,
    reason: str,
    reply: str,
    case_id: int | None,
    is_spam: bool | None = None,
) -> tuple[Post, bool]:
    post = posts.lock_thread(post.pk)
    cases.require_open(case_id, actor)
    lifted = [pk for kind in kinds for pk in removals.lift(post, kind, actor)]
    if lifted:
        acts.conclude(
            verb,
            actor=actor,
            post=post,
            reason=reason,
            reply=reply,
            case_id=case_id,
            upheld=False,
            is_spam=is_spam,
            before={"removals": lifted},
        )
    return post, bool(lifted)
