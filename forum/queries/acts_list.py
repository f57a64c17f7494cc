"""The log of moderation as the team reads it: newest first, by kind, person, post or month."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, Q
from django.http import Http404
from django.utils import timezone

from forum import permissions
from forum.effects import undoing
from forum.limits import ACTS_A_PAGE, Rules
from forum.models import LogEntry, Person
from forum.queries.log_words import NEEDED, Sentence, actor_of, sentence_of
from forum.queries.lookups import get_member_or_404
from forum.queries.paging import Page, Place, Tab, get_page, with_query

ADDRESS = "/moderation/acts/"

_GROUPS = {
    "": ("All", ()),
    "posts": ("Posts", ("post.", "question.")),
    "texts": ("Edits", ("revision.", "edit.")),
    "reports": ("Reports", ("flag.", "post.kept", "member.kept")),
    "appeals": ("Appeals", ("appeal.",)),
    "members": ("Members", ("member.",)),
    "accounts": ("Accounts", ("account.", "votes.", "block.")),
    "tags": ("Tags", ("tag.", "synonym.")),
    "settings": ("Settings", ("configuration.", "category.", "log.")),
}
_MONTHS_BACK = 12
_DIGITS = 18  # the longest number of a row
_NO_SUCH_LIST = "There is no such list of actions."


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to, as its address says; empty is everything."""

    kind: str = ""
    actor: str = ""
    member: str = ""
    post: str = ""
    month: str = ""


@dataclass(frozen=True)
class Act:
    """One act: what was done, why and when, who took it back, and the number to take it back by."""

    number: int
    sentence: Sentence
    actor_path: str
    reason: str
    created_at: datetime
    undone_by: str
    undo: str
    is_undo: bool


@dataclass(frozen=True)
class ActsList:
    """One page of the log, and the ways to narrow it."""

    page: Page[Act]
    kinds: tuple[Tab, ...]
    months: tuple[Tab, ...]
    chosen: tuple[Tab, ...]


def read_filters(query: Mapping[str, str]) -> Filters:
    """Read what an address asks for; raise `Http404` for what no link of ours says."""
    filters = Filters(**{name: query.get(name, "") for name in ("kind", "actor", "member", "post", "month")})
    is_post = not filters.post or (filters.post.isascii() and filters.post.isdecimal() and len(filters.post) <= _DIGITS)
    if filters.kind not in _GROUPS or not is_post:
        raise Http404(_NO_SUCH_LIST)
    return filters


def get_acts(viewer: Person, filters: Filters, place: Place, now: Rules) -> ActsList:
    """Return a page of the log, newest first; every page costs the same few queries."""
    entries = LogEntry.objects.filter(_condition(filters))
    page = get_page(entries, ("-pk",), ACTS_A_PAGE, place, _address(filters))
    undone = Prefetch("undone_by", LogEntry.objects.select_related("actor", "text"))
    found = LogEntry.objects.select_related(*NEEDED).prefetch_related(undone).in_bulk(list(page.rows))
    acts = [_act(found[number], viewer, now) for number in page.rows if number in found]
    return ActsList(page.with_rows(acts), _kinds(filters), _months(filters), _chosen(filters))


def _condition(filters: Filters) -> Q:
    condition = Q()
    for start in _GROUPS[filters.kind][1]:
        condition |= Q(verb__startswith=start)
    if filters.actor:
        condition &= Q(actor=get_member_or_404(filters.actor))
    if filters.member:
        condition &= Q(member=get_member_or_404(filters.member))
    if filters.post:
        condition &= Q(post=int(filters.post))
    if filters.month:
        first = _month(filters.month)
        condition &= Q(created_at__gte=_midnight(first), created_at__lt=_midnight(_next(first)))
    return condition


def _act(entry: LogEntry, viewer: Person, now: Rules) -> Act:
    undone = next(iter(entry.undone_by.all()), None)
    facts_are_left = not {"before", "after"} & entry.text.erased.keys()
    may = undone is None and facts_are_left and undoing.is_undoable(entry) and permissions.can_undo(viewer, entry, now)
    named = entry.actor if entry.actor is not None and entry.actor.closed_at is None else None
    return Act(
        number=entry.number,
        sentence=sentence_of(entry, viewer),
        actor_path=with_query(ADDRESS, actor=named.username) if named is not None else "",
        reason=entry.text.reason,
        created_at=entry.created_at,
        undone_by=actor_of(undone) if undone is not None else "",
        undo=str(entry.number) if may else "",
        is_undo=entry.undoes_id is not None,
    )


def _kinds(filters: Filters) -> tuple[Tab, ...]:
    return tuple(Tab(label, _address(filters, kind=kind), kind == filters.kind) for kind, (label, _) in _GROUPS.items())


def _months(filters: Filters) -> tuple[Tab, ...]:
    """Return links to this month and those before it."""
    tabs, day = [], timezone.localdate().replace(day=1)
    for _ in range(_MONTHS_BACK):
        name = f"{day:%Y-%m}"
        tabs.append(Tab(f"{day:%B %Y}", _address(filters, month=name), name == filters.month))
        day = date(day.year - (day.month == 1), (day.month - 2) % 12 + 1, 1)
    return tuple(tabs)


def _chosen(filters: Filters) -> tuple[Tab, ...]:
    """Return what the list is narrowed to, each with the address of the list without it."""
    labels = {
        "actor": f"By {filters.actor}",
        "member": f"About {filters.member}",
        "post": f"About post {filters.post}",
        "month": f"{_month(filters.month):%B %Y}" if filters.month else "",
    }
    return tuple(
        Tab(label, _address(filters, **{name: ""}), True) for name, label in labels.items() if getattr(filters, name)
    )


def _address(filters: Filters, **changed: str) -> str:
    return with_query(ADDRESS, **{**vars(filters), **changed})


def _month(name: str) -> date:
    try:
        year, month = name.split("-")
        return date(int(year), int(month), 1)
    except ValueError as error:
        raise Http404(_NO_SUCH_LIST) from error


def _next(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day))  # noqa: DTZ001 - in the site's own time
