"""Write to members for the moderators, and keep the counts that each page reads true."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone

from accounts.models import User
from forum.choices import MessageKind, NotificationKind
from forum.effects import events, notifications
from forum.effects.log import Inverse, Turn
from forum.models import Conversation, LogEntry, MemberNote, Message, Person, Post

# What a moderator writes to somebody, as against what the site tells of an act.
PERSONAL = (MessageKind.MESSAGE, MessageKind.CARE, MessageKind.WARNING)
_UNREAD = Q(is_from_team=True, read_at=None, withdrawn_at=None)
_UNACKNOWLEDGED = Q(is_from_team=True, kind=MessageKind.WARNING, acknowledged_at=None, withdrawn_at=None)


@dataclass(frozen=True)
class Standing:
    """What the cached columns of a member should say."""

    unread_messages: int = 0
    must_acknowledge: bool = False


def lock(member_ids: Iterable[int | None]) -> dict[int, User]:
    """Lock members in order of id, before the log's head; an act that tells several of something calls this first."""
    ids = {member_id for member_id in member_ids if member_id is not None}
    return {each.pk: each for each in User.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk")}


def tell(
    member: User | None,
    text: str,
    *,
    kind: MessageKind,
    actor: Person | None,
    post: Post | None = None,
    told_as: NotificationKind | None = NotificationKind.MESSAGE,
) -> Message | None:
    """Let `member` read `text`, in their conversation about `post` or in general; return the message.

    There is none for a guest, who has no account to read it with, and none when there is nothing to say. `told_as` is
    the line of their inbox that leads to it; None where the act that it is about has a line of its own.
    """
    if member is None or not text.strip():
        return None
    lock([member.pk])
    author = actor if isinstance(actor, User) else None
    message = _add(member, text, kind=kind, author=author, is_from_team=True, post=post)
    recount(member)
    if told_as is not None:
        # The event names no member and no post: who wrote anonymously stands nowhere but in the conversation.
        events.record("message.sent", actor=None, data={"message": message.pk, "kind": str(told_as)})
    return message


def hear(member: User, text: str, *, post: Post | None = None) -> Message:
    """Let the moderators read what `member` writes, about `post` or in general; lock the member first."""
    return _add(member, text, kind=MessageKind.MESSAGE, author=None, is_from_team=False, post=post)


def take_back(message_id: int) -> bool:
    """Withdraw a message of the team, so that its member does not see it any more; again changes nothing."""
    return _set_withdrawn(message_id, is_withdrawn=True)


def give_back(message_id: int) -> bool:
    """Let a withdrawn message be seen again; one that stands changes nothing."""
    return _set_withdrawn(message_id, is_withdrawn=False)


def recount(member: User) -> None:
    """Count what `member` has not read, and say whether a warning waits for them; lock the member first."""
    now = standings(member).get(member.pk, Standing())
    member.unread_messages, member.must_acknowledge = now.unread_messages, now.must_acknowledge
    User.objects.filter(pk=member.pk).update(unread_messages=now.unread_messages, must_acknowledge=now.must_acknowledge)


def standings(member: User | None = None) -> dict[int, Standing]:
    """Return what the rows say of each member who has something to read, or of one."""
    messages = Message.objects.filter(conversation__member=member) if member is not None else Message.objects.all()
    counted = (
        messages.filter(_UNREAD | _UNACKNOWLEDGED)
        .values("conversation__member")
        .annotate(unread=Count("pk", filter=_UNREAD), warnings=Count("pk", filter=_UNACKNOWLEDGED))
        .order_by()
    )
    return {row["conversation__member"]: Standing(row["unread"], row["warnings"] > 0) for row in counted}


def _add(
    member: User, text: str, *, kind: MessageKind, author: User | None, is_from_team: bool, post: Post | None
) -> Message:
    conversation = Conversation.objects.get_or_create(member=member, post=post)[0]
    message = Message.objects.create(
        conversation=conversation, kind=kind, author=author, is_from_team=is_from_team, text=text.strip()
    )
    _follow_up(conversation)
    return message


def _set_withdrawn(message_id: int, *, is_withdrawn: bool) -> bool:
    message = Message.objects.filter(pk=message_id, is_from_team=True).select_related("conversation__member").first()
    if message is None:  # its member's account was erased, and the message with it
        return False
    member = message.conversation.member
    lock([member.pk])
    same = Message.objects.filter(pk=message_id, withdrawn_at__isnull=is_withdrawn)
    if not same.update(withdrawn_at=timezone.now() if is_withdrawn else None):
        return False
    _follow_up(message.conversation)
    recount(member)
    notifications.review_message(message)
    return True


def _follow_up(conversation: Conversation) -> None:
    """Say when the conversation was last added to, and whether the member waits for a word of a moderator."""
    standing = conversation.messages.filter(withdrawn_at=None).order_by("-pk")
    last = standing.first()
    said = standing.filter(Q(is_from_team=False) | Q(kind__in=PERSONAL)).first()
    Conversation.objects.filter(pk=conversation.pk).update(
        last_message_at=last.created_at if last else conversation.created_at,
        awaits_team=said is not None and not said.is_from_team,
    )


def _withdraw(entry: LogEntry, actor: User, reason: str) -> Turn:
    """Take back a message of the team, which `entry.thing` names."""
    return Turn("member.message_withdrawn", changed=take_back(_number_in(entry)))


def _return(entry: LogEntry, actor: User, reason: str) -> Turn:
    return Turn("member.message_returned", changed=give_back(_number_in(entry)))


def _lift_note(entry: LogEntry, actor: User, reason: str) -> Turn:
    standing = MemberNote.objects.filter(pk=_number_in(entry), lifted_at=None)
    return Turn("member.note_lifted", changed=bool(standing.update(lifted_at=timezone.now())))


def _return_note(entry: LogEntry, actor: User, reason: str) -> Turn:
    lifted = MemberNote.objects.filter(pk=_number_in(entry)).exclude(lifted_at=None)
    return Turn("member.note_returned", changed=bool(lifted.update(lifted_at=None)))


def _number_in(entry: LogEntry) -> int:
    return int(entry.thing.partition(":")[2])


INVERSES: dict[str, Inverse] = {
    **dict.fromkeys(("member.warned", "member.cared_for", "member.written_to", "member.message_returned"), _withdraw),
    "member.message_withdrawn": _return,
    **dict.fromkeys(("member.noted", "member.note_returned"), _lift_note),
    "member.note_lifted": _return_note,
}
