"""Says times and numbers the way the design does: "2 hours ago", "6.7k", "−2"."""

from datetime import UTC, datetime

from django.utils import timezone

MINUS = "\N{MINUS SIGN}"

_MINUTE, _HOUR, _WEEK_OF_DAYS = 60, 60 * 60, 7
# Up to here midnight does not matter: at one in the morning, eleven at night is "2 hours ago", not "Yesterday".
_HOURS_ACROSS_MIDNIGHT = 6 * _HOUR
_NO_TENTHS_FROM = 100
_MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def time_words(moment: datetime, now: datetime) -> str:
    """Return how long ago `moment` was, in the words a person would use; a time ahead counts as now."""
    moment, now = timezone.localtime(moment), timezone.localtime(now)
    seconds = int((now - moment).total_seconds())
    if seconds < _MINUTE:
        return "Just now"
    if seconds < _HOUR:
        return _ago(seconds // _MINUTE, "minute")
    days = (now.date() - moment.date()).days
    if days == 0 or seconds < _HOURS_ACROSS_MIDNIGHT:
        return _ago(seconds // _HOUR, "hour")
    if days == 1:
        return "Yesterday"
    if days < _WEEK_OF_DAYS:
        return _ago(days, "day")
    return _date(moment) if moment.year == now.year else f"{_date(moment)} {moment.year}"


def exact_time(moment: datetime) -> str:
    """Return the full date and time of `moment`, with its zone."""
    local = timezone.localtime(moment)
    return f"{_date(local)} {local.year}, {local:%H:%M} {local.tzname()}"


def machine_time(moment: datetime) -> str:
    """Return `moment` for a `datetime` attribute, in UTC."""
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def short_number(number: int) -> str:
    """Return `number` in at most four signs ("6.7k"), cut and not rounded, so that 999,999 is not a million."""
    size = abs(number)
    sign = MINUS if number < 0 else ""
    for unit, letter in ((1_000_000, "m"), (1_000, "k")):
        if size >= unit:
            whole, rest = divmod(size, unit)
            tenth = rest * 10 // unit if whole < _NO_TENTHS_FROM else 0
            return f"{sign}{whole}.{tenth}{letter}" if tenth else f"{sign}{whole}{letter}"
    return f"{sign}{size}"


def grouped_number(number: int) -> str:
    """Return `number` with its thousands apart: "1,284"."""
    return f"{MINUS if number < 0 else ''}{abs(number):,}"


def signed_number(number: int) -> str:
    """Return a score as readers see it: "+5", "0", or with a true minus "−2"."""
    return f"+{number:,}" if number > 0 else grouped_number(number)


def _ago(count: int, unit: str) -> str:
    return f"{count} {unit} ago" if count == 1 else f"{count} {unit}s ago"


def _date(local: datetime) -> str:
    return f"{local.day} {_MONTHS[local.month - 1]}"
