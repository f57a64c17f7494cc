"""Moderators and members write to each other; moderators note what the team should know."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.models import User
from accounts.transactions import atomic_with_retry
from forum import permissions, rules
from forum.choices import MessageKind
from forum.effects import conversations, events, inboxes, log
from forum.limits import REASON_LENGTH
from forum.models import Bundle, Conversation, MemberNote, Message, Person, Post

_VERBS = {
    MessageKind.MESSAGE: "member.written_to",
    MessageKind.CARE: "member.cared_for",
    MessageKind.WARNING: "member.warned",
}
_NO_ACCOUNT = "A guest wrote this and has no inbox. What you write when you act is shown beside the post."
_NOT_YOURS = "This conversation belongs to someone else."


@atomic_with_retry
def write_to_member(actor: Person, member: User, *, text: str, kind: str, post: Post | None = None) -> Message:
    """Send `member` a message, a word of care or a warning; the same as the last one changes nothing.

    About a post the log names the post alone, so that it tells nobody who wrote it.
    """
    member = _locked(member)
    permissions.require(permissions.can_write_to_member(actor, member, rules.current()))
    kind = MessageKind(kind)
    if kind not in _VERBS:
        raise ValidationError({"kind": "Choose what it is."})
    _require_words(text)
    last = _last(member, post)
    if last is not None and (last.author, last.kind, last.text) == (actor, kind, text.strip()):
        return last

    message = conversations.tell(member, text, kind=kind, actor=actor, post=post)
    assert message is not None  # there is a member, and there are words
    about = {"post": post} if post is not None else {"member": member}
    log.append(_VERBS[kind], actor=actor, thing=f"message:{message.pk}", reason=text[:REASON_LENGTH], **about)
    return message


def write_to_author(actor: Person, post: Post, *, text: str, kind: str) -> Message:
    """Send the author of `post` a message about it, whoever that is; raise `ValidationError` where it is a guest."""
    author = Post.objects.select_related("author").get(pk=post.pk).author
    if author is None:
        permissions.require(permissions.can_moderate(actor, rules.current()))
        raise ValidationError(_NO_ACCOUNT)
    return write_to_member(actor, author, text=text, kind=kind, post=post)


@atomic_with_retry
def write_to_team(member: Person, *, text: str, conversation: Conversation | None = None) -> Message:
    """Send the moderators a message, in a conversation or in general; the same as the last one changes nothing."""
    permissions.require(permissions.can_write_to_team(member, rules.current()))
    assert isinstance(member, User)  # can_write_to_team refuses guests
    member = _locked(member)
    if conversation is not None and conversation.member_id != member.pk:
        raise PermissionDenied(_NOT_YOURS)
    _require_words(text)
    post = conversation.post if conversation is not None else None
    last = _last(member, post)
    if last is not None and not last.is_from_team and last.text == text.strip():
        return last

    message = conversations.hear(member, text, post=post)
    events.record("team.written_to", actor=member, post=post)
    return message


@atomic_with_retry
def read_conversation(member: Person, conversation: Conversation) -> None:
    """Say that `member` has read what the moderators wrote there, and was told of it; again changes nothing."""
    member = _its_member(member, conversation)
    _read_lines(member, conversation)
    member = _locked(member)
    unread = conversation.messages.filter(is_from_team=True, read_at=None, withdrawn_at=None)
    if unread.update(read_at=timezone.now()):
        conversations.recount(member)


@atomic_with_retry
def acknowledge_warning(member: Person, message: Message) -> Message:
    """Say that `member` has read a warning, so that they can write again; again changes nothing."""
    member = _its_member(member, message.conversation)
    _read_lines(member, message.conversation)
    member = _locked(member)
    message = Message.objects.select_related("conversation").get(pk=message.pk)
    if message.kind != MessageKind.WARNING or message.acknowledged_at is not None:
        return message

    message.acknowledged_at = timezone.now()
    message.read_at = message.read_at or message.acknowledged_at
    message.save(update_fields=["acknowledged_at", "read_at"])
    conversations.recount(member)
    events.record("warning.acknowledged", actor=member, post=message.conversation.post)
    return message


@atomic_with_retry
def note_member(actor: Person, member: User, *, text: str) -> MemberNote:
    """Keep what moderators should know of `member`; the same words by the same moderator change nothing."""
    member = _locked(member)
    permissions.require(permissions.can_write_to_member(actor, member, rules.current()))
    assert isinstance(actor, User)  # can_write_to_member refuses guests
    _require_words(text)
    note, is_new = MemberNote.objects.get_or_create(member=member, author=actor, text=text.strip(), lifted_at=None)
    if is_new:
        log.append("member.noted", actor=actor, member=member, thing=f"note:{note.pk}", reason=text[:REASON_LENGTH])
    return note


@atomic_with_retry
def lift_note(actor: Person, note: MemberNote) -> MemberNote:
    """Say that a note holds no longer; one that was lifted stays as it is."""
    member = _locked(note.member)
    permissions.require(permissions.can_write_to_member(actor, member, rules.current()))
    note = MemberNote.objects.get(pk=note.pk)
    if note.lifted_at is None:
        note.lifted_at = timezone.now()
        note.save(update_fields=["lifted_at"])
        log.append("member.note_lifted", actor=actor, member=member, thing=f"note:{note.pk}")
    return note


def _locked(member: User) -> User:
    return conversations.lock([member.pk])[member.pk]


def _its_member(person: Person, conversation: Conversation) -> User:
    if not isinstance(person, User) or conversation.member_id != person.pk:
        raise PermissionDenied(_NOT_YOURS)
    return person


def _read_lines(member: User, conversation: Conversation) -> None:
    """Say that `member` has read the lines of their inbox about a conversation; before the member is locked."""
    inboxes.read(Bundle.objects.filter(subject=f"conversation:{conversation.pk}"), member)


def _require_words(text: str) -> None:
    if not text.strip():
        raise ValidationError({"text": "Write a few words."})


def _last(member: User, post: Post | None) -> Message | None:
    """Return what was said last in the conversation, by which a form sent twice is known."""
    said = Message.objects.filter(conversation__member=member, conversation__post=post, withdrawn_at=None)
    return said.select_related("author").order_by("-pk").first()
