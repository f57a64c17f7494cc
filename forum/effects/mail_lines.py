"""What a mail may tell its reader of what happened: read anew when it leaves, a line for each kind and thing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from django.db.models import Case, Prefetch, Q, Value, When

from accounts.models import User
from forum.choices import FollowMode, NotificationKind
from forum.effects.line_words import BY_ITS_AUTHOR, detail_in_line, name_in_line, path_of_line, post_kind_in_line
from forum.effects.subjects import Subjects, subjects_of
from forum.models import Closure, Follow, Message, Notification, Post
from forum.models.notifications import NotificationQuerySet
from forum.tellings import Telling, telling

# Of these the latest one says where things are.
_AT_THE_LATEST = (NotificationKind.SUGGESTED, NotificationKind.DECIDED)
_MOST = 300  # of so many, the most telling ones fill any mail; more would only be counted
# What matters most to whoever reads a summary comes first.
MATTERS = (
    NotificationKind.URGENT,
    NotificationKind.ANSWERED,
    NotificationKind.MENTIONED,
    NotificationKind.MESSAGE,
    NotificationKind.COMMENTED,
    NotificationKind.REPLIED,
    NotificationKind.ACCEPTED,
    NotificationKind.CLOSED,
    NotificationKind.REOPENED,
    NotificationKind.SUGGESTED,
    NotificationKind.EDITED,
    NotificationKind.DECIDED,
    NotificationKind.REPORTED,
    NotificationKind.VOTED,
    NotificationKind.POINTS,
    NotificationKind.REMINDED,
    NotificationKind.NEW_ANSWER,
    NotificationKind.NEW_QUESTION,
)


@dataclass(frozen=True)
class Line:
    """One thing that happened, `count` times; where the subject stays untold, `title` and `excerpt` are empty."""

    kind: NotificationKind
    count: int
    name: str
    post_kind: str
    detail: str
    path: str
    thread_id: int | None = None
    title: str = ""
    excerpt: str = ""
    is_neutral: bool = False
    is_own: bool = False
    score: int = 0

    @property
    def telling(self) -> Telling:
        """The sentence with the question it is about."""
        return self._telling(self.title)

    @property
    def telling_below_title(self) -> Telling:
        """The sentence as it reads below the question's title."""
        return self._telling("")

    def _telling(self, title: str) -> Telling:
        return telling(
            self.kind, count=self.count, name=self.name, title=title, post_kind=self.post_kind, detail=self.detail
        )


class _Around(NamedTuple):
    """What the lines of one mail are made with."""

    member: User
    subjects: Subjects
    closures: Mapping[int, str]


def lines_of(notifications: NotificationQuerySet, member: User) -> list[Line]:
    """Return what `member` may still be told of `notifications`, what matters most first.

    What was withdrawn, read on the site, muted since, or cannot be read by them any more, is left out.
    """
    told = _told(notifications, member)
    around = _around(told, member)
    lines: dict[tuple[object, ...], Line] = {}
    for notification in told:  # of a kind the newest first: it gives a line its words
        key = (notification.kind, notification.bundle_id or _thing(notification))
        if key not in lines:
            lines[key] = _line(notification, around)
            continue
        path = lines[key].path if notification.kind in _AT_THE_LATEST else _path(notification)
        lines[key] = replace(lines[key], count=lines[key].count + 1, path=path)  # several are read from the first on
    rank = {kind: place for place, kind in enumerate(MATTERS)}
    return sorted(lines.values(), key=lambda line: (rank[line.kind], -line.score))


def _told(notifications: NotificationQuerySet, member: User) -> list[Notification]:
    unread = notifications.standing().filter(Q(bundle=None) | Q(bundle__read_at=None), recipient=member)
    posts = Post.objects.with_author().select_related("category", "question__category", "parent")
    rank = Case(*(When(kind=kind, then=Value(place)) for place, kind in enumerate(MATTERS)))
    ordered = (
        unread.select_related("event__actor", "bundle").prefetch_related(Prefetch("post", posts)).order_by(rank, "-pk")
    )
    rows = list(ordered[:_MOST])
    ids = {row.post_id for row in rows if row.post_id is not None}
    # Not `visible_to`: a moderator reads what is hidden, and still wants no mail about it.
    listed = set(Post.objects.listed_to(member).filter(pk__in=ids).values_list("pk", flat=True))
    threads = {_thread(row.post).pk for row in rows if row.post is not None}
    muted = set(
        Follow.objects.filter(member=member, mode=FollowMode.MUTED, question__in=threads).values_list(
            "question_id", flat=True
        )
    )
    read = _read_messages(rows)
    return [row for row in rows if row.event_id not in read and _stands(row.post, member, listed, muted)]


def _stands(post: Post | None, member: User, listed: set[int], muted: set[int]) -> bool:
    if post is None:
        return True
    return (post.pk in listed or post.author_id == member.pk) and _thread(post).pk not in muted


def _read_messages(rows: Iterable[Notification]) -> set[int]:
    """Return the events of messages that were read where messages are read, or taken back."""
    told = {row.event.data["message"]: row.event_id for row in rows if "message" in row.event.data}
    unread = Message.objects.filter(pk__in=told, read_at=None, withdrawn_at=None).values_list("pk", flat=True)
    return {event_id for pk, event_id in told.items() if pk not in set(unread)} if told else set()


def _around(told: Iterable[Notification], member: User) -> _Around:
    rows = list(told)
    posts = [row.post for row in rows if row.post is not None]
    closed = [row.post_id for row in rows if row.kind == NotificationKind.CLOSED]
    closures = Closure.objects.filter(question__in=closed, lifted_at=None).select_related("reason") if closed else ()
    return _Around(member, subjects_of(posts), {closure.question_id: closure.reason.label for closure in closures})


def _line(row: Notification, around: _Around) -> Line:
    kind, post = NotificationKind(row.kind), row.post
    line = Line(
        kind,
        count=1,
        name=name_in_line(kind, row.event, post, around.member),
        post_kind=post_kind_in_line(kind, post),
        detail=detail_in_line(kind, row.event, closed_because=around.closures.get(row.post_id or 0, "")),
        path=_path(row),
    )
    if post is None:
        return line
    thread = _thread(post)
    is_neutral = around.subjects.is_untold(post)
    excerpt = post.excerpt if kind in BY_ITS_AUTHOR and not is_neutral and not post.is_being_checked else ""
    return replace(
        line,
        thread_id=thread.pk,
        title="" if is_neutral else thread.title,
        excerpt=excerpt,
        is_neutral=is_neutral,
        is_own=thread.author_id == around.member.pk,
        score=post.score if kind == NotificationKind.NEW_QUESTION else 0,
    )


def _path(row: Notification) -> str:
    """Return where it leads. Numbers alone: an address with words would tell a subject, or name an account."""
    subject = row.bundle.subject if row.bundle else ""
    path = path_of_line(row.kind, row.event, row.post, subject=subject)
    return path or (f"/{row.post.pk}/" if row.post is not None else "/inbox/")


def _thing(row: Notification) -> object:
    """Return what lines without a bundle are gathered by: the thread, the commented post, or the thing itself."""
    if row.post is None:
        return ("event", row.event_id)
    is_alone = row.kind == NotificationKind.NEW_QUESTION
    around = row.post.parent_id if row.kind == NotificationKind.COMMENTED else row.post.question_id
    return ("post", row.post_id if is_alone else around or row.post_id)


def _thread(post: Post) -> Post:
    return post.question or post
