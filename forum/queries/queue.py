"""The moderation queue: what waits for a person's decision, most urgent first, as its page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.http import Http404

from forum.choices import CaseKind, Urgency
from forum.limits import CASES_A_PAGE, Rules
from forum.models import Case, Person, Reply
from forum.models.cases import CaseQuerySet
from forum.queries.case_cards import CaseCard, Filled, get_cards
from forum.queries.paging import NO_SUCH_PAGE, TOP, Page, Place, get_page, with_query
from forum.queries.queue_figures import Figures, Tally, get_figures, get_tally
from forum.queries.queue_trail import Deed, get_trail
from forum.queries.reasons import replies

PATH = "/moderation/"
_ORDER = ("urgency", "pk")
_NEW_HERE = (CaseKind.FIRST_POST, CaseKind.APPROVAL)
_VIEWS = {
    "": "Open",
    "urgent": "Urgent",
    "mine": "Assigned to me",
    "new": "New accounts",
    "edits": "Edits",
    "appeals": "Appeals",
}
_DECIDED = "This has been decided, or isn’t yours to handle."


@dataclass(frozen=True)
class QueueTab:
    """One part of the queue, with how much is in it."""

    key: str
    label: str
    url: str
    count: str
    is_current: bool


@dataclass(frozen=True)
class QueueView:
    """Which part of the queue somebody asked for, where in it, and which case they opened, with which reply."""

    view: str = ""
    place: Place = TOP
    case_id: int = 0
    reply: str = ""
    reads_all: bool = False


@dataclass(frozen=True)
class QueueNews:
    """The parts of the queue, and what came since case `seen`: nothing, when a page is loaded."""

    tabs: tuple[QueueTab, ...]
    path: str
    view: str
    seen: int
    new_cases: int


@dataclass(frozen=True)
class QueuePage:
    """Everything the page shows one viewer."""

    cards: tuple[CaseCard, ...]
    news: QueueNews
    paging: Page[int]
    view: str
    replies: tuple[Reply, ...]
    figures: Figures
    trail: tuple[Deed, ...]
    may_bulk: bool
    may_hide: bool


def get_queue_page(viewer: Person, asked: QueueView, rules: Rules) -> QueuePage:
    """Return a page of the queue; the number of queries is the same for one case and for a thousand."""
    path = _path(asked.view)
    tally = get_tally(viewer)
    paging = get_page(_part(viewer, asked.view), _ORDER, CASES_A_PAGE, asked.place, path)
    ids = list(paging.rows)
    if asked.case_id and asked.case_id not in ids and _open(viewer).filter(pk=asked.case_id).exists():
        ids.insert(0, asked.case_id)
    library = replies()
    text = next((reply.text for reply in library if reply.key == asked.reply), "")
    filled = Filled(asked.case_id, text, asked.reads_all)
    cards = get_cards(ids, viewer=viewer, rules=rules, library=library, filled=filled)
    return QueuePage(
        cards=tuple(cards),
        news=_news(tally, asked.view, tally.newest_id),
        paging=paging,
        view=asked.view,
        replies=tuple(library),
        figures=get_figures(tally),
        trail=get_trail(viewer),
        may_bulk=any(card.may_bulk for card in cards),
        may_hide=any(card.may_bulk and card.may_hide for card in cards),
    )


def get_queue_news(viewer: Person, *, view: str, seen: int) -> QueueNews:
    """Return how much is in the queue, and how many cases are newer than `seen`; asks once."""
    return _news(get_tally(viewer), view, seen)


def get_case_card(case_id: int, *, viewer: Person, rules: Rules) -> CaseCard | None:
    """Return one open case as the page shows it, or None when it is decided or not the viewer's."""
    found = Case.objects.open().visible_to(viewer).filter(pk=case_id).values_list("pk", flat=True)
    cards = get_cards(list(found), viewer=viewer, rules=rules, library=replies())
    return cards[0] if cards else None


def get_case_or_404(case_id: int, *, viewer: Person) -> Any:
    """Return the case, open or decided, that `viewer` looks after."""
    case = _with_subject(Case.objects.visible_to(viewer)).filter(pk=case_id).first()
    if case is None:
        raise Http404(_DECIDED)
    return case


def get_cases(ids: Sequence[int], *, viewer: Person) -> list[Any]:
    """Return those of these cases that `viewer` looks after, most urgent first."""
    return list(_with_subject(Case.objects.visible_to(viewer)).filter(pk__in=ids).most_urgent_first())


def get_next_id(case: Any, *, viewer: Person, view: str) -> int:
    """Return the number of the case that comes after `case` in that part of the queue; 0 when it was the last."""
    part = _part(viewer, view if view in _VIEWS else "")
    later = part.filter(Q(urgency=case.urgency, pk__gt=case.pk) | Q(urgency__gt=case.urgency))
    return later.most_urgent_first().values_list("pk", flat=True).first() or 0


def get_reply_text(key: str) -> str:
    """Return a text of the library, or nothing when the owner has no such one."""
    return Reply.objects.filter(pk=key, is_active=True).values_list("text", flat=True).first() or ""


def _with_subject(cases: CaseQuerySet) -> CaseQuerySet:
    return cases.select_related(
        "post__author",
        "post__guest",
        "post__question",
        "post__parent",
        "member",
        "suggestion__post",
        "appeal__entry",
        "closed_by",
    )


def _open(viewer: Person) -> CaseQuerySet:
    return Case.objects.to_decide().visible_to(viewer)


def _part(viewer: Person, view: str) -> CaseQuerySet:
    cases = _open(viewer)
    match view:
        case "":
            return cases
        case "urgent":
            return cases.filter(urgency=Urgency.URGENT)
        case "mine":
            return cases.filter(claimed_by=viewer.pk)
        case "new":
            return cases.filter(kind__in=_NEW_HERE)
        case "edits":
            return cases.filter(kind=CaseKind.EDIT)
        case "appeals":
            return cases.filter(kind=CaseKind.APPEAL)
    raise Http404(NO_SUCH_PAGE)


def _path(view: str) -> str:
    return with_query(PATH, view=view)


def _news(tally: Tally, view: str, seen: int) -> QueueNews:
    return QueueNews(tabs=_tabs(tally, view), path=_path(view), view=view, seen=seen, new_cases=tally.newer_than(seen))


def _tabs(tally: Tally, current: str) -> tuple[QueueTab, ...]:
    counts = {
        "": tally.open,
        "urgent": tally.urgent,
        "mine": tally.mine,
        "new": sum(tally.kinds[kind] for kind in _NEW_HERE),
        "edits": tally.kinds[CaseKind.EDIT],
        "appeals": tally.kinds[CaseKind.APPEAL],
    }
    more = "+" if tally.is_more else ""
    return tuple(
        QueueTab(key, label, _path(key), f"{counts[key]}{more}", is_current=key == current)
        for key, label in _VIEWS.items()
    )
