"""How far a long command has come: a bar on a terminal, now and then a line elsewhere."""

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from tqdm import tqdm

_SECONDS = 20  # between two lines


class Progress:
    """Counts to `total`, beginning at `done`; use it in a `with` block, and `add` what was done."""

    def __init__(self, total: int, say: Callable[[str], object], *, done: int = 0, unit: str) -> None:
        self._say, self._unit, self._total, self._done = say, unit, total, done
        self._began, self._begun_at, self._said_at = done, time.monotonic(), time.monotonic()
        self._bar = tqdm(total=total, initial=done, unit=f" {unit}", file=sys.stderr, disable=not sys.stderr.isatty())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._bar.close()

    def add(self, count: int) -> None:
        """Say that `count` more are done."""
        self._done += count
        self._bar.update(count)
        now = time.monotonic()
        if self._bar.disable and now - self._said_at > _SECONDS:
            self._said_at = now
            speed = (self._done - self._began) / (now - self._begun_at)
            self._say(f"{self._done:,} of {self._total:,} {self._unit}, {speed:,.0f} a second")
