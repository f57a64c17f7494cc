"""Dates in words, by the clock of whoever looks: the time zone that the request has activated."""

from datetime import datetime

from django.utils import timezone


def day(moment: datetime) -> str:
    """Return the day of `moment`: "2 March 2026"."""
    return f"{timezone.localtime(moment):%-d %B %Y}"


def day_and_time(moment: datetime) -> str:
    """Return the day and the minute of `moment`: "2 March 2026, 14:05"."""
    return f"{timezone.localtime(moment):%-d %B %Y, %H:%M}"
