"""Time the worst Markdown there is: `python -m tests.bench.markdown`; fails when one text takes half a second of CPU."""

import sys
import time
from collections.abc import Callable
from typing import Final

from forum.markup import TextRefused, render
from forum.markup.budget import MAX_SOURCE
from tests.markup.patterns import SHAPES, Shape

MOST: Final = 0.5
_STEPS: Final = 5
_SHOWN: Final = 10


def main() -> int:
    """Time each shape at full length and at the longest that is shown; print the slowest."""
    render("warm")
    times = {name: max(_seconds(shape, MAX_SOURCE)[0], _longest_shown(shape)) for name, shape in SHAPES.items()}
    slowest = sorted(times, key=lambda name: -times[name])[:_SHOWN]
    print(f"\n{len(times)} costly texts of up to {MAX_SOURCE:,} characters, seconds of CPU for the slowest:")
    for name in slowest:
        print(f"  {times[name]:6.3f}  {name[:60]}")
    return int(times[slowest[0]] > MOST)


def _longest_shown(shape: Shape) -> float:
    """Return how long the longest text of this shape takes that is not refused, found by halving."""
    least, most, slowest = 0, MAX_SOURCE, 0.0
    for _ in range(_STEPS):
        length = (least + most) // 2
        seconds, is_shown = _seconds(shape, length)
        least, most = (length, most) if is_shown else (least, length)
        slowest = max(slowest, seconds)
    return slowest


def _seconds(shape: Shape, length: int, read: Callable[[str], str] = render) -> tuple[float, bool]:
    source = shape(length)
    begun = time.process_time()
    try:
        read(source)
    except TextRefused:
        return time.process_time() - begun, False
    return time.process_time() - begun, True


if __name__ == "__main__":
    sys.exit(main())
