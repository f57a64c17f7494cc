"""The public figures of moderation over HTTP."""

from datetime import UTC, datetime

import pytest
from django.core.cache import cache

from forum.effects import log
from forum.models import Case, Page
from forum.queries.moderation_figures import SMALL, get_figures, shown
from tests.factories import make_answer, make_member

LOG = "/moderation/log/"
NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def for_a_year(monkeypatch, in_november, mo):
    """A log that began more than a year ago."""
    logged(monkeypatch, datetime(2025, 6, 1, tzinfo=UTC), "post.hidden", 1, mo)


@pytest.fixture(autouse=True)
def in_november(monkeypatch):
    """A day in November, with nothing counted yet."""
    cache.clear()
    at(monkeypatch, NOW)
    yield
    cache.clear()


def at(monkeypatch, moment):
    """Let it be `moment`."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


def logged(monkeypatch, moment, verb, times, actor):
    """Write the same act into the log several times at `moment`."""
    at(monkeypatch, moment)
    entries = [log.append(verb, actor=actor, reason="Names somebody") for _ in range(times)]
    at(monkeypatch, NOW)
    return entries


def row(label):
    """Return what the table says of one month, by heading."""
    figures = get_figures()
    found = next(row for row in figures.rows if row.label == label)
    return {**dict(zip(figures.heads, found.cells, strict=True)), "hours": found.hours}


def test_numbers_are_nothing_small_or_exact():
    assert [shown(number) for number in (0, 1, 4, 5, 1_234)] == ["0", SMALL, SMALL, "5", "1,234"]


def test_before_the_first_month_is_over_there_are_no_figures(monkeypatch, client, mo):
    assert get_figures().rows == ()
    logged(monkeypatch, NOW, "post.hidden", 9, mo)
    cache.clear()

    assert get_figures().rows == ()
    assert "The first month isn’t over yet." in client.get(LOG).content.decode()


def test_months_before_the_first_act_are_left_out(monkeypatch, mo):
    logged(monkeypatch, datetime(2026, 9, 30, tzinfo=UTC), "post.hidden", 1, mo)

    assert [row.label for row in get_figures().rows] == ["October 2026", "September 2026"]


def test_the_last_twelve_whole_months_are_shown_newest_first(for_a_year):
    figures = get_figures()

    assert [row.label for row in figures.rows][:2] == ["October 2026", "September 2026"]
    assert ([row.label for row in figures.rows][-1], len(figures.rows), len(figures.bars)) == ("November 2025", 12, 12)


def test_acts_are_counted_by_month_and_kind(monkeypatch, mo, for_a_year):
    october, first, last = (datetime(2026, 10, day, hour, tzinfo=UTC) for day, hour in ((15, 1), (1, 0), (31, 23)))
    logged(monkeypatch, october, "post.hidden", 7, mo)
    logged(monkeypatch, first, "question.closed", 5, mo)
    logged(monkeypatch, last, "member.suspended", 3, mo)
    logged(monkeypatch, datetime(2026, 9, 30, 23, 59, tzinfo=UTC), "post.deleted", 6, mo)
    logged(monkeypatch, NOW, "post.deleted", 9, mo)

    assert row("October 2026") == {
        "Posts hidden": "7",
        "Posts deleted": "0",
        "Questions closed": "5",
        "Restored or undone": "0",
        "Warnings": "0",
        "Suspensions": SMALL,
        "Reports agreed with": "0",
        "Reports declined": "0",
        "Appeals granted": "0",
        "Appeals declined": "0",
        "hours": "—",
    }
    assert row("September 2026")["Posts deleted"] == "6"


def test_what_takes_an_act_back_counts_as_that_alone(monkeypatch, mo):
    october = datetime(2026, 10, 15, tzinfo=UTC)
    done = logged(monkeypatch, october, "post.shown", 5, mo)
    at(monkeypatch, october)
    for entry in done:
        log.append("post.hidden", actor=mo, undoes=entry)
    at(monkeypatch, NOW)

    found = row("October 2026")
    assert (found["Posts hidden"], found["Restored or undone"]) == ("0", "10")


def test_reports_are_counted_by_what_became_of_them_with_the_middle_time(mo, for_a_year):
    outcomes = ["post.hidden"] * 5 + ["post.kept"] * 6
    for hours, outcome in enumerate(outcomes, start=1):
        decided(mo, outcome, hours)
    decided(None, "withdrawn", 900)

    found = row("October 2026")
    assert (found["Reports agreed with"], found["Reports declined"], found["hours"]) == ("5", "6", "6")


def test_the_middle_of_a_few_decisions_is_nobodys_business(mo, for_a_year):
    for hours in range(4):
        decided(mo, "post.kept", hours)

    found = row("October 2026")
    assert (found["Reports declined"], found["hours"]) == (SMALL, "—")


def decided(actor, outcome, hours):
    """A case that was decided in October, so many hours after it was opened."""
    opened = datetime(2026, 10, 1, tzinfo=UTC)
    Case.objects.create(
        kind="report",
        member=make_member(),
        opened_at=opened,
        closed_at=opened.replace(day=1 + hours // 24, hour=hours % 24) if hours < 700 else opened.replace(day=30),
        closed_by=actor,
        outcome=outcome,
    )


def test_no_number_lets_a_small_one_be_computed(monkeypatch, mo, for_a_year):
    october = datetime(2026, 10, 15, tzinfo=UTC)
    logged(monkeypatch, october, "post.hidden", 7, mo)
    before = get_figures()
    cache.clear()
    logged(monkeypatch, october, "member.suspended", 2, mo)
    two = get_figures()
    cache.clear()
    logged(monkeypatch, october, "member.suspended", 2, mo)

    assert get_figures() == two
    assert (before.bars, before.most) == (two.bars, two.most)


def test_it_names_nobody_and_shows_no_single_act(monkeypatch, client, mo):
    answer = make_answer()
    at(monkeypatch, datetime(2026, 10, 15, tzinfo=UTC))
    for _ in range(9):
        log.append("post.hidden", actor=mo, post=answer, reason="Names Eve Stranger")
    at(monkeypatch, NOW)

    page = client.get(LOG).content.decode()

    assert '<td class="r">9</td>' in page
    assert [
        word for word in ("Eve Stranger", f"/{answer.pk}/", "/user/mo/", answer.question.title) if word in page
    ] == []


def test_everybody_reads_it_and_it_is_in_the_help(client):
    assert client.get(LOG).status_code == 200
    Page.objects.create(slug="guidelines", title="How we talk here")
    assert '<a href="/moderation/log/">' in client.get("/help/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_few_queries_and_fewer_when_it_was_just_counted(
    monkeypatch, client, mo, count, django_assert_num_queries
):
    logged(monkeypatch, datetime(2026, 10, 15, tzinfo=UTC), "post.hidden", count, mo)
    client.get("/help/")
    cache.clear()

    with django_assert_num_queries(10):  # four, and what the cache asks of its own table
        get_figures()
    with django_assert_num_queries(1):
        get_figures()
