"""The finished numbers of small drawings: a line without axes, and bars with their scale."""

from collections.abc import Sequence
from dataclasses import dataclass

_SPARK_WIDTH, _SPARK_HEIGHT, _SPARK_EDGE = 120.0, 32.0, 4.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 40.0, 620.0, 18.0, 182.0
_GAP = 0.2  # of a bar's place
_STEPS = (1, 2, 5)
_LINES_MOST = 4
_LABELS_MOST = 5


@dataclass(frozen=True)
class Spark:
    """A line that shows a course at a glance; the numbers stand beside it."""

    line: str


@dataclass(frozen=True)
class Bar:
    """One bar, with the words and the number of its row in the table."""

    label: str
    count: int
    x: str
    y: str
    width: str
    height: str
    middle: str
    is_last: bool
    is_named: bool


@dataclass(frozen=True)
class Line:
    """A line across, at a round number."""

    number: int
    y: str
    text_y: str


@dataclass(frozen=True)
class Bars:
    """The drawing: bars from left to right, the last one told apart, and lines to read them by."""

    bars: tuple[Bar, ...]
    lines: tuple[Line, ...]
    span: str


def spark(values: Sequence[float]) -> Spark | None:
    """Return the course of `values`, or None where there is none to see."""
    if len(set(values)) <= 1:
        return None
    low, high = min(values), max(values)
    step = (_SPARK_WIDTH - 2 * _SPARK_EDGE) / (len(values) - 1)
    reach = _SPARK_HEIGHT - 2 * _SPARK_EDGE
    places = [
        (_SPARK_EDGE + step * number, _SPARK_HEIGHT - _SPARK_EDGE - (value - low) / (high - low) * reach)
        for number, value in enumerate(values)
    ]
    return Spark("M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in places))


def bars(rows: Sequence[tuple[str, int]]) -> Bars:
    """Return one bar for each label and count, on a scale of round numbers."""
    scale = _round_numbers(max((count for _, count in rows), default=0))
    top = scale[-1]
    place = (_RIGHT - _LEFT) / max(len(rows), 1)
    every = max(1, -(-len(rows) // _LABELS_MOST))

    def height(number: int) -> float:
        return number / top * (_BOTTOM - _TOP)

    drawn = tuple(
        Bar(
            label=label,
            count=count,
            x=f"{_LEFT + place * (at + _GAP / 2):.1f}",
            y=f"{_BOTTOM - height(count):.1f}",
            width=f"{place * (1 - _GAP):.1f}",
            height=f"{height(count):.1f}",
            middle=f"{_LEFT + place * (at + 0.5):.1f}",
            is_last=at == len(rows) - 1,
            is_named=at == len(rows) - 1 or (at % every == 0 and at < len(rows) - every // 2 - 1),
        )
        for at, (label, count) in enumerate(rows)
    )
    lines = tuple(Line(each, f"{_BOTTOM - height(each):.1f}", f"{_BOTTOM - height(each) + 4:.1f}") for each in scale)
    span = f"from {rows[0][0]} to {rows[-1][0]}" if rows else ""
    return Bars(drawn, lines, span)


def _round_numbers(highest: int) -> list[int]:
    """Return a few round numbers from 0 to `highest` or a little above."""
    size = 1
    while True:
        for step in _STEPS:
            distance = step * size
            if highest <= distance * _LINES_MOST:
                return list(range(0, max(highest, 1) + distance, distance))
        size *= 10
