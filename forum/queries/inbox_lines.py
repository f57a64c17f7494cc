"""One line of an inbox: what happened in a sentence, told only as far as its reader may read what it is about."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from forum.choices import NotificationKind
from forum.effects.line_words import BY_ITS_AUTHOR, detail_in_line, name_in_line, path_of_line, post_kind_in_line
from forum.models import Person, Post
from forum.queries.question_place import question_place
from forum.tellings import telling

_TINTS: dict[str, str] = {
    NotificationKind.ANSWERED: "leaf",
    NotificationKind.ACCEPTED: "leaf",
    NotificationKind.VOTED: "clay",
    NotificationKind.URGENT: "clay",
    NotificationKind.COMMENTED: "brand",
    NotificationKind.REPLIED: "brand",
    NotificationKind.MENTIONED: "brand",
    NotificationKind.NEW_ANSWER: "honey",
    NotificationKind.NEW_QUESTION: "honey",
    NotificationKind.POINTS: "honey",
    NotificationKind.REMINDED: "honey",
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
    event, readable = bundle.latest_event, post if is_readable else None
    # Of several nobody is named: how many different people they are would tell whether two anonymous ones are one. Out
    # of the reader's sight, the new post leaves its place to the one it stands below, which somebody else wrote.
    is_itself = bundle.kind not in BY_ITS_AUTHOR or bundle.first_post_id in posts
    name = name_in_line(bundle.kind, event, post, reader) if bundle.count == 1 and is_itself else ""
    said = telling(
        bundle.kind,
        count=bundle.count,
        name=name,
        title=place.title if place is not None and is_readable else "",
        post_kind=post_kind_in_line(bundle.kind, post),
        detail=detail_in_line(bundle.kind, event, closed_because=str(bundle.closed_because or "")),
    )
    path = path_of_line(bundle.kind, event, readable, subject=bundle.subject)
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
        post=None if path else readable,
        name=name if said.before.startswith(name) else "",
    )
