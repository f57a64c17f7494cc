"""Children that end when their parent does, however it ends; only Linux knows how."""

import ctypes
import os
import signal
import sys
from collections.abc import Callable
from typing import Final

_PR_SET_PDEATHSIG: Final = 1  # which signal a process is sent when its parent is gone


def tie_to(parent: int, number: signal.Signals) -> Callable[[], None]:
    """Return what a child of `parent` does first, so that it is sent this signal when the parent is gone."""
    if not sys.platform.startswith("linux"):
        return lambda: None
    prctl = ctypes.CDLL(None, use_errno=True).prctl

    def tie() -> None:
        prctl(_PR_SET_PDEATHSIG, number)
        if os.getppid() != parent:  # gone before we asked
            os.kill(os.getpid(), number)

    return tie
