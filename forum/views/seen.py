"""Views of questions, counted without writing to the database on each request."""

import hashlib
import logging
import re
import secrets
import threading
import time
from collections import Counter
from datetime import datetime
from multiprocessing.util import Finalize

from django.db import DatabaseError, connection
from django.utils import timezone

from forum.actions import viewing
from forum.views.requests import SiteRequest

_log = logging.getLogger(__name__)
# What programs call themselves that fetch pages without anybody reading; see docs/decisions/0004.
# Cubot makes telephones.
_PROGRAM = re.compile(r"(?<!cu)bot\b|crawl|spider|slurp|preview|externalhit|curl|wget|python|java/|http", re.IGNORECASE)


class SeenQuestions:
    """Views of questions, and who read which, kept in this process and written together: reading writes nothing.

    What a process has counted in the last half minute is lost if it is killed; a view is worth that little.
    """

    SECONDS = 30.0  # as long as a view may wait
    MOST = 200  # as many as a process may hold
    SAME_SECONDS = 600.0  # as long as another look by the same reader is the same view; at most twice that
    READERS_MOST = 50_000

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None
        self._key = secrets.token_bytes(32)
        self._counts: Counter[int] = Counter()
        self._read: dict[tuple[int, int], datetime] = {}
        self._now: set[bytes] = set()
        self._before: set[bytes] = set()
        self.forget()

    def note(self, request: SiteRequest, question_id: int) -> None:
        """Count that somebody reads the question, unless they say they are a program or have just read it."""
        agent = request.headers.get("User-Agent", "")
        if _PROGRAM.search(agent) or "prefetch" in request.headers.get("Sec-Purpose", ""):
            return
        viewer = request.viewer
        self.add(question_id, f"member {viewer.pk}" if viewer.is_authenticated else f"{request.address} {agent}")

    def mark(self, member_id: int, question_id: int) -> None:
        """Remember that a member reads the question now."""
        with self._lock:
            self._read[member_id, question_id] = timezone.now()
            is_full = len(self._read) >= self.MOST
            self._start_timer()
        if is_full:
            self.write()

    def add(self, question_id: int, reader: str) -> None:
        """Count one view by `reader`, whom nobody can tell from what is kept; now and then, write all of them."""
        with self._lock:
            if self._has_just_read(question_id, reader):
                return
            self._counts[question_id] += 1
            is_full = self._counts.total() >= self.MOST
            if not is_full:
                self._start_timer()
        if is_full:
            self.write()

    def write(self) -> None:
        """Write what was counted; what cannot be written now is counted with the next."""
        with self._lock:
            counts, self._counts = self._counts, Counter()
            read, self._read = self._read, {}
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
        if not counts and not read:
            return
        try:
            viewing.count_views(counts)
            counts = Counter()
            viewing.mark_read(read)
        except DatabaseError:
            with self._lock:
                self._counts.update(counts)
                self._read = read | self._read
            _log.warning("The views of %d questions wait for the database.", len(counts))

    def forget(self) -> None:
        """Drop what was counted, as a process does that is killed; tests begin with nothing."""
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None
            self._counts = Counter()
            self._read = {}
            self._start_anew()
            self._before = set()

    def _start_timer(self) -> None:
        if self._timer is None:
            self._timer = threading.Timer(self.SECONDS, self._write_later)
            self._timer.daemon = True
            self._timer.start()

    def _has_just_read(self, question_id: int, reader: str) -> bool:
        if time.monotonic() - self._since > self.SAME_SECONDS or len(self._now) >= self.READERS_MOST:
            before = self._now
            self._start_anew()
            self._before = before
        # Under a key that this process alone knows, and for minutes only.
        mark = hashlib.blake2b(f"{question_id} {reader}".encode(), key=self._key, digest_size=8).digest()
        has = mark in self._now or mark in self._before
        self._now.add(mark)
        return has

    def _start_anew(self) -> None:
        self._now = set()
        self._since = time.monotonic()

    def _write_later(self) -> None:
        self.write()
        connection.close()  # this thread's own


seen_questions = SeenQuestions()
# Not `atexit`: the server's workers are children of `multiprocessing`, which end without it (and run this everywhere).
Finalize(None, seen_questions.write, exitpriority=10)
