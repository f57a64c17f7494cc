"""When chores are due."""

from datetime import UTC, datetime

import pytest

from forum.jobs.clock import Every, Nightly


@pytest.mark.parametrize(
    "minutes, moment, due",
    [
        (15, "2026-03-01 10:00:00", "2026-03-01 10:15:00"),
        (15, "2026-03-01 10:14:59", "2026-03-01 10:15:00"),
        (60, "2026-03-01 23:59:59", "2026-03-02 00:00:00"),
    ],
)
def test_every_so_many_minutes(minutes, moment, due):
    assert Every(minutes).after(at(moment)) == at(due)


@pytest.mark.parametrize(
    "zone, moment, due",
    [
        ("UTC", "2026-03-01 02:59:59", "2026-03-01 03:00:00"),
        ("UTC", "2026-03-01 03:00:00", "2026-03-02 03:00:00"),
        ("Europe/Berlin", "2026-01-15 12:00:00", "2026-01-16 02:00:00"),
        ("Europe/Berlin", "2026-03-28 02:00:00", "2026-03-29 01:00:00"),
        ("Europe/Berlin", "2026-10-24 01:00:00", "2026-10-25 02:00:00"),
        ("America/Los_Angeles", "2026-07-01 09:00:00", "2026-07-01 10:00:00"),
        ("Pacific/Auckland", "2026-07-01 09:00:00", "2026-07-01 15:00:00"),
    ],
)
def test_every_night_by_the_clock_on_the_wall(zone, moment, due, settings):
    settings.TIME_ZONE = zone

    assert Nightly(3).after(at(moment)) == at(due)


@pytest.mark.parametrize(
    "clock, words", [(Every(15), "every 15 minutes"), (Every(60), "every hour"), (Nightly(3, 5), "every night at 3:05")]
)
def test_a_clock_says_itself(clock, words):
    assert str(clock) == words


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
