"""Mails to people without an account: about their own posts, and about a question they follow by mail."""

from datetime import datetime, timedelta
from hashlib import sha256

from django.utils import timezone

from forum.choices import MailKind
from forum.effects import followers, mails
from forum.effects.guest_letters import CONFIRMING, LINKING, can_be_told
from forum.limits import CONFIRMATIONS_A_DAY
from forum.models import Event, Guest, Mail, MailFollow, Post

_CHUNK = 200


def queue_guest_mails(event: Event, post: Post) -> int:
    """Queue what `event` of the new `post` tells people without an account; again queues nothing. Return how many.

    A guest hears of answers to their question and of comments on their post, whoever follows the question by mail of
    its answers; nobody of what they wrote themselves, but where a mail that is missing would tell who wrote.
    """
    if not can_be_told(post):
        return 0
    told = _guest_told(post)
    queued = 0
    if told is not None:
        key = f"event:{event.pk}:guest:{told.pk}"
        queued += mails.queue(key, MailKind.GUEST, told.email, guest=told, event=event) is not None
    if not post.is_answer:
        return queued
    addresses = {told.email.casefold() if told else "", _address_of_author(post)}
    asked = followers.with_merged(post.question_id or post.pk)
    follows = MailFollow.objects.filter(question__in=asked, stopped_at=None).exclude(confirmed_at=None)
    for follow in follows.order_by("pk").iterator(_CHUNK):
        if follow.email.casefold() in addresses:
            continue
        addresses.add(follow.email.casefold())
        key = f"event:{event.pk}:follow:{follow.pk}"
        queued += mails.queue(key, MailKind.FOLLOW, follow.email, mail_follow=follow, event=event) is not None
    return queued


def queue_confirmation(follow: MailFollow, day: str) -> bool:
    """Queue the mail that asks whether its reader wants to follow; again on that day queues nothing."""
    return mails.queue(f"{CONFIRMING}{follow.pk}:{day}", MailKind.FOLLOW, follow.email, mail_follow=follow) is not None


def queue_private_link(guest: Guest) -> bool:
    """Queue the email with the private link of `guest`, once for each address they give; return whether it is new.

    Nobody has confirmed the address, so that it gets no more than a few of them a day, whichever guests give it.
    """
    since = timezone.now() - timedelta(days=1)
    sent = Mail.objects.filter(kind=MailKind.GUEST, key__startswith=LINKING, created_at__gte=since)
    if sent.filter(address__iexact=guest.email).count() >= CONFIRMATIONS_A_DAY:
        return False
    named = sha256(guest.email.casefold().encode()).hexdigest()[:16]
    return mails.queue(f"{LINKING}{guest.pk}:{named}", MailKind.GUEST, guest.email, guest=guest) is not None


def confirmations_to(email: str, *, since: datetime) -> int:
    """Return how many mails that ask went to `email` since then."""
    sent = Mail.objects.filter(kind=MailKind.FOLLOW, event=None, address__iexact=email, created_at__gte=since)
    return sent.filter(key__startswith=CONFIRMING).count()


def _guest_told(post: Post) -> Guest | None:
    """Return the guest whose post it is about, unless they wrote this one too, or want no mails."""
    about = post.question if post.is_answer else post.parent
    guest = about.guest if about is not None and not post.is_question else None
    if guest is None or guest.pk == post.guest_id or not guest.email:
        return None
    return None if guest.email.casefold() == _address_of_author(post) else guest


def _address_of_author(post: Post) -> str:
    """Return the address of whoever wrote `post`, who knows of it; of members only where they wrote under their name.

    Others may read the same mailbox: that no mail comes must not tell them who wrote without a name.
    """
    if post.is_anonymous:  # a guest's post is nobody's until they claim it, with a name or without
        return ""
    writer = post.author or post.guest
    return writer.email.casefold() if writer else ""
