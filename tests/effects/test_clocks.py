"""Quiet hours, by the reader's own clock, also in the nights that are longer or shorter."""

from datetime import UTC, datetime, time

import pytest

from forum.effects.clocks import when_to_send
from forum.models import Preferences

pytestmark = pytest.mark.django_db


def moment(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def quiet(member, begins, ends, zone="Europe/Berlin"):
    member.time_zone = zone
    Preferences.objects.create(
        member=member, quiet_from=time.fromisoformat(begins), quiet_until=time.fromisoformat(ends)
    )


def test_without_quiet_hours_mails_leave_at_once(ann):
    now = moment("2026-06-01T03:00")
    before = when_to_send(ann, now)
    Preferences.objects.create(member=ann)

    assert (before, when_to_send(ann, now)) == (now, now)


@pytest.mark.parametrize(
    ("hours", "now", "leaves"),
    [
        (("22:00", "07:00"), "2026-06-01T19:59", "2026-06-01T19:59"),  # 21:59 in Berlin
        (("22:00", "07:00"), "2026-06-01T20:00", "2026-06-02T05:00"),
        (("22:00", "07:00"), "2026-06-02T04:59", "2026-06-02T05:00"),
        (("22:00", "07:00"), "2026-06-02T05:00", "2026-06-02T05:00"),
        (("13:00", "15:00"), "2026-06-01T12:00", "2026-06-01T13:00"),
        (("13:00", "15:00"), "2026-06-01T10:59", "2026-06-01T10:59"),
        (("00:00", "00:00"), "2026-06-01T12:00", "2026-06-01T12:00"),
        # 29 March 2026: 02:00 becomes 03:00. The night ends an hour sooner, and 02:30 never comes.
        (("22:00", "07:00"), "2026-03-28T22:00", "2026-03-29T05:00"),
        (("22:00", "02:30"), "2026-03-29T00:30", "2026-03-29T01:30"),
        # 25 October 2026: 03:00 becomes 02:00. 02:30 comes twice, and whoever has had it once waits for the second.
        (("22:00", "07:00"), "2026-10-24T22:00", "2026-10-25T06:00"),
        (("22:00", "02:30"), "2026-10-25T00:10", "2026-10-25T00:30"),
        (("22:00", "02:30"), "2026-10-25T01:10", "2026-10-25T01:30"),
    ],
)
def test_mails_wait_for_the_end_of_quiet_hours(hours, now, leaves, ann):
    quiet(ann, *hours)

    assert when_to_send(ann, moment(now)) == moment(leaves)


@pytest.mark.parametrize("zone", ["", "Nowhere/Such", "../etc/passwd"])
def test_without_a_zone_that_exists_the_sites_holds(zone, ann, settings):
    settings.TIME_ZONE = "Asia/Tokyo"
    quiet(ann, "22:00", "07:00", zone)

    assert when_to_send(ann, moment("2026-06-01T13:30")) == moment("2026-06-01T22:00")
