"""Whether what somebody was told still stands: whether they can read where it leads, and whether it is so at all."""

from datetime import timedelta

from django.db.models import BooleanField, Case, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from forum.choices import FollowMode, NotificationKind, PostKind, PostStatus, SuggestionState
from forum.effects import bundles, followers, inboxes, recipients
from forum.effects.recipients import MODERATORS
from forum.limits import TELL_BATCH, TELL_DAYS
from forum.models import Event, Follow, Message, Notification, Post, Suggestion

_K = NotificationKind
_PUBLISHED = PostStatus.PUBLISHED
_NO, _YES = Value(False), Value(True)
# What `visible_to` says, here of the recipient of each row.
_READABLE = (
    Q(post__author=F("recipient"))
    | Q(recipient__role__in=MODERATORS)
    | (
        Q(post__status=_PUBLISHED)
        & (Q(post__question=None) | Q(post__question__status=_PUBLISHED))
        & (Q(post__parent=None) | Q(post__parent__status=_PUBLISHED))
    )
)
_SUGGESTIONS = {
    _K.SUGGESTED: (SuggestionState.OPEN, SuggestionState.APPROVED, SuggestionState.REJECTED),
    _K.DECIDED: (SuggestionState.APPROVED, SuggestionState.REJECTED),
}


def set_right(post: Post) -> int:
    """Withdraw what leads to `post`, or below it, and should not; return what should; some at a time. Say how many."""
    return _turn(list(_wrong(_about(post), post).order_by("pk")[:TELL_BATCH]))


def is_wrong(event: Event) -> bool:
    """Say whether what was told of `event` does not stand any more, because something happened meanwhile."""
    post = event.post
    return post is not None and _wrong(Notification.objects.filter(event=event, post=post), post).exists()


def set_message_right(message: Message) -> int:
    """Withdraw what was told of a withdrawn message, or let it stand again; return how many."""
    told = Notification.objects.filter(
        recipient=message.conversation.member,
        kind__in=(_K.MESSAGE, _K.REPORTED),
        event__data__message=message.pk,
        withdrawn_at__isnull=message.withdrawn_at is not None,
    )
    return _turn(list(told.order_by("pk")))


def untold(post: Post) -> list[Event]:
    """Return what brought `post`, and what stands below it, where others see it now and nobody was told yet."""
    since = timezone.now() - timedelta(days=TELL_DAYS)
    posted = Event.objects.filter(post__in=_thread(post), verb__in=recipients.POSTING, created_at__gte=since)
    waiting = posted.exclude(Exists(Notification.objects.filter(event=OuterRef("pk"))))
    found = waiting.select_related("post__question", "post__parent").order_by("pk")
    return [event for event in found if event.post is not None and recipients.is_public(event.post)]


def _thread(post: Post) -> "QuerySet[Post]":
    """Return the numbers of `post` and of all that stands below it."""
    return Post.objects.filter(Q(pk=post.pk) | Q(question=post.pk) | Q(parent=post.pk)).values("pk")  # type: ignore[return-value]


def _about(post: Post) -> QuerySet[Notification]:
    return Notification.objects.filter(post__in=_thread(post))


def _wrong(told: QuerySet[Notification], post: Post) -> QuerySet[Notification]:
    """Return those that stand and should not, or should and do not."""
    since_chosen = F("post__accepted_for__accepted_at")
    marked = told.alias(
        should_stand=Case(
            When(pk__in=_of_other_suggestions(told), then=_NO),
            When(kind=_K.ACCEPTED, post__accepted_for=None, then=_NO),
            When(kind=_K.ACCEPTED, event__created_at__lt=since_chosen, then=_NO),
            When(_told_by_name(post), then=_NO),
            When(_READABLE, then=_YES),
            default=_NO,
            output_field=BooleanField(),
        )
    )
    return marked.filter(Q(withdrawn_at=None, should_stand=False) | Q(withdrawn_at__isnull=False, should_stand=True))


def _told_by_name(post: Post) -> Q:
    """Return what somebody was told only because they follow its author, who has no name on it any more."""
    told = Q(kind=_K.NEW_QUESTION, post__is_anonymous=True)
    if not post.is_question:
        return told
    topics, tags = followers.topics_of(post), followers.tags_of(post)
    other = Follow.objects.filter(Q(category__in=topics) | Q(tag__in=tags), member=OuterRef("recipient"))
    has_other = Q(Exists(other.exclude(mode=FollowMode.MUTED)))
    return told & (Q(post__kind=PostKind.ANSWER) | ~has_other)


def _of_other_suggestions(told: QuerySet[Notification]) -> list[int]:
    """Return what was told of suggestions that were taken back, or whose decision was."""
    rows = list(told.filter(kind__in=_SUGGESTIONS).values_list("pk", "kind", "event__data"))
    states = dict(
        Suggestion.objects.filter(pk__in={data.get("suggestion", 0) for _, _, data in rows}).values_list("pk", "state")
    )
    return [pk for pk, kind, data in rows if states.get(data.get("suggestion", 0)) not in _SUGGESTIONS[_K(kind)]]


def _turn(rows: list[Notification]) -> int:
    """Withdraw those of these that stand, let the others stand again, and count anew; return how many."""
    if not rows:
        return 0
    bundles.lock(rows)
    standing = [row.pk for row in rows if row.withdrawn_at is None]
    Notification.objects.filter(pk__in=standing).update(withdrawn_at=timezone.now())
    withdrawn = [row.pk for row in rows if row.withdrawn_at is not None]
    Notification.objects.filter(pk__in=withdrawn).update(withdrawn_at=None)
    bundles.recount(row.bundle_id for row in rows if row.bundle_id is not None)
    inboxes.recount_unread(row.recipient_id for row in rows)
    return len(rows)
