"""A member's points over time, month by month, as the finished numbers of a drawing and of a table."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from accounts.models import User
from forum.models import Person, ReputationChange

_LEFT, _RIGHT, _TOP, _BOTTOM = 52.0, 624.0, 26.0, 164.0
_STEPS = (1, 2, 5)
_LINES_MOST = 4
_LABELS_MOST = 4
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True)
class Month:
    """One month: what it brought, and the total when it ended."""

    label: str
    gained: int
    total: int


@dataclass(frozen=True)
class GridLine:
    """A line across the drawing, at a round number of points."""

    points: int
    y: str
    text_y: str


@dataclass(frozen=True)
class TimeLabel:
    """A word below the drawing."""

    text: str
    x: str
    anchor: str


@dataclass(frozen=True)
class PointsCurve:
    """The drawing's paths and labels, and the months behind it, newest first."""

    line: str
    area: str
    end_x: str
    end_y: str
    grid: tuple[GridLine, ...]
    labels: tuple[TimeLabel, ...]
    months: tuple[Month, ...]
    since: str


def get_points_curve(member: User, viewer: Person) -> PointsCurve:
    """Return the curve of all months since the member's first as `viewer` may see it, with one query."""
    is_own = viewer.is_authenticated and viewer.pk == member.pk
    clock = timezone.get_default_timezone()  # months begin alike for everyone, whatever their own clock says
    lines = ReputationChange.objects.filter(member=member)
    shown = Sum("points") if is_own else Sum(F("points") + F("points_for_show"))
    rows = (
        (lines if is_own else lines.public())
        .annotate(month=TruncMonth("created_at", tzinfo=clock))
        .values("month")
        .annotate(gained=shown)
        .order_by("month")
    )
    gains = {_first_day(row["month"]): int(row["gained"]) for row in rows}
    today = timezone.localdate(timezone=clock)
    first = min([*gains, _first_day(timezone.localtime(member.date_joined, clock)), today.replace(day=1)])
    months, total = [], 0
    for day in _months(first, today):
        total += gains.get(day, 0)
        months.append(Month(_label(day), gains.get(day, 0), total))
    return _draw(months)


def _draw(months: list[Month]) -> PointsCurve:
    totals = [0, *(month.total for month in months)]
    grid = _round_numbers(min(totals), max(totals))
    low, high = min(grid[0], *totals), max(grid[-1], *totals)

    def height(points: int) -> float:
        return _BOTTOM - (points - low) / (high - low) * (_BOTTOM - _TOP)

    step = (_RIGHT - _LEFT) / (len(totals) - 1)
    places = [(_LEFT + step * position, height(total)) for position, total in enumerate(totals)]
    line = "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in places)
    base = height(max(low, 0))
    return PointsCurve(
        line=line,
        area=f"{line} L{_RIGHT:.1f} {base:.1f} L{_LEFT:.1f} {base:.1f}Z",
        end_x=f"{places[-1][0]:.1f}",
        end_y=f"{places[-1][1]:.1f}",
        grid=tuple(GridLine(points, f"{height(points):.1f}", f"{height(points) + 4:.1f}") for points in grid),
        labels=_labels(months, step),
        months=tuple(reversed(months)),
        since=months[0].label,
    )


def _round_numbers(low: int, high: int) -> list[int]:
    """Return a few round numbers that hold what lies between `low` and `high`."""
    span = max(high - low, 10)
    size = 1
    while True:
        for step in _STEPS:
            if span / (step * size) <= _LINES_MOST:
                distance = step * size
                first = low // distance * distance
                return list(range(first, max(high, first + distance) + 1, distance))
        size *= 10


def _labels(months: list[Month], step: float) -> tuple[TimeLabel, ...]:
    """Name the first month, some on the way, and today."""
    every = max(1, -(-len(months) // (_LABELS_MOST - 1)))
    named = [
        TimeLabel(_short(month.label), f"{_LEFT + step * at:.1f}", "middle" if at else "start")
        for at, month in enumerate(months)
        if at % every == 0 and at * step < (_RIGHT - _LEFT) * 0.8
    ]
    return (*named, TimeLabel("Today", f"{_RIGHT:.1f}", "end"))


def _months(first: date, last: date) -> list[date]:
    start, end = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    return [date(month // 12, month % 12 + 1, 1) for month in range(start, end + 1)]


def _first_day(moment: datetime) -> date:
    return date(moment.year, moment.month, 1)


def _label(day: date) -> str:
    return f"{_MONTHS[day.month - 1]} {day.year}"


def _short(label: str) -> str:
    month, year = label.split()
    return f"{month[:3]} {year}"
