"""What a line says of something that happened, and where it leads: the same in inboxes, mails and summaries."""

from forum import bylines
from forum.choices import NotificationKind, PostKind
from forum.models import Event, Person, Post

# Whom a sentence names: whoever wrote the post it leads to.
BY_ITS_AUTHOR = frozenset(
    {
        *(NotificationKind.ANSWERED, NotificationKind.COMMENTED, NotificationKind.REPLIED, NotificationKind.MENTIONED),
        *(NotificationKind.NEW_ANSWER, NotificationKind.NEW_QUESTION),
    }
)
_OF_SUGGESTIONS = frozenset({NotificationKind.SUGGESTED, NotificationKind.DECIDED})
_OF_CONVERSATIONS = frozenset({NotificationKind.MESSAGE, NotificationKind.REPORTED})


def case_path(number: str) -> str:
    """Return where moderators look at the case of that number."""
    return f"/moderation/?case={number}" if number.isdecimal() else "/moderation/"


def name_in_line(kind: str, event: Event | None, post: Post | None, reader: Person) -> str:
    """Return who did the one thing a line tells of, as `reader` may know; load the event's actor.

    By the byline of the post, so that who is anonymous stays so; beside an anonymous author no editor is named.
    """
    if post is None:
        return ""
    if kind in BY_ITS_AUTHOR:
        return bylines.byline(post, reader).name
    if event is None or event.actor is None:
        return ""
    if kind == NotificationKind.EDITED and not post.is_anonymous:
        editor = bylines.editor_byline(post, reader)
        return editor.name if editor and post.edited_by_id == event.actor_id else ""
    return bylines.member_byline(event.actor, reader).name if kind == NotificationKind.SUGGESTED else ""


def post_kind_in_line(kind: str, post: Post | None) -> str:
    """Return the kind of the reader's own post, or of the new one where the sentence is about that."""
    if post is None:
        return ""
    if kind == NotificationKind.COMMENTED:
        return post.parent.kind if post.parent else PostKind.QUESTION
    return post.kind


def detail_in_line(kind: str, event: Event | None, *, closed_because: str = "") -> str:
    """Return what else the sentence tells (`tellings.telling`), as it was when it happened; why it is closed as now."""
    if kind == NotificationKind.CLOSED:
        return closed_because
    if event is None:
        return ""
    if kind == NotificationKind.VOTED:
        return str(event.data.get("ups", ""))
    if kind == NotificationKind.POINTS:
        return f"{event.data.get('points', 0):,}"
    return event.verb.partition(".")[2] if kind == NotificationKind.DECIDED else ""


def path_of_line(kind: str, event: Event | None, post: Post | None, *, subject: str) -> str:
    """Return where a line leads that leads elsewhere than to `post` itself; numbers alone, as addresses tell things.

    `subject` is its bundle's; without one a message is found among all of them. `post` is there for who may read it.
    """
    if kind in _OF_CONVERSATIONS:
        number = subject.removeprefix("conversation:")
        return f"/messages/{number}/" if number.isdecimal() else "/messages/"
    if kind == NotificationKind.POINTS:
        return "/privileges/"
    if kind == NotificationKind.URGENT:
        return case_path(subject.removeprefix("case:"))
    if post is None or event is None:
        return ""
    suggestion = event.data.get("suggestion")
    if kind in _OF_SUGGESTIONS and suggestion:
        return f"/suggestions/{suggestion}/"
    return f"/posts/{post.pk}/revisions/" if kind == NotificationKind.EDITED else ""
