"""Site health: are people answered, how soon, and is the team keeping up."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from forum.actions import flagging, moderating
from forum.admin.drawing import bars, spark
from forum.admin.health import duration, measure, site_health
from forum.models import Case, Post
from tests.factories import make_answer, make_category, make_question

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_kept():
    """Start without numbers that another test has kept."""
    cache.clear()


def asked(topic, days_ago, *, answered_after=None):
    """Make a question, answered after so many hours."""
    question = make_question(category=topic, days_ago=days_ago)
    if answered_after is not None:
        answer = make_answer(question)
        at = timezone.now() - timedelta(days=days_ago) + timedelta(hours=answered_after)
        Post.objects.filter(pk=answer.pk).update(created_at=at)


def numbers(days=30):
    return {number.label: number.value for number in site_health(days).numbers}


def test_it_says_how_soon_people_are_answered(sleep):
    asked(sleep, 5, answered_after=1)
    asked(sleep, 5, answered_after=3)
    asked(sleep, 5, answered_after=48)
    asked(sleep, 5)

    found = numbers()

    assert found["Questions a day"] == "0.1"
    assert found["Answered within a day"] == "50%"
    assert found["Time to first answer"] == "3 h 00"


def test_a_question_of_today_may_yet_be_answered(sleep):
    asked(sleep, 0.5)

    health = site_health(30)

    assert (health.numbers[1].value, health.waiting, health.topics) == ("–", 0, [])


def test_it_counts_who_waits(sleep):
    asked(sleep, 3)
    asked(sleep, 3, answered_after=2)

    assert site_health(30).waiting == 1


def test_it_compares_with_the_time_before(sleep):
    asked(sleep, 3)
    asked(sleep, 3)
    asked(sleep, 40)

    assert site_health(30).numbers[0].change == "100% more than before"


def test_it_shows_the_share_of_each_span(sleep):
    asked(sleep, 3, answered_after=0.1)
    asked(sleep, 3, answered_after=30)

    shares = {share.label: share.percent for share in site_health(30).shares}

    assert shares == {
        "Under 15 min": 50,
        "15 to 60 min": 0,
        "1 to 3 hours": 0,
        "3 to 12 hours": 0,
        "12 to 24 h": 0,
        "Over a day": 50,
    }


def test_topics_are_judged_once_there_is_enough(sleep):
    few = make_category("Few")
    asked(few, 3)
    for _ in range(5):
        asked(sleep, 3, answered_after=1)

    topics = [(topic.name, topic.asked, topic.answered, topic.state) for topic in site_health(30).topics]

    assert topics == [("Sleep", 5, 100, "Well covered"), ("Few", 1, 0, "Not enough data")]


def test_it_says_whether_the_team_keeps_up(mo, newt, ann, question, sleep):
    flagging.flag_post(newt, question, reason="spam")
    moderating.hide_post(mo, question, reason="Spam")
    Case.objects.update(opened_at=timezone.now() - timedelta(minutes=20))

    team = {number.label: (number.value, number.change) for number in site_health(30).numbers[3:]}

    assert team["Open in the queue"] == ("0", "Decided after 20 min")
    assert team["Reports per 1,000 posts"] == ("–", "1 report")


@pytest.mark.parametrize("times", [1, 3])
def test_it_costs_the_same(django_assert_num_queries, sleep, times):
    for _ in range(times):
        asked(sleep, 3, answered_after=1)

    with django_assert_num_queries(8):
        measure(30)


def test_it_is_kept_for_minutes(django_assert_num_queries, sleep):
    site_health(7)

    with django_assert_num_queries(1):  # of the cache, which is a table here
        site_health(7)


@pytest.mark.parametrize("days", ["", "7", "365", "nonsense", "-1"])
def test_the_page_shows_any_period(signed_in, mo, question, days):
    assert signed_in(mo).get("/admin/health/", {"days": days}).status_code == 200


def test_members_do_not_see_it(signed_in, ann):
    assert signed_in(ann).get("/admin/health/").status_code == 403


@pytest.mark.parametrize(
    "minutes, words",
    [(0, "0 min"), (89, "89 min"), (90, "1 h 30"), (605, "10 h 05"), (2879, "47 h 59"), (2880, "2 days")],
)
def test_times_are_said_as_people_do(minutes, words):
    assert duration(minutes) == words


def test_a_line_needs_a_course():
    assert (spark([]), spark([3]), spark([2, 2])) == (None, None, None)
    assert spark([0, 1]).line == "M4.0 28.0 L116.0 4.0"


def test_bars_stand_on_round_numbers():
    drawn = bars([("1 Nov", 3), ("2 Nov", 38)])

    assert [line.number for line in drawn.lines] == [0, 10, 20, 30, 40]
    assert [(bar.label, bar.count, bar.height, bar.is_last) for bar in drawn.bars] == [
        ("1 Nov", 3, "12.3", False),
        ("2 Nov", 38, "155.8", True),
    ]
