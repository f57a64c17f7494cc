"""Report posts, and decide: hide, show, approve, delete, restore, close, reopen."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from forum import permissions, rules
from forum.choices import AWAITING, FlagState, RemovalKind
from forum.effects import events, mail, posts, removals
from forum.models import Closure, Flag, Person, Post, Removal


@transaction.atomic
def flag_post(reporter: Person, post: Post, *, reason: str, text: str = "") -> Flag:
    """Leave one open flag of `reporter` on `post`; a second one changes nothing."""
    post = posts.lock_thread(post.pk)
    permissions.require(permissions.can_flag(reporter, post, rules.current()))
    flag, is_new = Flag.objects.get_or_create(
        post_id=post.pk,
        reporter=_member(reporter),
        state=FlagState.OPEN,
        defaults={"reason_id": reason, "text": text},
    )
    if is_new:
        events.record("post.flagged", actor=reporter, post=post, data={"reason": reason})
    return flag


@transaction.atomic
def settle_flag(actor: Person, flag: Flag, *, upheld: bool, outcome: str = "") -> Flag:
    """Decide an open flag; one that was decided keeps its decision."""
    permissions.require(permissions.can_moderate(actor, rules.current()))
    flag = Flag.objects.select_for_update(of=("self",), no_key=True).select_related("post").get(pk=flag.pk)
    if flag.state != FlagState.OPEN:
        return flag
    flag.state = FlagState.UPHELD if upheld else FlagState.DECLINED
    flag.settled_at, flag.settled_by, flag.outcome = timezone.now(), _member(actor), outcome
    flag.save()
    events.record(f"flag.{flag.state}", actor=actor, post=flag.post, reason=outcome, data={"flag": flag.pk})
    return flag


@transaction.atomic
def reopen_flag(actor: Person, flag: Flag) -> Flag:
    """Take a decision on a flag back, so that it is open again; an open one stays as it is."""
    permissions.require(permissions.can_moderate(actor, rules.current()))
    flag = Flag.objects.select_for_update(of=("self",), no_key=True).select_related("post").get(pk=flag.pk)
    rival = Flag.objects.open().filter(post_id=flag.post_id, reporter_id=flag.reporter_id)
    if flag.state == FlagState.OPEN or rival.exists():
        return flag
    flag.state, flag.settled_at, flag.settled_by, flag.outcome = FlagState.OPEN, None, None, ""
    flag.save()
    events.record("flag.reopened", actor=actor, post=flag.post, data={"flag": flag.pk})
    return flag


def approve_post(actor: Person, post: Post, *, reason: str = "") -> Post:
    """Let a waiting post be seen, and tell the person who asked, once, if it is an answer."""
    with transaction.atomic():
        # One that a moderator held back (`hold_post`) has been told of before.
        is_first_look = Removal.objects.open().filter(post_id=post.pk, kind=RemovalKind.WAITING, actor=None).exists()
        post, changed = _lift(actor, post, AWAITING, "post.approved", reason)
        if changed and is_first_look and post.is_answer and post.question is not None:
            posts.touch(post.question)
            mail.tell_of_answer(post)
    return post


def hold_post(actor: Person, post: Post, *, reason: str = "") -> Post:
    """Let a post wait for approval again, as it waited before: the undo of `approve_post`."""
    with transaction.atomic():
        before = posts.lock_thread(post.pk).removals.filter(kind__in=AWAITING).order_by("-pk").first()
        kind = RemovalKind(before.kind) if before else RemovalKind.WAITING
        return _remove(actor, post, kind, "post.held", reason)


def hide_post(actor: Person, post: Post, *, reason: str = "") -> Post:
    """Take a post out of public sight; its author still sees it."""
    return _remove(actor, post, RemovalKind.HIDDEN, "post.hidden", reason)


def show_post(actor: Person, post: Post, *, reason: str = "") -> Post:
    """Bring a hidden post back."""
    with transaction.atomic():
        return _lift(actor, post, [RemovalKind.HIDDEN], "post.shown", reason)[0]


def delete_post(actor: Person, post: Post, *, reason: str = "") -> Post:
    """Delete a post as a moderator; nothing is erased and no points change."""
    return _remove(actor, post, RemovalKind.DELETED, "post.deleted", reason)


def restore_post(actor: Person, post: Post, *, reason: str = "") -> Post:
    """Bring a post back that a moderator deleted."""
    with transaction.atomic():
        return _lift(actor, post, [RemovalKind.DELETED], "post.restored", reason)[0]


@transaction.atomic
def close_question(
    actor: Person,
    question: Post,
    *,
    reason: str,
    note: str = "",
    duplicate_of: Post | None = None,
) -> Closure:
    """Let `question` take no more answers; a closed one keeps its closure."""
    question = posts.lock_thread(question.pk)
    permissions.require(permissions.can_close(actor, question, rules.current()))
    closure, is_new = Closure.objects.get_or_create(
        question=question,
        lifted_at=None,
        defaults={
            "closed_by": _member(actor),
            "reason_id": reason,
            "note": note,
            "duplicate_of": duplicate_of,
        },
    )
    if is_new:
        Post.objects.filter(pk=question.pk).update(is_closed=True)
        data = {"reason": reason, "duplicate_of": duplicate_of.pk if duplicate_of else None}
        events.record("question.closed", actor=actor, post=question, reason=note, data=data)
    return closure


@transaction.atomic
def reopen_question(actor: Person, question: Post, *, reason: str = "") -> Post:
    """Let `question` take answers again; an open one stays as it is."""
    question = posts.lock_thread(question.pk)
    permissions.require(permissions.can_close(actor, question, rules.current()))
    open_ones = Closure.objects.filter(question=question, lifted_at=None)
    if open_ones.update(lifted_at=timezone.now(), lifted_by=_member(actor)):
        Post.objects.filter(pk=question.pk).update(is_closed=False)
        question.is_closed = False
        events.record("question.reopened", actor=actor, post=question, reason=reason)
    return question


@transaction.atomic
def _remove(actor: Person, post: Post, kind: RemovalKind, verb: str, reason: str) -> Post:
    post = posts.lock_thread(post.pk)
    permissions.require(permissions.can_moderate(actor, rules.current()))
    if removals.remove(post, kind, actor, reason):
        events.record(verb, actor=actor, post=post, reason=reason)
    return post


def _lift(actor: Person, post: Post, kinds: Iterable[RemovalKind], verb: str, reason: str) -> tuple[Post, bool]:
    post = posts.lock_thread(post.pk)
    permissions.require(permissions.can_moderate(actor, rules.current()))
    lifted = [kind for kind in kinds if removals.lift(post, kind, actor)]
    if lifted:
        events.record(verb, actor=actor, post=post, reason=reason)
    return post, bool(lifted)


def _member(actor: Person) -> User:
    assert isinstance(actor, User)  # permissions refuse guests before this is asked
    return actor
