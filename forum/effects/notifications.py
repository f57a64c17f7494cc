"""Decide who is told of what happened, and keep inboxes true to what can still be read."""

from django_tasks import task

from forum.models import Event, Post


def tell(event: Event) -> None:
    """Have a worker make the notifications of `event`, in the caller's transaction."""
    make_notifications.enqueue(event.pk)


def review(post: Post) -> None:
    """Have a worker withdraw what leads to `post`, or to what stands below it, or let it stand again."""
    review_notifications.enqueue(post.pk)


@task()
def make_notifications(event_id: int, after: int = 0) -> int:
    """Make the notifications of an event, a few hundred at a time; again changes nothing. Return how many."""
    raise NotImplementedError


@task()
def review_notifications(post_id: int) -> int:
    """Make what was told of a post, and of what stands below it, true to what can be read; return how many changed."""
    raise NotImplementedError
