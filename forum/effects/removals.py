"""Take a post out of public sight, or bring it back."""

from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import User
from forum.choices import AWAITING, RemovalKind
from forum.effects import cases, reputation, scores, search
from forum.effects.log import Inverse, Turn
from forum.models import LogEntry, Person, Post, Removal


def remove(post: Post, kind: RemovalKind, actor: Person | None, reason: str) -> bool:
    """Open a removal of `kind`; return False when one was open already. Lock the thread first."""
    if Removal.objects.open().filter(post_id=post.pk, kind=kind).exists():
        return False
    by = actor if isinstance(actor, User) else None
    Removal.objects.create(post_id=post.pk, kind=kind, actor=by, reason=reason)
    follow_up(post, kind)
    return True


def lift(post: Post, kind: RemovalKind, actor: Person | None) -> list[int]:
    """Lift the open removal of `kind`; return its id, or nothing when there was none. Lock the thread first."""
    by = actor if isinstance(actor, User) else None
    ids = list(Removal.objects.open().filter(post_id=post.pk, kind=kind).values_list("pk", flat=True))
    if ids:
        Removal.objects.filter(pk__in=ids).update(lifted_at=timezone.now(), lifted_by=by)
        follow_up(post, kind)
    return ids


def put_back(post: Post, ids: list[int]) -> bool:
    """Let lifted removals hold again, as if nobody had lifted them; return whether any does. Lock the thread first."""
    changed = False
    for removal in Removal.objects.filter(pk__in=ids, post_id=post.pk).exclude(lifted_at=None).order_by("pk"):
        kind = RemovalKind(removal.kind)
        if Removal.objects.open().filter(post_id=post.pk, kind=kind).exists():
            continue
        Removal.objects.filter(pk=removal.pk).update(lifted_at=None, lifted_by=None)
        follow_up(post, kind)
        changed = True
    return changed


def follow_up(post: Post, kind: RemovalKind) -> None:
    """Set what follows from the removals of `post`: who sees it, what counts it, search, points."""
    scores.recount_status(post)
    scores.recount_surroundings(post)
    search.refresh(post)
    if kind in reputation.UNSETTLING:
        reputation.settle(posts=[post])
    if kind == RemovalKind.WITHDRAWN:
        cases.follow_withdrawal(post)


def _undo_removing(entry: LogEntry, actor: User, kinds: tuple[RemovalKind, ...], verb: str) -> Turn:
    post = _post(entry)
    lifted = [pk for kind in kinds for pk in lift(post, kind, actor)]
    return Turn(verb, before={"removals": lifted}, changed=bool(lifted))


def _undo_lifting(entry: LogEntry, verb: str) -> Turn:
    changed = put_back(_post(entry), entry.text.before.get("removals", []))
    return Turn(verb, changed=changed)


def _post(entry: LogEntry) -> Post:
    if entry.post is None:
        raise ValidationError("It no longer exists.")
    return entry.post


INVERSES: dict[str, Inverse] = {
    "post.hidden": lambda entry, actor, _: _undo_removing(entry, actor, (RemovalKind.HIDDEN,), "post.shown"),
    "post.shown": lambda entry, _actor, _: _undo_lifting(entry, "post.hidden"),
    "post.deleted": lambda entry, actor, _: _undo_removing(entry, actor, (RemovalKind.DELETED,), "post.restored"),
    "post.restored": lambda entry, _actor, _: _undo_lifting(entry, "post.deleted"),
    "post.held": lambda entry, actor, _: _undo_removing(entry, actor, AWAITING, "post.approved"),
    "post.approved": lambda entry, _actor, _: _undo_lifting(entry, "post.held"),
}
