"""Take a post out of public sight, or bring it back."""

from django.utils import timezone

from accounts.models import User
from forum.choices import RemovalKind
from forum.effects import reputation, scores, search
from forum.models import Person, Post, Removal


def remove(post: Post, kind: RemovalKind, actor: Person | None, reason: str) -> bool:
    """Open a removal of `kind`; return False when one was open already. Lock the thread first."""
    if Removal.objects.open().filter(post_id=post.pk, kind=kind).exists():
        return False
    by = actor if isinstance(actor, User) else None
    Removal.objects.create(post_id=post.pk, kind=kind, actor=by, reason=reason)
    _follow_up(post, kind)
    return True


def lift(post: Post, kind: RemovalKind, actor: Person | None) -> bool:
    """Lift the open removal of `kind`; return False when there was none. Lock the thread first."""
    by = actor if isinstance(actor, User) else None
    open_ones = Removal.objects.open().filter(post_id=post.pk, kind=kind)
    if not open_ones.update(lifted_at=timezone.now(), lifted_by=by):
        return False
    _follow_up(post, kind)
    return True


def _follow_up(post: Post, kind: RemovalKind) -> None:
    scores.recount_status(post)
    scores.recount_surroundings(post)
    search.refresh(post)
    if kind in reputation.UNSETTLING:
        reputation.settle(posts=[post])
