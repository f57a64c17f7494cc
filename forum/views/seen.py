"""Views of questions, counted without writing to the database on each request."""

import atexit
import threading
import time
from collections import Counter

from forum.actions import viewing


class SeenQuestions:
    """Views of questions, counted in this process and written together, so that reading writes nothing.

    What a process has counted since the last writing is lost if it is killed; a view is worth that little.
    """

    SECONDS = 30.0  # as old as a count may be
    MOST = 200  # as many as a process may hold

    def __init__(self) -> None:
        self._counts: Counter[int] = Counter()
        self._lock = threading.Lock()
        self._written_at = time.monotonic()

    def add(self, question_id: int) -> None:
        """Count one view; now and then, write all of them."""
        with self._lock:
            self._counts[question_id] += 1
            is_due = time.monotonic() - self._written_at > self.SECONDS or self._counts.total() >= self.MOST
        if is_due:
            self.write()

    def write(self) -> None:
        """Write what was counted."""
        with self._lock:
            counts, self._counts = self._counts, Counter()
            self._written_at = time.monotonic()
        viewing.count_views(counts)

    def forget(self) -> None:
        """Drop what was counted, as a process does that is killed; tests begin with nothing."""
        with self._lock:
            self._counts.clear()
            self._written_at = time.monotonic()


seen_questions = SeenQuestions()
atexit.register(seen_questions.write)
