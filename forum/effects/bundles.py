"""Put notifications into the lines of inboxes, and keep what the lines say true to them."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Count, F, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import User
from forum.choices import NotificationKind
from forum.effects import inboxes, ways
from forum.effects.ways import Recipient
from forum.models import Bundle, Event, Message, Notification

_K = NotificationKind
# What is told of these stands together by question, by the post commented on, or by the post itself.
_BY_QUESTION = (_K.ANSWERED, _K.NEW_ANSWER, _K.NEW_QUESTION, _K.CLOSED, _K.REOPENED)
_BY_PARENT = (_K.COMMENTED, _K.REPLIED)
BY_CONVERSATION = (_K.MESSAGE, _K.REPORTED)


def tell(event: Event, people: Sequence[Recipient]) -> int:
    """Make the notifications of `event` for these people, each once whatever runs twice; return how many are new.

    Locks lines of inboxes, then members, each in their order, as reading does.
    """
    told = ways.already_told(event, {each.member.pk: each.kind for each in people})
    people = [each for each in people if each.member.pk not in told]
    if not people:
        return 0
    lines = {kind: _lines(event, kind, people) for kind in sorted({each.kind for each in people})}
    members = [each.member.pk for each in people]
    # Two jobs about one post may both want to tell somebody: the second looks once more what the first has told.
    _lock_members(members)
    told = ways.already_told(event, {each.member.pk: each.kind for each in people})
    new = [_notification(event, each, lines) for each in people if each.member.pk not in told]
    Notification.objects.bulk_create(new, ignore_conflicts=True)
    recount([pk for of_kind in lines.values() for pk in of_kind.values()])
    inboxes.recount_unread(members)
    return len(new)


def recount(bundle_ids: Iterable[int]) -> None:
    """Set what these lines say from the notifications that stand in them; lock them first."""
    Bundle.objects.filter(pk__in=set(bundle_ids)).update(**_said_by_rows())


def differences() -> Iterator[tuple[str, int]]:
    """Yield a sentence for each line that says something else than its notifications, and which it is."""
    rows = {f"of_rows_{column}": said for column, said in _said_by_rows().items()}
    lines = Bundle.objects.annotate(**rows).values_list(
        *("pk", "count", "of_rows_count", "latest_event", "of_rows_latest_event", "latest_at", "of_rows_latest_at")
    )
    for pk, *said in lines.order_by("pk").iterator():
        for column, was, is_now in zip(("count", "latest_event", "latest_at"), said[::2], said[1::2], strict=True):
            if was != is_now:
                yield f"Line {pk} of an inbox: {column} was {was}, its rows say {is_now}.", pk


def lock(notifications: Collection[Notification]) -> None:
    """Lock the lines and the members of these notifications, in this order."""
    lines = {each.bundle_id for each in notifications if each.bundle_id is not None}
    list(Bundle.objects.select_for_update(no_key=True).filter(pk__in=lines).order_by("pk").values_list("pk"))
    _lock_members({each.recipient_id for each in notifications})


def subject_of(event: Event, kind: NotificationKind) -> tuple[str, int | None]:
    """Return what lines about this are called, and the post they are about."""
    post = event.post
    if kind == _K.POINTS:
        return f"points:{event.data['points']}", None
    if kind == _K.URGENT:
        return f"case:{event.data['case']}", None
    if kind in BY_CONVERSATION:
        message = Message.objects.get(pk=event.data["message"])
        return f"conversation:{message.conversation_id}", None
    assert post is not None  # every other kind is about one
    about = post.pk
    if kind in _BY_QUESTION:
        about = post.question_id or post.pk
    elif kind in _BY_PARENT:
        about = post.parent_id or post.pk
    return f"post:{about}", about


def _lock_members(member_ids: Collection[int]) -> None:
    """Lock members in order of id."""
    list(User.objects.select_for_update(no_key=True).filter(pk__in=member_ids).order_by("pk").values_list("pk"))


def _said_by_rows() -> dict[str, Any]:
    standing = Notification.objects.standing().filter(bundle=OuterRef("pk"))
    counted = standing.order_by().values("bundle").annotate(number=Count("pk")).values("number")
    latest = standing.order_by("-pk")
    return {
        "count": Coalesce(Subquery(counted), 0),
        "latest_event": Subquery(latest.values("event")[:1]),
        "latest_at": Coalesce(Subquery(latest.values("created_at")[:1]), F("latest_at")),
    }


def _lines(event: Event, kind: NotificationKind, people: Iterable[Recipient]) -> dict[int, int]:
    """Return the unread line of this kind and subject of each of these people, by member; new where there is none."""
    members = [each.member.pk for each in people if each.kind == kind and each.on_site]
    subject, post_id = subject_of(event, kind)
    unread = Bundle.objects.filter(recipient__in=members, kind=kind, subject=subject, read_at=None)
    locked = unread.select_for_update(no_key=True).order_by("pk")
    found = dict(locked.values_list("recipient_id", "pk"))
    missing = [pk for pk in members if pk not in found]
    if missing:
        now = timezone.now()
        Bundle.objects.bulk_create(
            [Bundle(recipient_id=pk, kind=kind, subject=subject, post_id=post_id, latest_at=now) for pk in missing],
            ignore_conflicts=True,  # another job may have begun the same line
        )
        found |= dict(locked.filter(recipient__in=missing).values_list("recipient_id", "pk"))
    return found


def _notification(event: Event, told: Recipient, lines: dict[NotificationKind, dict[int, int]]) -> Notification:
    leads_to_post = told.kind not in {*BY_CONVERSATION, _K.POINTS, _K.URGENT}
    return Notification(
        event=event,
        recipient=told.member,
        bundle_id=lines[told.kind].get(told.member.pk),
        kind=told.kind,
        post_id=event.post_id if leads_to_post else None,
        mail_channel=told.channel,
    )
