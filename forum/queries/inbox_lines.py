"""One line of an inbox: what happened in a sentence, told only as far as its reader may read what it is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import User
from forum import bylines
from forum.choices import NotificationKind
from forum.models import Person, Post
from forum.queries.question_place import question_place
from forum.tellings import telling

# Whom a sentence names: whoever wrote the post it leads to.
_BY_ITS_AUTHOR = frozenset(
    {
        *(NotificationKind.ANSWERED, NotificationKind.COMMENTED, NotificationKind.REPLIED, NotificationKind.MENTIONED),
        *(NotificationKind.NEW_ANSWER, NotificationKind.NEW_QUESTION),
    }
)
_TINTS: dict[str, str] = {
    NotificationKind.ANSWERED: "leaf",
    NotificationKind.ACCEPTED: "leaf",
    NotificationKind.VOTED: "clay",
    NotificationKind.COMMENTED: "brand",
    NotificationKind.REPLIED: "brand",
    NotificationKind.MENTIONED: "brand",
    NotificationKind.NEW_ANSWER: "honey",
    NotificationKind.NEW_QUESTION: "honey",
    NotificationKind.POINTS: "honey",
    NotificationKind.EDITED: "fill",
    NotificationKind.SUGGESTED: "fill",
    NotificationKind.DECIDED: "fill",
}
_OF_THE_TEAM = "dusk"


@dataclass(frozen=True)
class InboxLine:
    """One line. `path` is where it leads when that is no post; with neither a path nor a post it leads nowhere."""

    id: int
    icon: str
    tint: str
    before: str
    strong: str
    after: str
    latest_at: datetime
    is_unread: bool
    path: str
    post: Post | None
    name: str = ""  # of whoever did it, where `before` begins with that

    @property
    def act(self) -> str:
        """What `before` says after the name, which stands out as the title does."""
        return self.before.removeprefix(self.name)

    @property
    def leads(self) -> bool:
        """Whether there is something to open."""
        return bool(self.path) or self.post is not None


def line_of(bundle: Any, posts: Mapping[int, Post], reader: Person) -> InboxLine:
    """Return `bundle` (loaded by `inbox.py`) as a line; `posts` are those of its posts that `reader` may read."""
    post = posts.get(bundle.first_post_id) or posts.get(bundle.post_id)
    place = question_place(post, reader) if post is not None else None
    is_readable = place is not None and bool(place.path)
    name = _name(bundle, post, reader)
    said = telling(
        bundle.kind,
        count=bundle.count,
        name=name,
        title=place.title if place is not None and is_readable else "",
        post_kind=_post_kind(bundle.kind, post),
        detail=_detail(bundle, post),
    )
    path = _path(bundle, post if is_readable else None, reader)
    return InboxLine(
        id=bundle.pk,
        icon=said.icon,
        tint=_TINTS.get(bundle.kind, _OF_THE_TEAM),
        before=said.before,
        strong=said.strong,
        after=said.after,
        latest_at=bundle.latest_at,
        is_unread=bundle.read_at is None,
        path=path,
        post=post if is_readable and not path else None,
        name=name if said.before.startswith(name) else "",
    )


def _name(bundle: Any, post: Post | None, reader: Person) -> str:
    """Return whom a line about one thing names: by the byline of the post, so that who is anonymous stays so.

    Of several nobody is named: how many different people they are would tell whether two anonymous ones are the same.
    """
    event = bundle.latest_event
    if post is None or bundle.count != 1:
        return ""
    if bundle.kind in _BY_ITS_AUTHOR:
        # Out of sight, a new post leaves its place to the one it stands below, which somebody else wrote.
        return bylines.byline(post, reader).name if post.pk == bundle.first_post_id else ""
    if event is None or event.actor is None:
        return ""
    if bundle.kind == NotificationKind.EDITED and not post.is_anonymous:
        editor = bylines.editor_byline(post, reader)
        return editor.name if editor and post.edited_by_id == event.actor_id else ""
    return bylines.member_byline(event.actor, reader).name if bundle.kind == NotificationKind.SUGGESTED else ""


def _post_kind(kind: str, post: Post | None) -> str:
    """Return the kind of the reader's own post, or of the new one where the sentence is about that."""
    if post is None:
        return ""
    return post.parent.kind if kind == NotificationKind.COMMENTED and post.parent else post.kind


def _detail(bundle: Any, post: Post | None) -> str:
    if bundle.kind == NotificationKind.VOTED:
        return str(post.up_count or "") if post is not None else ""
    if bundle.kind == NotificationKind.POINTS:
        return f"{_number(bundle):,}"
    if bundle.kind == NotificationKind.CLOSED:
        return str(bundle.closed_because or "")
    if bundle.kind == NotificationKind.DECIDED and bundle.latest_event is not None:
        return str(bundle.latest_event.verb).partition(".")[2]
    return ""


def _path(bundle: Any, post: Post | None, reader: Person) -> str:
    """Return where a line leads that is not to be read in a post's place; `post` is there for whoever may read it."""
    if bundle.subject.startswith("conversation:"):
        return f"/messages/{_number(bundle)}/"
    if bundle.kind == NotificationKind.POINTS and isinstance(reader, User):
        return f"{reader.get_absolute_url()}points/"
    if bundle.kind == NotificationKind.REPORTED:
        return "/reports/"
    if post is None or bundle.latest_event is None:
        return ""
    suggestion = bundle.latest_event.data.get("suggestion")
    if bundle.kind in {NotificationKind.SUGGESTED, NotificationKind.DECIDED} and suggestion:
        return f"/suggestions/{suggestion}/"
    return f"/posts/{post.pk}/revisions/" if bundle.kind == NotificationKind.EDITED else ""


def _number(bundle: Any) -> int:
    number = bundle.subject.partition(":")[2]
    return int(number) if number.isdecimal() else 0
