"""What members and the moderators said to each other, as the team sees it: about an anonymous post, by its alias."""

from dataclasses import dataclass
from urllib.parse import quote

from django.db.models import Q
from django.http import Http404

from forum.bylines import ANONYMOUS_AVATAR, Byline, byline, member_byline
from forum.models import Conversation, Message, Person
from forum.queries import paging
from forum.queries.messages import (
    CONVERSATIONS_A_PAGE,
    IN_GENERAL,
    NOT_HERE,
    ConversationRow,
    Loaded,
    MessageRow,
    excerpt_of,
    load,
    message_page,
    row_of,
    standing,
    title_of,
)
from forum.queries.paging import Page, Place, Tab

_EVERYTHING = Q()


@dataclass(frozen=True)
class TeamList:
    """One page of the conversations, those that await an answer or all."""

    tabs: tuple[Tab, ...]
    page: Page[ConversationRow]
    is_all: bool


@dataclass(frozen=True)
class TeamConversation:
    """One conversation as the team reads it; without a `member_path` nobody may know whose it is."""

    id: int
    path: str
    title: str
    post_path: str
    byline: Byline
    member_path: str
    page: Page[MessageRow]


def get_team_list(viewer: Person, place: Place, *, show_all: bool) -> TeamList:
    """Return a page of the conversations that await the team, or of all, the last used first; three queries."""
    path = "/moderation/messages/"
    found = standing() if show_all else standing().filter(awaits_team=True)
    url = paging.with_query(path, show="all" if show_all else "")
    page = paging.get_page(found, ("-last_message_at", "-pk"), CONVERSATIONS_A_PAGE, place, url)
    loaded = load(page.rows)
    rows = [_row(loaded[pk], viewer) for pk in page.rows if pk in loaded]
    tabs = (
        Tab("Waiting for an answer", path, not show_all),
        Tab("All", paging.with_query(path, show="all"), show_all),
    )
    return TeamList(tabs, page.with_rows(rows), show_all)


def get_team_conversation(conversation_id: int) -> Conversation:
    """Return a conversation for the team; raise `Http404` when there is none of this number."""
    found = Conversation.objects.select_related("member", "post__author", "post__question")
    conversation = found.filter(pk=conversation_id).first()
    if conversation is None:
        raise Http404(NOT_HERE)
    return conversation


def get_team_conversation_page(conversation: Conversation, viewer: Person, place: Place) -> TeamConversation:
    """Return a page of a conversation as the team reads it, with two queries."""
    path = f"/moderation/messages/{conversation.pk}/"
    page, messages = message_page(conversation, place, path, _EVERYTHING)
    whose = whose_byline(conversation, viewer)
    title, post_path = title_of(conversation.post, viewer)
    return TeamConversation(
        id=conversation.pk,
        path=path,
        title="In general" if title == IN_GENERAL else title,
        post_path=post_path,
        byline=whose,
        member_path=f"/moderation/members/{quote(whose.name)}/" if whose.url else "",
        page=page.with_rows([row_of(each, who=_name(each, whose, viewer)) for each in messages]),
    )


def whose_byline(conversation: Conversation, viewer: Person) -> Byline:
    """Return whose conversation it is: as its post says where they wrote it, else by name.

    Next to an anonymous post no name stands at all: also who reported it is "A member".
    """
    post = conversation.post
    if post is not None and post.author_id == conversation.member_id:
        return byline(post, viewer)
    if post is not None and post.is_anonymous:
        return Byline("A member", ANONYMOUS_AVATAR, is_anonymous=True)
    return member_byline(conversation.member, viewer)


def _name(message: Message, whose: Byline, viewer: Person) -> str:
    if not message.is_from_team:
        return whose.name
    return member_byline(message.author, viewer).name if message.author else "The site"


def _row(loaded: Loaded, viewer: Person) -> ConversationRow:
    conversation, last = loaded.conversation, loaded.last
    title = title_of(conversation.post, viewer)[0]
    return ConversationRow(
        path=f"/moderation/messages/{conversation.pk}/",
        title="In general" if title == IN_GENERAL else title,
        excerpt=excerpt_of(last),
        kind=last.kind,
        is_from_team=last.is_from_team,
        last_at=last.created_at,
        awaits_team=conversation.awaits_team,
        byline=whose_byline(conversation, viewer),
    )
