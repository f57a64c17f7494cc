"""What moderation did, month by month, in numbers that point at nobody."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from django.core.cache import cache
from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils import timezone

from forum.choices import CaseKind
from forum.models import Case, LogEntry

Cell = tuple[date, str]

FEWEST = 5  # smaller numbers could be told apart by somebody who knows of one case
SMALL = f"fewer than {FEWEST}"

_MONTHS = 12
_CACHE_SECONDS = 900
_VERBS = {
    "post.hidden": "hidden",
    "post.deleted": "deleted",
    "question.closed": "closed",
    "post.shown": "returned",
    "post.restored": "returned",
    "question.reopened": "returned",
    "member.suspension_lifted": "returned",
    "member.suspended": "suspensions",
    "member.warned": "warnings",
    "appeal.granted": "granted",
    "appeal.declined": "declined",
}
_KINDS = {
    "hidden": "Posts hidden",
    "deleted": "Posts deleted",
    "closed": "Questions closed",
    "returned": "Restored or undone",
    "warnings": "Warnings",
    "suspensions": "Suspensions",
    "upheld": "Reports agreed with",
    "kept": "Reports declined",
    "granted": "Appeals granted",
    "declined": "Appeals declined",
}
_LET_STAND = {"post.kept", "member.kept", "flag.declined", "kept"}
_LEFT, _RIGHT, _TOP, _BOTTOM = 52.0, 628.0, 26.0, 164.0
_BAR, _LABEL_EVERY = 0.6, 3


@dataclass(frozen=True)
class Row:
    """One month of the table: the figures as they are shown, and how long a decision took."""

    label: str
    cells: tuple[str, ...]
    hours: str


@dataclass(frozen=True)
class Bar:
    """One month of the drawing."""

    x: str
    y: str
    width: str
    height: str
    label: str
    label_x: str


@dataclass(frozen=True)
class Figures:
    """The whole table, newest month first, and the drawing of what it shows."""

    heads: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    bars: tuple[Bar, ...] = ()
    most: int = 0
    since: str = ""
    until: str = ""


def get_figures() -> Figures:
    """Return the last twelve whole months since the log began, counted some minutes ago with four queries at any size.

    The month that runs is left out: what changes from one look to the next would tell of single acts.
    """
    months = _whole_months(timezone.localdate(timezone=timezone.get_default_timezone()))
    key = f"moderation-figures-{months[-1]:%Y-%m}"
    kept = cache.get(key)
    if kept is None:
        start, end = _midnight(months[0]), _midnight(_next(months[-1]))
        decided, hours = _decisions(start, end)
        kept = {"counts": _acts(start, end) + decided, "hours": hours, "first": _first_month()}
        cache.set(key, kept, _CACHE_SECONDS)
    months = [month for month in months if kept["first"] is not None and month >= kept["first"]]
    return _figures(months, kept["counts"], kept["hours"]) if months else Figures()


def shown(number: int) -> str:
    """Return a number as everybody may read it: exact when it is nothing or many, else only that it is small."""
    return f"{number:,}" if number == 0 or number >= FEWEST else SMALL


def _figures(months: list[date], counts: Mapping[Cell, int], hours: Mapping[date, str]) -> Figures:
    rows = [
        Row(
            label=f"{month:%B %Y}",
            cells=tuple(shown(counts.get((month, kind), 0)) for kind in _KINDS),
            hours=hours.get(month, "—"),
        )
        for month in months
    ]
    seen = [[number for kind in _KINDS if (number := counts.get((month, kind), 0)) >= FEWEST] for month in months]
    return Figures(
        heads=tuple(_KINDS.values()),
        rows=tuple(reversed(rows)),
        bars=_draw(months, [sum(numbers) for numbers in seen]),
        most=max(sum(numbers) for numbers in seen),
        since=rows[0].label,
        until=rows[-1].label,
    )


def _first_month() -> date | None:
    """Return the month in which the log began."""
    first = LogEntry.objects.filter(number=1).values_list("created_at", flat=True).first()
    return timezone.localdate(first, timezone.get_default_timezone()).replace(day=1) if first is not None else None


def _acts(start: datetime, end: datetime) -> Counter[Cell]:
    """Count acts of the log by month and kind; what takes another act back is counted as that alone."""
    entries = LogEntry.objects.filter(created_at__gte=start, created_at__lt=end)
    counts: Counter[Cell] = Counter()
    firsthand = entries.filter(verb__in=_VERBS, undoes=None)
    for row in firsthand.annotate(month=_month()).values("month", "verb").annotate(number=Count("pk")).order_by():
        counts[row["month"].date(), _VERBS[row["verb"]]] += row["number"]
    taken_back = entries.exclude(undoes=None).annotate(month=_month())
    for month, number in taken_back.values_list("month").annotate(number=Count("pk")).order_by():
        counts[month.date(), "returned"] += number
    return counts


def _month() -> TruncMonth:
    """Return the month of an act by the site's clock: what is kept is shown to everyone."""
    return TruncMonth("created_at", tzinfo=timezone.get_default_timezone())


def _decisions(start: datetime, end: datetime) -> tuple[Counter[Cell], dict[date, str]]:
    """Count what became of reports, and say how long the middle one of all decisions took, month by month."""
    cases = Case.objects.filter(closed_at__gte=start, closed_at__lt=end).exclude(closed_by=None)
    counts: Counter[Cell] = Counter()
    times: dict[date, list[float]] = defaultdict(list)
    for kind, outcome, opened_at, closed_at in cases.values_list(
        "kind", "outcome", "opened_at", "closed_at"
    ).iterator():
        assert closed_at is not None  # the filter asks for it
        month = timezone.localdate(closed_at, timezone.get_default_timezone()).replace(day=1)
        times[month].append((closed_at - opened_at) / timedelta(hours=1))
        if kind == CaseKind.REPORT:
            counts[month, "kept" if outcome in _LET_STAND else "upheld"] += 1
    return counts, {month: _hours(took) for month, took in times.items() if len(took) >= FEWEST}


def _hours(took: list[float]) -> str:
    hours = median(took)
    return "less than 1" if hours < 1 else f"{round(hours):,}"


def _draw(months: list[date], sums: list[int]) -> tuple[Bar, ...]:
    """Return a bar for what the table shows of each month; what it does not show is in no bar either."""
    step = (_RIGHT - _LEFT) / len(months)
    highest = max(*sums, 1)
    bars = []
    for position, (month, number) in enumerate(zip(months, sums, strict=True)):
        height = number / highest * (_BOTTOM - _TOP)
        left = _LEFT + position * step
        is_named = (len(months) - 1 - position) % _LABEL_EVERY == 0
        bars.append(
            Bar(
                x=f"{left + step * (1 - _BAR) / 2:.1f}",
                y=f"{_BOTTOM - height:.1f}",
                width=f"{step * _BAR:.1f}",
                height=f"{height:.1f}",
                label=f"{month:%b %Y}" if is_named else "",
                label_x=f"{left + step / 2:.1f}",
            )
        )
    return tuple(bars)


def _whole_months(today: date) -> list[date]:
    """Return the first days of the last twelve months that are over."""
    running = today.year * 12 + today.month - 1
    return [date(month // 12, month % 12 + 1, 1) for month in range(running - _MONTHS, running)]


def _next(first: date) -> date:
    return date(first.year + first.month // 12, first.month % 12 + 1, 1)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=timezone.get_default_timezone())
