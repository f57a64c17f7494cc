"""Write the log: every action records what happened, in its own transaction, and whom it concerns is told."""

from typing import Any

from accounts.models import User
from forum.effects import notifications
from forum.models import Event, Guest, LogEntry, Person, Post


def record(
    verb: str,
    *,
    actor: Person | None,
    post: Post | None = None,
    member: User | None = None,
    reason: str = "",
    data: dict[str, Any] | None = None,
) -> Event:
    """Append one event, and have those told whom it concerns; `verb` is `thing.happened`, such as `vote.cast`."""
    event = Event.objects.create(
        verb=verb,
        actor=actor if isinstance(actor, User) else None,
        guest=actor if isinstance(actor, Guest) and actor.pk else None,
        post_id=post.pk if post else None,
        member=member,
        reason=reason,
        data=data or {},
    )
    notifications.tell(event, post)
    return event


def forget(entry: LogEntry) -> None:
    """Empty the words of the event that was recorded with `entry`: the last one about the same before it."""
    about = {"verb": entry.verb, "actor": entry.actor_id, "post": entry.post_id, "member": entry.member_id}
    event = Event.objects.filter(**about, created_at__lte=entry.created_at).order_by("-pk").first()
    if event is not None:
        Event.objects.filter(pk=event.pk).update(reason="", data={})
