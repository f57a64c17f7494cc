"""Decide who is told of what happened, and keep inboxes true to what can still be read."""

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from forum.choices import MailChannel, MailKind
from forum.effects import bundles, clocks, guest_mails, mails, recipients, ways, withdrawals
from forum.models import Event, Message, Notification, Post

_FIRST = 100  # somebody may be in danger
_TELLING = 10  # ahead of the mails that telling brings, which may be slow, and behind those about accounts


def tell(event: Event, post: Post | None) -> None:
    """Have a worker make the notifications of `event`, which is about `post`, in the caller's transaction."""
    if recipients.concerns(event, post):
        priority = _FIRST if event.verb == recipients.ALARM else _TELLING
        make_notifications.using(priority=priority).enqueue(event.pk)
    elif post is not None and event.verb in recipients.UNMAKERS:
        review(post)


def review(post: Post) -> None:
    """Have a worker withdraw what leads to `post`, or to what stands below it, or let it stand again."""
    review_notifications.enqueue(post.pk)


def review_message(message: Message) -> None:
    """Have a worker withdraw what was told of a message that was taken back, or let it stand again."""
    review_told_message.enqueue(message.pk)


@task(priority=_TELLING)
def make_notifications(event_id: int, after: int = 0) -> int:
    """Make the notifications of an event, a few hundred at a time; again changes nothing. Return how many."""
    event = _load(event_id)
    if event is None or event.verb not in recipients.MAKERS:
        return 0
    with transaction.atomic():
        batch = ways.next_batch(event, after)
        made = bundles.tell(event, batch.people)
    # A transaction of its own: members are not kept waiting for the mails, and whoever is killed in between queues them
    # when the job runs again.
    with transaction.atomic():
        _queue_mails(event, [each.member.pk for each in batch.people])
        if not after and event.post is not None and _is_news(event, event.post):
            guest_mails.queue_guest_mails(event, event.post)
        if batch.last is not None:
            make_notifications.enqueue(event.pk, batch.last)
    if event.post is not None and withdrawals.is_wrong(event):
        review(event.post)
    return made


@task(priority=_TELLING)
def review_notifications(post_id: int) -> int:
    """Make what was told of a post, and of what stands below it, true to what can be read; return how many changed.

    Whoever changed something looks once more, so that of two that meet the last one sees everything. What became
    readable and was never told, because it waited, is told now.
    """
    post = Post.objects.select_related("question", "category").filter(pk=post_id).first()
    if post is None:
        return 0
    with transaction.atomic():
        changed = withdrawals.set_right(post)
        if changed:
            review(post)
    for event in withdrawals.untold(post):
        make_notifications.enqueue(event.pk)
    return changed


@task(priority=_TELLING)
def review_told_message(message_id: int) -> int:
    """Make what was told of a message true to whether it stands; return how many changed."""
    message = Message.objects.select_related("conversation__member").filter(pk=message_id).first()
    if message is None:
        return 0
    with transaction.atomic():
        return withdrawals.set_message_right(message)


def _load(event_id: int) -> Event | None:
    about = ("actor", "post__question__category", "post__category", "post__parent")
    return Event.objects.select_related(*about).filter(pk=event_id).first()


def _is_news(event: Event, post: Post) -> bool:
    """Say whether `event` brought `post` and others see it, which is what people without an account hear of."""
    return event.verb in recipients.NEW_POSTS and recipients.is_public(post)


def _queue_mails(event: Event, member_ids: list[int]) -> None:
    """Queue a mail for each of these members who wants one at once and has none yet."""
    told = Notification.objects.waiting_for(MailChannel.NOW).filter(event=event, recipient__in=member_ids)
    now = timezone.now()
    for each in told.select_related("recipient").order_by("recipient"):
        member, is_urgent = each.recipient, event.verb == recipients.ALARM
        mail = mails.queue(
            f"notification:{each.pk}",
            MailKind.URGENT if is_urgent else MailKind.NOTIFICATION,
            member.email,
            member=member,
            event=event,
            due_at=now if is_urgent else clocks.when_to_send(member, now),
        )
        if mail is not None:
            Notification.objects.filter(pk=each.pk).update(mail=mail)
