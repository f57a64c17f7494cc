"""What happened with one member, newest first, as the team sees it; nothing of anonymous posts is ever in it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from heapq import nlargest
from typing import TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import Http404

from accounts.models import User
from forum.bylines import member_byline
from forum.choices import MessageKind, RemovalKind
from forum.dates import day
from forum.models import Flag, LogEntry, MemberNote, Message, Person, Post, Removal, Suspension
from forum.queries.paging import NO_SUCH_PAGE, Tab, with_query
from forum.queries.question_place import question_place
from forum.queries.team_member import named_conversations, team_path

Row = TypeVar("Row", bound=Model)

MOMENTS_A_PAGE = 40
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_ICONS = {MessageKind.CARE: "buoy", MessageKind.WARNING: "alert"}
# What stands in the timeline by a row of its own.
_TOLD_BY_ROWS = (
    *("member.noted", "member.note_lifted", "member.note_returned", "member.suspended", "member.suspension_lifted"),
    *("member.warned", "member.cared_for", "member.written_to", "member.message_withdrawn"),
    *("member.message_returned", "post.hidden", "post.deleted", "post.held", "flag.upheld", "flag.declined"),
)
_TOLD_BY_OTHERS = (MessageKind.SUSPENSION, MessageKind.OUTCOME)  # messages that only say what another row says


@dataclass(frozen=True)
class Moment:
    """One thing that happened: by whom, where to read on, and whether it applies no longer (`over`)."""

    at: datetime
    icon: str
    title: str
    text: str = ""
    who: str = ""
    path: str = ""
    place: str = ""
    state: str = ""
    over: str = ""
    number: int | None = None


@dataclass(frozen=True)
class Timeline:
    """One page of the moments of a member, the newest first."""

    tabs: tuple[Tab, ...]
    moments: tuple[Moment, ...]
    older_url: str
    newer_url: str


def get_timeline(member: User, viewer: Person, *, show: str, before: str) -> Timeline:
    """Return what happened with `member` before a moment, of one kind or of every kind; as many queries each time."""
    url = team_path(member)
    wanted = show if show in _SOURCES else ""
    sources = [_SOURCES[wanted][1]] if wanted else [find for _, find in _SOURCES.values()]
    until = _read(before)
    found = [moment for find in sources for moment in find(member, viewer, until)]
    moments = nlargest(MOMENTS_A_PAGE, found, key=lambda moment: moment.at)
    if len(moments) < len(found):  # whatever happened in the same instant stays on one page
        moments += [each for each in found if each.at == moments[-1].at and each not in moments]
    has_more = len(moments) < len(found)
    older = with_query(url, show=wanted, before=_write(moments[-1].at)) if has_more else ""
    labels = [("", "Everything"), *((name, label) for name, (label, _) in _SOURCES.items())]
    return Timeline(
        tabs=tuple(Tab(label, with_query(url, show=name), name == wanted) for name, label in labels),
        moments=tuple(moments),
        older_url=older,
        newer_url=with_query(url, show=wanted) if before else "",
    )


def named_posts(member: User, prefix: str = "post") -> Q:
    """Return the condition that a row is about a post that `member` wrote under their name."""
    return Q(**{f"{prefix}__author": member, f"{prefix}__is_anonymous": False})


def _notes(member: User, viewer: Person, until: datetime) -> list[Moment]:
    rows = MemberNote.objects.filter(member=member, created_at__lt=until).select_related("author")
    return [
        Moment(
            at=row.created_at,
            icon="edit",
            title="Note for the team",
            text=row.text,
            who=_name(row.author, viewer),
            over="No longer applies" if row.lifted_at else "",
        )
        for row in _newest(rows)
    ]


def _messages(member: User, viewer: Person, until: datetime) -> list[Moment]:
    said = Message.objects.filter(conversation__in=named_conversations(member), created_at__lt=until)
    rows = _newest(said.exclude(kind__in=_TOLD_BY_OTHERS).select_related("author", "conversation"))
    numbers = _numbers(member, rows)
    return [
        Moment(
            at=row.created_at,
            icon=_ICONS.get(MessageKind(row.kind), "mail"),
            title=str(row.get_kind_display()) if row.is_from_team else "Wrote to the moderators",
            text=row.text,
            who=_name(row.author, viewer) if row.is_from_team else "",
            path=f"/moderation/messages/{row.conversation_id}/#m{row.pk}",
            place="Read the conversation",
            state=_state_of(row),
            over="Withdrawn" if row.withdrawn_at else "",
            number=None if row.withdrawn_at else numbers.get(f"message:{row.pk}"),
        )
        for row in rows
    ]


def _suspensions(member: User, viewer: Person, until: datetime) -> list[Moment]:
    rows = Suspension.objects.filter(member=member, created_at__lt=until).select_related("actor", "lifted_by")
    return [
        Moment(
            at=row.created_at,
            icon="hourglass",
            title=f"Suspended until {day(row.until)}: {str(row.get_ability_display()).lower()}",
            text=row.reason,
            who=_name(row.actor, viewer),
            over=f"Lifted by {_name(row.lifted_by, viewer)}" if row.lifted_at else "",
        )
        for row in _newest(rows)
    ]


def _reports_made(member: User, viewer: Person, until: datetime) -> list[Moment]:
    rows = Flag.objects.filter(reporter=member, created_at__lt=until).select_related("reason", "post__question")
    return [_report(row, viewer, title=f"Reported: {row.reason.label}") for row in _newest(rows)]


def _reports_on(member: User, viewer: Person, until: datetime) -> list[Moment]:
    theirs = Flag.objects.filter(named_posts(member) | Q(member=member), created_at__lt=until)
    rows = _newest(theirs.select_related("reason", "reporter", "post__question"))
    return [
        _report(row, viewer, title=f"Was reported: {row.reason.label}", who=_name(row.reporter, viewer)) for row in rows
    ]


def _removals(member: User, viewer: Person, until: datetime) -> list[Moment]:
    rows = Removal.objects.filter(named_posts(member), created_at__lt=until)
    moments = []
    for row in _newest(rows.select_related("actor", "post__question")):
        place, path = _place(row.post, viewer)
        who = "They themselves" if row.kind == RemovalKind.WITHDRAWN else _name(row.actor, viewer)
        over = "Undone since" if row.lifted_at else ""
        label = str(RemovalKind(row.kind).label)
        title = f"{row.post.get_kind_display()}: {label[0].lower()}{label[1:]}"
        moments.append(Moment(row.created_at, "eye-off", title, row.reason, who, path, place, over=over))
    return moments


def _log(member: User, viewer: Person, until: datetime) -> list[Moment]:
    about = LogEntry.objects.filter(Q(member=member) | named_posts(member), created_at__lt=until)
    about = about.exclude(post__is_anonymous=True)
    rows = about.exclude(verb__in=_TOLD_BY_ROWS).select_related("actor", "text", "post__question")
    moments = []
    for row in _newest(rows):
        place, path = _place(row.post, viewer) if row.post is not None else ("", "")
        title = row.verb.replace(".", " ").replace("_", " ").capitalize()
        moments.append(Moment(row.created_at, "shield", title, row.text.reason, _name(row.actor, viewer), path, place))
    return moments


_Source = Callable[[User, Person, datetime], list[Moment]]
_SOURCES: dict[str, tuple[str, _Source]] = {
    "notes": ("Notes", _notes),
    "messages": ("Messages", _messages),
    "suspensions": ("Suspensions", _suspensions),
    "reports": ("Their reports", _reports_made),
    "reported": ("Reports about them", _reports_on),
    "posts": ("Posts taken down", _removals),
    "log": ("Other actions", _log),
}


def _newest(rows: QuerySet[Row]) -> list[Row]:
    """Return the newest rows, one more than a page holds."""
    return list(rows.order_by("-created_at", "-pk")[: MOMENTS_A_PAGE + 1])


def _numbers(member: User, messages: Iterable[Message]) -> dict[str, int]:
    """Return the acts by which messages were sent, so that they can be taken back; one query."""
    posts = {message.conversation.post_id for message in messages if message.conversation.post_id}
    about = Q(member=member) | Q(post__in=posts)
    things = [f"message:{message.pk}" for message in messages]
    acts = LogEntry.objects.filter(about, thing__in=things, undoes=None, undone_by=None)
    return dict(acts.values_list("thing", "number"))


def _report(row: Flag, viewer: Person, *, title: str, who: str = "") -> Moment:
    place, path = _place(row.post, viewer) if row.post is not None else ("", "")
    said = " ".join(filter(None, (row.text, row.outcome and f"Decision: {row.outcome}")))
    state = str(row.get_state_display())
    return Moment(row.created_at, "flag", title, said, who, path, place, state)


def _place(post: Post, viewer: Person) -> tuple[str, str]:
    """Return what the post stands below, and its address."""
    place = question_place(post, viewer)
    path = place.path if post.is_question or not place.path else f"{place.path}#{post.anchor}"
    return place.title, path


def _name(member: User | None, viewer: Person) -> str:
    return member_byline(member, viewer).name if member is not None else "The site"


def _state_of(message: Message) -> str:
    if message.withdrawn_at is None and message.kind == MessageKind.WARNING and message.is_from_team:
        return "They have read it" if message.acknowledged_at else "Not read yet"
    return ""


def _write(at: datetime) -> str:
    return str((at - _EPOCH) // _MICROSECOND)


def _read(before: str) -> datetime:
    """Return the moment an address names, or one that lies ahead; raise `Http404` for anything else."""
    if not before:
        return datetime(9999, 1, 1, tzinfo=UTC)
    try:
        return _EPOCH + timedelta(microseconds=int(before[:20]))
    except (ValueError, OverflowError):
        raise Http404(NO_SUCH_PAGE) from None
