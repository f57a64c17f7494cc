"""The inbox of a member: what they were told, a line for each thing, and the few lines that the bell shows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Subquery
from django.http import Http404
from django.utils import timezone

from accounts.models import User
from forum.choices import NotificationKind, Rhythm
from forum.limits import BELL_LINES, INBOX_A_PAGE
from forum.models import Bundle, Closure, Notification, Person, Post, Preferences
from forum.models.notifications import BundleQuerySet
from forum.queries import paging
from forum.queries.inbox_lines import InboxLine, line_of
from forum.queries.paging import Page, Place, Tab
from forum.queries.question_page import get_post_place

PATH = "/inbox/"
NOT_HERE = "There is no such item in your inbox."
_A_WEEK = 7
# What the tabs name. Every kind stands below one of them.
_GROUPS: dict[str, tuple[str, tuple[NotificationKind, ...]]] = {
    "answers": ("Answers", (NotificationKind.ANSWERED,)),
    "replies": ("Replies", (NotificationKind.COMMENTED, NotificationKind.REPLIED, NotificationKind.MENTIONED)),
    "moderators": (
        "From moderators",
        (
            *(NotificationKind.URGENT, NotificationKind.MESSAGE, NotificationKind.REPORTED),
            *(NotificationKind.CLOSED, NotificationKind.REOPENED),
        ),
    ),
    "following": ("Following", (NotificationKind.NEW_ANSWER, NotificationKind.NEW_QUESTION)),
    "yours": (
        "Your posts",
        (
            *(NotificationKind.ACCEPTED, NotificationKind.VOTED, NotificationKind.POINTS, NotificationKind.EDITED),
            *(NotificationKind.SUGGESTED, NotificationKind.DECIDED, NotificationKind.REMINDED),
        ),
    ),
}
_POST_COLUMNS_LEFT = ("body", "body_html", "excerpt")
_LATER = tuple(f"{before}{name}" for before in ("", "question__", "parent__") for name in _POST_COLUMNS_LEFT)


@dataclass(frozen=True)
class InboxView:
    """Which lines are asked for: of a group of kinds, unread ones alone, where the page begins."""

    show: str = ""
    only_unread: bool = False
    place: Place = paging.TOP


@dataclass(frozen=True)
class Day:
    """Lines of about the same time."""

    label: str
    lines: tuple[InboxLine, ...]


@dataclass(frozen=True)
class InboxPage:
    """A page of an inbox. `up_to` is the last notification it knows: "Mark all as read" reaches no further."""

    days: tuple[Day, ...]
    page: Page[InboxLine]
    tabs: tuple[Tab, ...]
    view: InboxView
    unread: int
    up_to: int
    quiet_hours: str
    summary: str
    other_state: Tab | None


@dataclass(frozen=True)
class BellList:
    """What the bell opens: the newest lines."""

    lines: tuple[InboxLine, ...]
    unread: int
    up_to: int


def get_inbox(member: User, view: InboxView) -> InboxPage:
    """Return a page of the inbox of `member`; five queries, whatever stands there. 404 for an unknown group."""
    if view.show and view.show not in _GROUPS:
        raise Http404(paging.NO_SUCH_PAGE)
    lines = Bundle.objects.of(member)
    if view.show:
        lines = lines.filter(kind__in=_GROUPS[view.show][1])
    if view.only_unread:
        lines = lines.unread()
    url = _url(view.show, only_unread=view.only_unread)
    ids = paging.get_page(lines, ("-latest_at", "-pk"), INBOX_A_PAGE, view.place, url)
    page = ids.with_rows(_load(ids.rows, member))
    quiet_hours, summary = _habits(member)
    return InboxPage(
        days=_by_day(page.rows),
        page=page,
        tabs=_tabs(view),
        view=view,
        unread=member.unread_notifications,
        up_to=_last_told(member),
        quiet_hours=quiet_hours,
        summary=summary,
        other_state=_other_state(view),
    )


def get_bell_list(member: User) -> BellList:
    """Return the newest lines of `member`; five queries."""
    newest = Bundle.objects.of(member).order_by("-latest_at", "-pk")
    ids = list(newest.values_list("pk", flat=True)[:BELL_LINES])
    return BellList(lines=_load(ids, member), unread=count_unread(member), up_to=_last_told(member))


def get_line(bundle_id: int, member: Person) -> InboxLine:
    """Return one line of `member`; raise `Http404` for anybody else's. Two queries."""
    found = _load([_own(bundle_id, member).pk], member)
    if not found:
        raise Http404(NOT_HERE)
    return found[0]


def get_line_place(bundle_id: int, member: Person) -> str:
    """Return the address that a line of `member` leads to, with its anchor; empty where they may not read it now."""
    bundle = _own(bundle_id, member)
    posts = _posts([bundle], member)
    line = line_of(bundle, posts, member)
    if line.path or line.post is None:
        return line.path
    return get_post_place(line.post, viewer=member) if line.leads else ""


def count_unread(member: Person) -> int:
    """Return how many lines `member` has not read, as it is now; the member at hand may be older."""
    return int(User.objects.values_list("unread_notifications", flat=True).get(pk=member.pk))


def _own(bundle_id: int, member: Person) -> Bundle:
    bundle = _told(Bundle.objects.filter(recipient=member.pk, count__gt=0)).filter(pk=bundle_id).first()
    if bundle is None:
        raise Http404(NOT_HERE)
    return bundle


def _load(ids: Sequence[int], member: Person) -> tuple[InboxLine, ...]:
    """Return these lines in their order; two queries."""
    bundles = _told(Bundle.objects.all()).in_bulk(list(ids))
    posts = _posts(bundles.values(), member)
    return tuple(line_of(bundles[pk], posts, member) for pk in ids if pk in bundles)


def _told(bundles: BundleQuerySet) -> BundleQuerySet:
    """Add what a line is told by: the first post it is about, and why its question was closed."""
    standing = Notification.objects.standing().filter(bundle=OuterRef("pk")).order_by("pk")
    closed = Closure.objects.filter(question=OuterRef("post"), lifted_at=None).order_by("-pk")
    return bundles.select_related("latest_event__actor").annotate(
        first_post_id=Subquery(standing.values("post")[:1]), closed_because=Subquery(closed.values("reason__label")[:1])
    )


def _posts(bundles: Iterable[Bundle], member: Person) -> dict[int, Post]:
    """Return of the posts that lines are about those that `member` may read."""
    ids = {pk for bundle in bundles for pk in (bundle.first_post_id, bundle.post_id) if pk}  # type: ignore[attr-defined]
    readable = Post.objects.visible_to(member).with_author().select_related("question", "parent").defer(*_LATER)
    return readable.in_bulk(ids)


def _last_told(member: User) -> int:
    told = Notification.objects.filter(recipient=member.pk).order_by("-pk")
    return told.values_list("pk", flat=True).first() or 0


def _by_day(lines: Sequence[InboxLine]) -> tuple[Day, ...]:
    today = timezone.localdate()
    found: dict[str, list[InboxLine]] = {}
    for line in lines:
        found.setdefault(_day(line.latest_at, today.toordinal()), []).append(line)
    return tuple(Day(label, tuple(of_day)) for label, of_day in found.items())


def _day(moment: datetime, today: int) -> str:
    """Return the heading a line stands under; a week is the last seven days, so that Mondays have one too."""
    days = today - timezone.localdate(moment).toordinal()
    if days <= 0:
        return "Today"
    return "Earlier this week" if days < _A_WEEK else "Earlier"


def _tabs(view: InboxView) -> tuple[Tab, ...]:
    groups = [Tab(label, _url(key), is_current=view.show == key) for key, (label, _) in _GROUPS.items()]
    return (
        Tab("All", PATH, is_current=not view.show and not view.only_unread),
        Tab("Unread", _url("", only_unread=True), is_current=not view.show and view.only_unread),
        *groups,
    )


def _other_state(view: InboxView) -> Tab | None:
    """Return the way between all lines of a group and its unread ones."""
    if not view.show:
        return None
    label = "Show read ones too" if view.only_unread else "Show unread ones only"
    return Tab(label, _url(view.show, only_unread=not view.only_unread), is_current=False)


def _url(show: str, *, only_unread: bool = False) -> str:
    return paging.with_query(PATH, show=show, state="unread" if only_unread else "")


def _habits(member: User) -> tuple[str, str]:
    """Say when `member` gets no mail, and how often a summary."""
    chosen = Preferences.objects.filter(pk=member.pk).first() or Preferences(member=member)
    quiet = ""
    if chosen.quiet_from is not None and chosen.quiet_until is not None:
        quiet = f"No emails between {chosen.quiet_from:%H:%M} and {chosen.quiet_until:%H:%M}"
    summary = str(Rhythm(chosen.rhythm).label)
    if chosen.rhythm != Rhythm.NEVER:
        summary = f"{summary}, at {chosen.digest_hour:02}:00"
    return quiet or "No quiet hours", summary
