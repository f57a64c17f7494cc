"""When a mail may ring: not in the hours in which its reader wants quiet, by their own clock."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings

from accounts.models import User
from forum.models import Preferences

_DAY = timedelta(days=1)


def when_to_send(member: User, now: datetime) -> datetime:
    """Return `now`, or when the quiet hours of `member` end if it falls into them; one query."""
    hours = Preferences.objects.filter(member=member).values_list("quiet_from", "quiet_until").first()
    if hours is None or hours[0] is None or hours[1] is None:
        return now
    return end_of_quiet(now, zone_of(member), hours[0], hours[1])


def end_of_quiet(now: datetime, zone: ZoneInfo, begins: time, ends: time) -> datetime:
    """Return `now`, or the first moment after it at which clocks in `zone` show `ends`, if they show quiet hours now.

    Hours that begin when they end are none. An hour that clocks skip in spring ends as soon as they have skipped it.
    """
    local = now.astimezone(zone)
    clock = local.time().replace(tzinfo=None)
    is_quiet = begins <= clock < ends if begins <= ends else clock >= begins or clock < ends
    if not is_quiet:
        return now
    day = local.date() if clock < ends else local.date() + _DAY
    candidates = (datetime.combine(day, ends, zone).replace(fold=fold) for fold in (0, 1))
    # In autumn an hour comes twice: what has been once already is not waited for.
    return next(moment for moment in candidates if moment.timestamp() > now.timestamp()).astimezone(now.tzinfo)


def zone_of(member: User) -> ZoneInfo:
    """Return the time zone `member` lives in: the site's, until they have chosen."""
    try:
        return ZoneInfo(member.time_zone or settings.TIME_ZONE)
    except (ZoneInfoNotFoundError, ValueError):  # a zone that this machine does not know any more
        return ZoneInfo(settings.TIME_ZONE)
