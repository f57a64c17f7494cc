"""How times and numbers are said."""

from datetime import UTC, datetime, timedelta

import pytest

from forum.templatetags import words

NOW = datetime(2026, 3, 20, 14, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "ago, said",
    [
        (timedelta(seconds=-90), "Just now"),
        (timedelta(seconds=59), "Just now"),
        (timedelta(seconds=60), "1 minute ago"),
        (timedelta(minutes=59, seconds=59), "59 minutes ago"),
        (timedelta(hours=1), "1 hour ago"),
        (timedelta(hours=14), "14 hours ago"),
        (timedelta(hours=15), "Yesterday"),
        (timedelta(hours=38), "Yesterday"),
        (timedelta(hours=39), "2 days ago"),
        (timedelta(days=6), "6 days ago"),
        (timedelta(days=7), "13 March"),
        (timedelta(days=79), "31 December 2025"),
    ],
)
def test_time_words(ago, said):
    assert words.time_words(NOW - ago, NOW) == said


def test_time_words_shortly_after_midnight_counts_hours():
    one_in_the_morning = datetime(2026, 3, 20, 1, 0, tzinfo=UTC)

    assert words.time_words(one_in_the_morning - timedelta(hours=2), one_in_the_morning) == "2 hours ago"


def test_time_words_follow_the_zone_of_the_site(settings):
    settings.TIME_ZONE = "Pacific/Auckland"
    noon_there = datetime(2026, 3, 20, 23, 0, tzinfo=UTC)

    assert words.time_words(noon_there - timedelta(hours=11), noon_there) == "11 hours ago"
    assert words.time_words(noon_there - timedelta(hours=13), noon_there) == "Yesterday"


def test_exact_time_names_its_zone():
    assert words.exact_time(NOW) == "20 March 2026, 14:30 UTC"


def test_machine_time_is_utc():
    assert words.machine_time(NOW) == "2026-03-20T14:30:00Z"


@pytest.mark.parametrize(
    "number, said",
    [
        (0, "0"),
        (999, "999"),
        (1000, "1k"),
        (1284, "1.2k"),
        (6700, "6.7k"),
        (12_345, "12.3k"),
        (123_456, "123k"),
        (999_999, "999k"),
        (1_000_000, "1m"),
        (1_260_000, "1.2m"),
        (-1500, "−1.5k"),
    ],
)
def test_short_number(number, said):
    assert words.short_number(number) == said


@pytest.mark.parametrize("number, said", [(0, "0"), (1284, "1,284"), (-1284, "−1,284")])
def test_grouped_number(number, said):
    assert words.grouped_number(number) == said


@pytest.mark.parametrize("number, said", [(5, "+5"), (0, "0"), (-2, "−2"), (1284, "+1,284")])
def test_signed_number(number, said):
    assert words.signed_number(number) == said
