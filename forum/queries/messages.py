"""What a member and the moderators said to each other, as the member sees it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.http import Http404

from forum import plaintext
from forum.bylines import Byline
from forum.choices import MessageKind
from forum.limits import EXCERPT_LENGTH
from forum.models import Conversation, Message, Person, Post
from forum.queries import paging
from forum.queries.paging import Page, Place
from forum.queries.question_place import question_place

CONVERSATIONS_A_PAGE = 20
MESSAGES_A_PAGE = 50
IN_GENERAL = "You and the moderators"
NOT_HERE = "There is no such conversation here."
_TITLE_LENGTH = 90
_SHOWN = Q(withdrawn_at=None)


@dataclass(frozen=True)
class ConversationRow:
    """One conversation as a line of a list; `byline` is for the team alone."""

    path: str
    title: str
    excerpt: str
    kind: str
    is_from_team: bool
    last_at: datetime
    unread: int = 0
    must_acknowledge: bool = False
    awaits_team: bool = False
    byline: Byline | None = None


@dataclass(frozen=True)
class MessageRow:
    """One message. To a member every moderator is "The moderators"."""

    id: int
    kind: str
    label: str
    is_from_team: bool
    who: str
    text: str
    created_at: datetime
    must_acknowledge: bool
    acknowledged_at: datetime | None
    is_withdrawn: bool = False


@dataclass(frozen=True)
class ConversationPage:
    """One conversation as its member reads it, the oldest message of the page first."""

    id: int
    path: str
    title: str
    post_path: str
    page: Page[MessageRow]
    unread: int


@dataclass(frozen=True)
class Loaded:
    """A conversation with what its line in a list is made of."""

    conversation: Conversation
    last: Message
    unread: int
    warnings: int


def get_conversation_list(member: Person, place: Place) -> Page[ConversationRow]:
    """Return a page of the conversations of `member`, the last used first; three queries."""
    own = standing().filter(member=member.pk)
    page = paging.get_page(own, ("-last_message_at", "-pk"), CONVERSATIONS_A_PAGE, place, "/messages/")
    found = load(page.rows)
    return page.with_rows([_row(found[pk], member) for pk in page.rows if pk in found])


def get_conversation(conversation_id: int, member: Person) -> Conversation:
    """Return a conversation of `member`; raise `Http404` for anybody else's."""
    own = standing().filter(member=member.pk, pk=conversation_id)
    conversation = own.select_related("post__question").first()
    if conversation is None:
        raise Http404(NOT_HERE)
    return conversation


def get_conversation_page(conversation: Conversation, member: Person, place: Place) -> ConversationPage:
    """Return a page of a conversation of `member`, with three queries."""
    path = f"/messages/{conversation.pk}/"
    page, messages = message_page(conversation, place, path, _SHOWN)
    title, post_path = title_of(conversation.post, member)
    rows = [row_of(each, who="The moderators" if each.is_from_team else "You") for each in messages]
    return ConversationPage(
        id=conversation.pk,
        path=path,
        title=title,
        post_path=post_path,
        page=page.with_rows(rows),
        unread=Message.objects.filter(_SHOWN, conversation=conversation, is_from_team=True, read_at=None).count(),
    )


def get_message(message_id: int, conversation: Conversation) -> Message:
    """Return a message of the team that its member may read; else raise `Http404`."""
    messages = Message.objects.filter(_SHOWN, conversation=conversation, is_from_team=True)
    message = messages.select_related("conversation").filter(pk=message_id).first()
    if message is None:
        raise Http404(NOT_HERE)
    return message


def standing() -> QuerySet[Conversation]:
    """Return the conversations in which something stands that was not taken back."""
    return Conversation.objects.filter(Exists(Message.objects.filter(_SHOWN, conversation=OuterRef("pk"))))


def load(ids: Iterable[int]) -> dict[int, Loaded]:
    """Return conversations with their people, posts, counts and last messages; two queries."""
    shown = Message.objects.filter(_SHOWN, conversation=OuterRef("pk"))
    team = Q(messages__is_from_team=True, messages__withdrawn_at=None)
    warned = team & Q(messages__kind=MessageKind.WARNING, messages__acknowledged_at=None)
    found = (
        Conversation.objects.select_related("member", "post__author", "post__question")
        .annotate(
            unread=Count("messages", filter=team & Q(messages__read_at=None)),
            warnings=Count("messages", filter=warned),
            last_id=Subquery(shown.order_by("-pk").values("pk")[:1]),
        )
        .in_bulk(list(ids))
    )
    last = Message.objects.in_bulk([each.last_id for each in found.values()])
    return {pk: Loaded(each, last[each.last_id], each.unread, each.warnings) for pk, each in found.items()}


def message_page(conversation: Conversation, place: Place, path: str, condition: Q) -> tuple[Page[int], list[Message]]:
    """Return a page of the messages that fit, the latest first, and its messages from old to new; two queries."""
    fitting = Message.objects.filter(condition, conversation=conversation)
    page = paging.get_page(fitting, ("-pk",), MESSAGES_A_PAGE, place, path)
    found = Message.objects.select_related("author").in_bulk(page.rows)
    return page, [found[pk] for pk in reversed(page.rows) if pk in found]


def title_of(post: Post | None, viewer: Person) -> tuple[str, str]:
    """Return what a conversation is called, and where its post stands if `viewer` may read it there."""
    if post is None:
        return IN_GENERAL, ""
    place = question_place(post, viewer)
    title = f"{post.get_kind_display()}: {plaintext.cut_words(place.title, _TITLE_LENGTH)}"
    return title, place.path if post.is_question or not place.path else f"{place.path}#{post.anchor}"


def row_of(message: Message, *, who: str) -> MessageRow:
    """Return one message as a page shows it."""
    is_warning = message.kind == MessageKind.WARNING and message.is_from_team
    return MessageRow(
        id=message.pk,
        kind=message.kind,
        label=str(message.get_kind_display()),
        is_from_team=message.is_from_team,
        who=who,
        text=message.text,
        created_at=message.created_at,
        must_acknowledge=is_warning and message.acknowledged_at is None and message.withdrawn_at is None,
        acknowledged_at=message.acknowledged_at,
        is_withdrawn=message.withdrawn_at is not None,
    )


def excerpt_of(message: Message) -> str:
    """Return the beginning of a message."""
    return plaintext.cut_words(" ".join(message.text.split()), EXCERPT_LENGTH)


def _row(loaded: Loaded, member: Person) -> ConversationRow:
    return ConversationRow(
        path=f"/messages/{loaded.conversation.pk}/",
        title=title_of(loaded.conversation.post, member)[0],
        excerpt=excerpt_of(loaded.last),
        kind=loaded.last.kind,
        is_from_team=loaded.last.is_from_team,
        last_at=loaded.last.created_at,
        unread=loaded.unread,
        must_acknowledge=loaded.warnings > 0,
    )
