"""Follow one question by mail without an account: asked for with an address, begun by the link sent to it."""

from datetime import timedelta

from django.utils import timezone

from accounts.transactions import atomic_with_retry
from forum import permissions, rules
from forum.effects import guest_mails, posts
from forum.limits import CONFIRMATIONS_A_DAY
from forum.models import MailFollow, Person, Post


@atomic_with_retry
def follow_by_mail(person: Person, question: Post, email: str) -> None:
    """Send `email` a mail that asks whether its reader follows `question`, once; again only after they stopped it.

    Nothing tells whether the address is known here, follows already, or had as many of these mails as it may.
    """
    question = posts.lock_thread(question.pk)
    permissions.require(permissions.can_follow_by_mail(person, question, rules.current()))
    now = timezone.now()
    follow = MailFollow.objects.filter(question_id=question.pk, email__iexact=email).first()
    if follow is None:
        follow = MailFollow.objects.create(question_id=question.pk, email=email)
    elif follow.stopped_at is not None and follow.confirmed_at is None:
        return  # they said that it was not them, or never again
    elif follow.stopped_at is not None:
        # Whoever stopped it decides again; until they confirm it, nothing else comes.
        follow.stopped_at, follow.confirmed_at, follow.created_at = None, None, now
        follow.save(update_fields=["stopped_at", "confirmed_at", "created_at"])
    asked = guest_mails.confirmations_to(email, since=now - timedelta(days=1))
    if follow.confirmed_at is not None or asked >= CONFIRMATIONS_A_DAY:
        return
    guest_mails.queue_confirmation(follow, f"{now:%Y-%m-%d}")


@atomic_with_retry
def confirm_mail_follow(follow: MailFollow) -> bool:
    """Let mails come about the question from now on, also where they had been stopped; return whether that is new."""
    waiting = MailFollow.objects.filter(pk=follow.pk).exclude(confirmed_at__isnull=False, stopped_at=None)
    return bool(waiting.update(confirmed_at=timezone.now(), stopped_at=None))
