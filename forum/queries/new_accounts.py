"""New accounts, for the team: what each did, and which of them come from one address."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from accounts.choices import Role
from accounts.models import User
from forum.bylines import Byline, member_byline
from forum.choices import FlagState, PostStatus
from forum.limits import ACCOUNTS_A_PAGE
from forum.models import Person, Post, Trace
from forum.queries.paging import Page, Place, Tab, get_page, with_query
from forum.queries.team_member import team_path

_PATH = "/moderation/accounts/"
_DAYS = {"": ("The last week", 7), "day": ("The last day", 1), "month": ("The last month", 30)}


@dataclass(frozen=True)
class AccountRow:
    """One new account. Anonymous posts count nowhere here: a number would tell whose they are."""

    id: int
    byline: Byline
    path: str
    joined_at: datetime
    posts: int
    removed: int
    reports: int
    neighbours: int
    is_suspended: bool


@dataclass(frozen=True)
class NewAccounts:
    """One page of the list; `is_chosen` where all of it comes ticked."""

    page: Page[AccountRow]
    tabs: tuple[Tab, ...]
    url: str
    choose_url: str
    is_chosen: bool


def get_new_accounts(viewer: Person, *, days: str, choose: str, place: Place) -> NewAccounts:
    """Return a page of the members who joined lately, newest first; four queries, however many there are."""
    days = days if days in _DAYS else ""
    url = with_query(_PATH, days=days)
    since = timezone.now() - timedelta(days=_DAYS[days][1])
    members: QuerySet[User] = User.objects.open().filter(date_joined__gte=since, role=Role.MEMBER, is_active=True)
    page = get_page(members, ("-pk",), ACCOUNTS_A_PAGE, place, url)
    found = members.in_bulk(list(page.rows)) if page.rows else {}
    posts, neighbours = _posts(page.rows), _neighbours(page.rows)
    rows = [
        AccountRow(
            id=pk,
            byline=member_byline(found[pk], viewer),
            path=team_path(found[pk]),
            joined_at=found[pk].date_joined,
            neighbours=neighbours.get(pk, 0),
            is_suspended=found[pk].is_suspended,
            **posts.get(pk, {"posts": 0, "removed": 0, "reports": 0}),
        )
        for pk in page.rows
        if pk in found
    ]
    tabs = tuple(Tab(label, with_query(_PATH, days=name), name == days) for name, (label, _) in _DAYS.items())
    here = {"days": days, "older": place.older, "newer": place.newer}
    return NewAccounts(page.with_rows(rows), tabs, url, with_query(_PATH, **here, choose="all"), choose == "all")


def _posts(ids: tuple[int, ...]) -> dict[int, dict[str, int]]:
    mine = Post.objects.listed().filter(author__in=ids).order_by()
    counted = mine.values("author").annotate(
        posts=Count("pk", distinct=True),
        removed=Count("pk", filter=Q(status__in=(PostStatus.HIDDEN, PostStatus.DELETED)), distinct=True),
        reports=Count("flags", filter=Q(flags__state=FlagState.OPEN), distinct=True),
    )
    rows = counted.values_list("author", "posts", "removed", "reports")
    return {
        author or 0: {"posts": posted, "removed": removed, "reports": reports}
        for author, posted, removed, reports in rows
    }


def _neighbours(ids: tuple[int, ...]) -> dict[int, int]:
    """Return how many other members each shares an address with, by what they did openly; which one stays unsaid."""
    traces = Trace.objects.listed()
    shared = traces.filter(address__in=traces.filter(member__in=ids).values("address"))
    users: dict[str, set[int]] = defaultdict(set)
    for address, member_id in shared.exclude(member=None).values_list("address", "member_id").distinct():
        users[address].add(member_id or 0)
    return {pk: len(set().union(*(them for them in users.values() if pk in them)) - {pk}) for pk in ids}
