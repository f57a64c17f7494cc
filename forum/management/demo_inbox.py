"""What the members of the demo community were told these days: answers to their questions, comments on their posts."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone

from forum.choices import NotificationKind
from forum.effects import inboxes
from forum.models import Bundle, Event, Notification, Post

_DAYS = 60  # as far back as their inboxes reach
_UNREAD_DAYS = 8  # what they have not found the time for
_VERBS = {NotificationKind.ANSWERED: "answer.posted", NotificationKind.COMMENTED: "comment.added"}


def load(posts: Iterable[Post], now: datetime) -> None:
    """Fill the inboxes of those whose posts were answered or commented on by others; each is told once."""
    told: dict[tuple[int, NotificationKind, Post], list[Post]] = defaultdict(list)
    for post in posts:
        parent = post.parent
        if (
            parent is None
            or parent.author_id in {None, post.author_id}
            or post.created_at < now - timedelta(days=_DAYS)
        ):
            continue
        kind = NotificationKind.ANSWERED if post.is_answer else NotificationKind.COMMENTED
        told[parent.author_id or 0, kind, parent].append(post)
    for (member_id, kind, parent), below in told.items():
        _line(member_id, kind, parent, sorted(below, key=lambda one: (one.created_at, one.pk)), now)
    inboxes.recount_unread(member_id for member_id, _, _ in told)


def _line(member_id: int, kind: NotificationKind, about: Post, posts: list[Post], now: datetime) -> None:
    latest = posts[-1].created_at
    is_unread = latest > now - timedelta(days=_UNREAD_DAYS)
    bundle = Bundle.objects.create(
        recipient_id=member_id,
        kind=kind,
        subject=f"post:{about.pk}",
        post=about,
        count=len(posts),
        latest_at=latest,
        read_at=None if is_unread else timezone.now(),
    )
    for post in posts:
        event = Event.objects.create(verb=_VERBS[kind], actor=post.author, guest=post.guest, post=post)
        Notification.objects.create(
            event=event, recipient_id=member_id, bundle=bundle, kind=kind, post=post, mail_channel=""
        )
        bundle.latest_event = event
    bundle.save(update_fields=["latest_event"])
