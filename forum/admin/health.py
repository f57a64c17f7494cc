"""How the site is: are people who ask answered, how soon, and is the team keeping up; kept in the cache for minutes."""

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median

from django.core.cache import cache
from django.db.models import Min
from django.utils import timezone

from accounts.models import User
from forum.admin.drawing import Bars, Spark, bars, spark
from forum.choices import PostKind, PostStatus
from forum.models import Case, Category, Flag, Post

PERIODS = {7: "7 days", 30: "30 days", 365: "12 months"}
_KEPT = 10 * 60  # seconds; nobody decides by the minute here
_DAY = timedelta(days=1)
_BUCKETS = 14
_DAYS_DRAWN = 31  # longer periods are drawn by month
_SPANS = (
    (15, "Under 15 min"),
    (60, "15 to 60 min"),
    (180, "1 to 3 hours"),
    (720, "3 to 12 hours"),
    (1440, "12 to 24 h"),
)
_OVER = "Over a day"
_TOPICS_MOST = 12
_MINUTES_SAID, _HOURS_SAID = 90, 48  # from there on hours, from there on days
_FEW = 5  # questions before a topic is judged
_WELL, _TOO_FEW = 90, 75  # per cent answered within a day


@dataclass(frozen=True)
class Number:
    """One large number, how it differs from the period before, and its course; `is_better` None says nothing."""

    label: str
    value: str
    change: str
    is_better: bool | None
    course: Spark | None = None


@dataclass(frozen=True)
class Share:
    """How many of a hundred first answers came in a span of time."""

    label: str
    percent: int


@dataclass(frozen=True)
class TopicHealth:
    """How one topic is answered."""

    name: str
    path: str
    asked: int
    answered: int
    first_answer: str
    state: str
    colour: str


@dataclass(frozen=True)
class Health:
    """The page."""

    days: int
    numbers: list[Number]
    per_day: Bars
    shares: list[Share]
    waiting: int
    topics: list[TopicHealth]


@dataclass(frozen=True)
class _Asked:
    """A question as this page needs it; `wait` in minutes until its first answer."""

    at: datetime
    topic: int | None
    wait: float | None

    @property
    def is_quick(self) -> bool:
        return self.wait is not None and self.wait <= _DAY.total_seconds() / 60


def site_health(days: int) -> Health:
    """Return the page of the last `days` days, measured every ten minutes."""
    key = f"site-health:{days}"
    health: Health | None = cache.get(key)
    if health is None:
        health = measure(days)
        cache.set(key, health, _KEPT)
    return health


def measure(days: int) -> Health:
    """Return the page of the last `days` days as it is now; eight queries, none of a whole table."""
    now = timezone.now()
    start = now - timedelta(days=days)
    asked = _asked(start - timedelta(days=days))
    current, before = [each for each in asked if each.at >= start], [each for each in asked if each.at < start]
    settled = [each for each in current if each.at < now - _DAY]  # the others may yet be answered in time
    return Health(
        days=days,
        numbers=[*_answering(current, before, settled, days, start), *_team(start, now, days)],
        per_day=_per_day(current, start, days),
        shares=_shares(current),
        waiting=sum(each.wait is None for each in settled),
        topics=_topics(settled),
    )


def _asked(since: datetime) -> list[_Asked]:
    published = Post.objects.filter(status=PostStatus.PUBLISHED, created_at__gte=since)
    rows = published.filter(kind=PostKind.QUESTION).values_list("pk", "created_at", "category_id")
    answers = Post.objects.filter(kind=PostKind.ANSWER, status=PostStatus.PUBLISHED, created_at__gte=since)
    first = dict(answers.values_list("question_id").annotate(first=Min("created_at")))
    return [_Asked(at, topic, _minutes(at, first.get(pk))) for pk, at, topic in rows]


def _minutes(start: datetime, end: datetime | None) -> float | None:
    return (end - start).total_seconds() / 60 if end else None


def _answering(
    current: Sequence[_Asked], before: Sequence[_Asked], settled: Sequence[_Asked], days: int, start: datetime
) -> list[Number]:
    waits, earlier = _waits(current), _waits(before)
    rate, rate_before = _rate(settled), _rate(before)
    per_day = round(len(current) / days, 1)
    return [
        Number(
            "Questions a day",
            f"{per_day:g}",
            _change(len(current), len(before)),
            None,
            _course(current, start, days, len),
        ),
        Number(
            "Answered within a day",
            "–" if rate is None else f"{rate}%",
            "" if rate is None or rate_before is None else _points(rate - rate_before),
            None if rate is None or rate_before is None else rate >= rate_before,
            _course(settled, start, days, lambda group: _rate(group) or 0),
        ),
        Number(
            "Time to first answer",
            duration(median(waits)) if waits else "–",
            _faster(waits, earlier),
            median(waits) <= median(earlier) if waits and earlier else None,
            _course(current, start, days, lambda group: median(_waits(group) or [0])),
        ),
    ]


def _team(start: datetime, now: datetime, days: int) -> list[Number]:
    posts = Post.objects.filter(kind__in=PostKind.values, status=PostStatus.PUBLISHED, created_at__gte=start).count()
    flags = Flag.objects.filter(created_at__gte=start).count()
    joined = User.objects.filter(date_joined__gte=start).count()
    decided = Case.objects.filter(closed_at__gte=start, closed_by__isnull=False).values_list("opened_at", "closed_at")
    times = [minutes for opened, closed in decided if (minutes := _minutes(opened, closed)) is not None]
    open_cases = Case.objects.open().count()
    return [
        Number(
            "Reports per 1,000 posts",
            f"{1000 * flags / posts:.1f}" if posts else "–",
            f"{flags:,} report{'' if flags == 1 else 's'}",
            None,
        ),
        Number("Sign-ups", f"{joined:,}", f"{joined / days:.1f} a day", None),
        Number(
            "Open in the queue",
            f"{open_cases:,}",
            f"Decided after {duration(median(times))}" if times else "No decisions in this period",
            None,
        ),
    ]


def duration(minutes: float) -> str:
    """Return a time in the words people use: minutes, hours and minutes, days."""
    whole = round(minutes)
    if whole < _MINUTES_SAID:
        return f"{whole} min"
    hours, rest = divmod(whole, 60)
    if hours < _HOURS_SAID:
        return f"{hours} h {rest:02}"
    return f"{round(hours / 24)} days"


def _waits(asked: Sequence[_Asked]) -> list[float]:
    return [each.wait for each in asked if each.wait is not None]


def _rate(asked: Sequence[_Asked]) -> int | None:
    return round(100 * sum(each.is_quick for each in asked) / len(asked)) if asked else None


def _change(now: int, before: int) -> str:
    if not before:
        return ""
    percent = round(100 * (now - before) / before)
    return f"{abs(percent)}% {'more' if percent >= 0 else 'fewer'} than before"


def _points(difference: int) -> str:
    return f"{abs(difference)} points {'better' if difference >= 0 else 'worse'}"


def _faster(waits: Sequence[float], earlier: Sequence[float]) -> str:
    if not waits or not earlier:
        return ""
    difference = median(earlier) - median(waits)
    return f"{duration(abs(difference))} {'faster' if difference >= 0 else 'slower'}"


def _course(
    asked: Sequence[_Asked], start: datetime, days: int, of: Callable[[Sequence[_Asked]], float]
) -> Spark | None:
    buckets: list[list[_Asked]] = [[] for _ in range(min(days, _BUCKETS))]
    for each in asked:
        place = int((each.at - start) / timedelta(days=days) * len(buckets))
        buckets[min(place, len(buckets) - 1)].append(each)
    return spark([float(of(bucket)) for bucket in buckets])


def _per_day(asked: Sequence[_Asked], start: datetime, days: int) -> Bars:
    counts = Counter(timezone.localtime(each.at).date() for each in asked)
    first = timezone.localtime(start).date()
    every = [first + timedelta(days=number) for number in range(1, days + 1)]
    if days <= _DAYS_DRAWN:
        return bars([(f"{day:%-d %b}", counts[day]) for day in every])
    months: dict[date, int] = defaultdict(int)
    for day in every:
        months[day.replace(day=1)] += counts[day]
    return bars([(f"{month:%b %Y}", count) for month, count in months.items()])


def _shares(asked: Sequence[_Asked]) -> list[Share]:
    waits = _waits(asked)
    found = Counter(next((label for most, label in _SPANS if wait < most), _OVER) for wait in waits)
    labels = [*(label for _, label in _SPANS), _OVER]
    return [Share(label, round(100 * found[label] / len(waits)) if waits else 0) for label in labels]


def _topics(asked: Sequence[_Asked]) -> list[TopicHealth]:
    groups: dict[int | None, list[_Asked]] = defaultdict(list)
    for each in asked:
        groups[each.topic].append(each)
    names = Category.objects.in_bulk([topic for topic in groups if topic])
    busiest = sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0] or 0))[:_TOPICS_MOST]
    return [_topic(names[topic], group) for topic, group in busiest if topic in names]


def _topic(category: Category, asked: Sequence[_Asked]) -> TopicHealth:
    rate, waits = _rate(asked) or 0, _waits(asked)
    state, colour = ("Well covered", "leaf") if rate >= _WELL else ("Needs people", "honey")
    if rate < _TOO_FEW:
        state, colour = "Too slow", "clay"
    if len(asked) < _FEW:
        state, colour = "Not enough data", "fill"
    first = duration(median(waits)) if waits else "–"
    return TopicHealth(category.name, category.get_absolute_url(), len(asked), rate, first, state, colour)
