"""The clocks of members: in which hours a mail may not ring, and when their summary is due."""

from datetime import UTC, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from django.conf import settings

from accounts.models import User
from forum.choices import Rhythm
from forum.models import Preferences

_DAY = timedelta(days=1)
_WEEK = 7


def is_zone(name: str) -> bool:
    """Say whether there is a clock of that name."""
    return name in _zones()


def zone_of(member: User) -> ZoneInfo:
    """Return the time zone `member` lives in: the site's, until they have chosen."""
    try:
        return ZoneInfo(member.time_zone or settings.TIME_ZONE)
    except (ZoneInfoNotFoundError, ValueError):  # a zone that this machine does not know any more
        return ZoneInfo(settings.TIME_ZONE)


def when_to_send(member: User, now: datetime) -> datetime:
    """Return `now`, or when the quiet hours of `member` end if it falls into them; one query."""
    preferences = Preferences.objects.filter(member=member).only("quiet_from", "quiet_until").first()
    return now if preferences is None else end_of_quiet(preferences, zone_of(member), now)


def end_of_quiet(preferences: Preferences, zone: ZoneInfo, now: datetime) -> datetime:
    """Return `now`, or the first moment after it at which the quiet hours are over, if it falls into them.

    Hours that begin when they end are none. An hour that clocks skip in spring ends as soon as they have skipped it.
    """
    begins, ends = preferences.quiet_from, preferences.quiet_until
    if begins is None or ends is None:
        return now
    local = now.astimezone(zone)
    clock = local.time().replace(tzinfo=None)
    is_quiet = begins <= clock < ends if begins <= ends else clock >= begins or clock < ends
    if not is_quiet:
        return now
    day = local.date() if clock < ends else local.date() + _DAY
    candidates = (datetime.combine(day, ends, zone).replace(fold=fold) for fold in (0, 1))
    # In autumn an hour comes twice: what has been once already is not waited for.
    return next(moment for moment in candidates if moment.timestamp() > now.timestamp()).astimezone(now.tzinfo)


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
