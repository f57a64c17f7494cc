"""Lines of inboxes as the worker leaves them, made by hand: tests of what is shown need no worker."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from forum.effects import inboxes
from forum.models import Bundle, Event, Notification


def make_line(recipient, kind, *posts, subject="", about=None, days_ago=0.0, is_read=False, **event):
    """A line that tells `recipient` of `posts`, one notification each (one of nothing where there is no post)."""
    at = timezone.now() - timedelta(days=days_ago)
    about = about or (posts[0] if posts else None)
    line = Bundle.objects.create(
        recipient=recipient,
        kind=kind,
        subject=subject or f"post:{about.pk}",
        post=about,
        latest_at=at,
        read_at=timezone.now() if is_read else None,
    )
    for post in posts or (None,):
        told = Event.objects.create(
            verb=event.get("verb", "test.told"), post=post, actor=event.get("actor"), data=event.get("data", {})
        )
        Notification.objects.create(event=told, recipient=recipient, bundle=line, kind=kind, post=post)
    Notification.objects.filter(bundle=line).update(created_at=at)
    Bundle.objects.filter(pk=line.pk).update(count=len(posts or (None,)), latest_event=told)
    inboxes.recount_unread([recipient.pk])
    line.refresh_from_db()
    return line


def unread_of(member):
    """Return the cached number of unread lines, and the lines themselves."""
    number = User.objects.values_list("unread_notifications", flat=True).get(pk=member.pk)
    return number, list(Bundle.objects.of(member).unread().order_by("pk").values_list("pk", flat=True))
