"""How much is in the moderation queue, how old it is, and how long a decision takes."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from django.core.cache import cache
from django.utils import timezone

from accounts.models import User
from forum import permissions
from forum.choices import Urgency
from forum.limits import Rules
from forum.models import Case, Person

_COUNTED_MOST = 1_000  # more than that nobody works off in a day; "1000+" says it
_BADGE_MOST = 100
_BADGE_SECONDS = 60
_MEDIAN_KEY = "queue.median.1"
_MEDIAN_SECONDS = 300
_MEDIAN_DAYS = 7
_MEDIAN_ROWS = 500
_MINUTE, _HOUR, _DAY = 60, 3600, 86_400


@dataclass(frozen=True)
class Tally:
    """What is open for one viewer, counted in one reading of at most a thousand rows."""

    open: int
    urgent: int
    mine: int
    kinds: Counter[str]
    oldest: datetime | None
    ids: tuple[int, ...]
    is_more: bool

    @property
    def newest_id(self) -> int:
        """The number of the newest case."""
        return max(self.ids, default=0)

    def newer_than(self, seen: int) -> int:
        """Return how many cases were opened after the one of that number."""
        return sum(number > seen for number in self.ids)


@dataclass(frozen=True)
class Figures:
    """The numbers beside the queue, each in a few signs; empty where there is nothing to say."""

    open: str
    oldest: str
    median: str


def get_tally(viewer: Person) -> Tally:
    """Count what is open for `viewer`."""
    rows = Case.objects.to_decide().visible_to(viewer).most_urgent_first()
    found = list(rows.values_list("pk", "urgency", "kind", "claimed_by", "opened_at")[: _COUNTED_MOST + 1])
    is_more, found = len(found) > _COUNTED_MOST, found[:_COUNTED_MOST]
    return Tally(
        open=len(found),
        urgent=sum(urgency == Urgency.URGENT for _, urgency, *_ in found),
        mine=sum(claimed == viewer.pk for _, _, _, claimed, _ in found),
        kinds=Counter(kind for _, _, kind, *_ in found),
        oldest=min((opened for *_, opened in found), default=None),
        ids=tuple(pk for pk, *_ in found),
        is_more=is_more,
    )


def get_figures(tally: Tally) -> Figures:
    """Return the numbers beside the queue."""
    waited = timezone.now() - tally.oldest if tally.oldest else None
    taken = _median()
    return Figures(
        open=f"{tally.open}{'+' if tally.is_more else ''}",
        oldest=_short(waited.total_seconds()) if waited else "",
        median=_short(taken) if taken is not None else "",
    )


def get_badge(viewer: Person, rules: Rules) -> str:
    """Return how many cases are open, for the header of those who see the queue; at most a minute old."""
    if not isinstance(viewer, User) or not permissions.can_see_queue(viewer, rules):
        return ""
    key = f"queue.badge.{'all' if viewer.is_moderator else viewer.pk}"
    number = cache.get(key)
    if number is None:
        number = Case.objects.to_decide().visible_to(viewer)[:_BADGE_MOST].count()
        cache.set(key, number, _BADGE_SECONDS)
    if not number:
        return ""
    return f"{_BADGE_MOST - 1}+" if number >= _BADGE_MOST else str(number)


def _median() -> float | None:
    """Return how many seconds a decision took in the middle, over the last days; at most five minutes old."""
    kept = cache.get(_MEDIAN_KEY)
    if kept is None:
        since = timezone.now() - timedelta(days=_MEDIAN_DAYS)
        decided = Case.objects.filter(closed_at__gte=since, closed_by__isnull=False).order_by("-closed_at")
        spans = [
            (closed - opened).total_seconds()
            for opened, closed in decided.values_list("opened_at", "closed_at")[:_MEDIAN_ROWS]
            if closed is not None
        ]
        kept = {"seconds": median(spans) if spans else None}
        cache.set(_MEDIAN_KEY, kept, _MEDIAN_SECONDS)
    seconds: float | None = kept["seconds"]
    return seconds


def _short(seconds: float) -> str:
    """Return a span as the aside shows it: "11 min", "3 h", "2 d"."""
    if seconds < _MINUTE:
        return "1 min"
    if seconds < _HOUR:
        return f"{int(seconds // _MINUTE)} min"
    if seconds < 2 * _DAY:
        return f"{int(seconds // _HOUR)} h"
    return f"{int(seconds // _DAY)} d"
