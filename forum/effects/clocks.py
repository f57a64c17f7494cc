"""When summaries are due by the clocks of members."""

from datetime import UTC, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from forum.choices import Rhythm
from forum.effects import quiet
from forum.models import Preferences

_WEEK = 7


def is_zone(name: str) -> bool:
    """Say whether there is a clock of that name."""
    return name in _zones()


def is_quiet(preferences: Preferences, zone: ZoneInfo, now: datetime) -> bool:
    """Say whether it is among the member's quiet hours, which may go past midnight."""
    start, end = preferences.quiet_from, preferences.quiet_until
    return start is not None and end is not None and quiet.end_of_quiet(now, zone, start, end) != now


def last_digest_moment(preferences: Preferences, zone: ZoneInfo, now: datetime) -> datetime:
    """Return when the member's last summary was due, by their own clock: today's or yesterday's, or last Monday's."""
    today = now.astimezone(zone).date()
    is_weekly = preferences.rhythm == Rhythm.WEEKLY
    day = today - timedelta(days=today.weekday() if is_weekly else 0)
    moment = _moment(datetime.combine(day, time(preferences.digest_hour)), zone)
    if moment <= now:
        return moment
    day -= timedelta(days=_WEEK if is_weekly else 1)
    return _moment(datetime.combine(day, time(preferences.digest_hour)), zone)


def is_weekly_day(zone: ZoneInfo, moment: datetime) -> bool:
    """Say whether `moment` is on a Monday by that clock, when weekly things go along with a daily summary."""
    return moment.astimezone(zone).weekday() == 0


def _moment(local: datetime, zone: ZoneInfo) -> datetime:
    """Return that hour of that day; one that a change of clocks leaves out is the one after it."""
    return local.replace(tzinfo=zone).astimezone(UTC)


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
