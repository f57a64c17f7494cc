"""Write the log: every action records what happened, in its own transaction."""

from typing import Any

from accounts.models import User
from forum.models import Event, Guest, Person, Post


def record(
    verb: str,
    *,
    actor: Person | None,
    post: Post | None = None,
    member: User | None = None,
    reason: str = "",
    data: dict[str, Any] | None = None,
) -> Event:
    """Append one event; `verb` is `thing.happened`, such as `vote.cast`."""
    return Event.objects.create(
        verb=verb,
        actor=actor if isinstance(actor, User) else None,
        guest=actor if isinstance(actor, Guest) and actor.pk else None,
        post_id=post.pk if post else None,
        member=member,
        reason=reason,
        data=data or {},
    )
