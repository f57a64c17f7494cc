"""The clocks of members: what hour it is for each, and when they want to be left alone."""

from datetime import UTC, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings

from forum.choices import Rhythm
from forum.models import Preferences

_MONDAY = 0


def zone_of(name: str) -> ZoneInfo:
    """Return the clock called `name`; the site's own where there is none of that name."""
    return ZoneInfo(name if name in _zones() else settings.TIME_ZONE)


def is_zone(name: str) -> bool:
    """Say whether there is a clock of that name."""
    return name in _zones()


def is_quiet(preferences: Preferences, zone: ZoneInfo, now: datetime) -> bool:
    """Say whether it is among the member's quiet hours, which may go past midnight."""
    start, end = preferences.quiet_from, preferences.quiet_until
    if start is None or end is None or start == end:
        return False
    at = now.astimezone(zone).time().replace(tzinfo=None)
    return start <= at < end if start < end else at >= start or at < end


def quiet_until(preferences: Preferences, zone: ZoneInfo, now: datetime) -> datetime:
    """Return when a mail may leave: `now`, or the end of the quiet hours it falls into."""
    if not is_quiet(preferences, zone, now) or preferences.quiet_until is None:
        return now
    today = now.astimezone(zone).date()
    end = _moment(datetime.combine(today, preferences.quiet_until), zone)
    if end > now:
        return end
    return _moment(datetime.combine(today + timedelta(days=1), preferences.quiet_until), zone)


def last_digest_moment(preferences: Preferences, zone: ZoneInfo, now: datetime) -> datetime:
    """Return when the member's last summary was due, by their own clock: today's or yesterday's, or last Monday's."""
    today = now.astimezone(zone).date()
    days = (today.weekday() - _MONDAY) % 7 if preferences.rhythm == Rhythm.WEEKLY else 0
    hour = time(preferences.digest_hour)
    moment = _moment(datetime.combine(today - timedelta(days=days), hour), zone)
    if moment <= now:
        return moment
    earlier = days + (7 if preferences.rhythm == Rhythm.WEEKLY else 1)
    return _moment(datetime.combine(today - timedelta(days=earlier), hour), zone)


def is_weekly_day(zone: ZoneInfo, moment: datetime) -> bool:
    """Say whether `moment` is on a Monday by that clock, when weekly things go along with a daily summary."""
    return moment.astimezone(zone).weekday() == _MONDAY


def _moment(local: datetime, zone: ZoneInfo) -> datetime:
    """Return that hour of that day; one that a change of clocks leaves out is the one after it."""
    return local.replace(tzinfo=zone).astimezone(UTC)


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
