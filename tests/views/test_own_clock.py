"""A member's own clock: days and times on pages are those of the time zone that they chose."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from accounts.members import set_time_zone
from forum.actions import measuring, sanctioning
from forum.choices import MeasureKind
from forum.models import Post
from tests.factories import make_question

pytestmark = pytest.mark.django_db
EVENING = datetime(2026, 3, 14, 20, 30, tzinfo=UTC)  # 09:30 on the 15th in Auckland


@pytest.fixture
def auckland(signed_in, bob):
    """Bob's browser, in Auckland."""
    set_time_zone(bob.pk, "Pacific/Auckland")
    return signed_in(bob)


def test_times_are_those_of_the_members_own_clock_and_the_sites_for_all_others(auckland, client, signed_in, ann):
    question = make_question(ann)
    Post.objects.filter(pk=question.pk).update(created_at=EVENING)
    path = question.get_absolute_url()

    assert 'title="15 March 2026, 09:30 NZDT"' in auckland.get(path).content.decode()
    for browser in (client, signed_in(ann)):
        assert 'title="14 March 2026, 20:30 UTC"' in browser.get(path).content.decode()


def test_a_page_by_another_clock_leaves_the_sites_clock_alone(auckland):
    auckland.get("/")

    assert timezone.get_current_timezone_name() == "UTC"


def test_a_zone_that_is_not_known_any_more_is_the_sites(signed_in, bob):
    set_time_zone(bob.pk, "Mars/Olympus")

    assert signed_in(bob).get("/").status_code == 200


def test_the_end_of_a_lock_and_of_a_suspension_are_told_by_it(auckland, bob, mo, ann):
    until = (timezone.now() + timedelta(days=40)).replace(hour=20, minute=30)
    there = (until + timedelta(hours=12)).strftime("%-d %B %Y")
    question = make_question(ann)
    measuring.lay_measure(mo, question, MeasureKind.LOCK, until=until, reason="A quarrel")
    sanctioning.suspend_member(mo, bob, until=until, reason="Unkind words")

    page = auckland.get(question.get_absolute_url()).content.decode()
    refusal = auckland.post(f"/posts/{question.pk}/answer/", {"body": "A warm drink."})

    assert f"Locked until {there}" in page
    assert f"until {there}" in refusal.content.decode()


def test_the_administration_keeps_it_too(signed_in, ada, mo, newt):
    set_time_zone(ada.pk, "Pacific/Auckland")
    until = (timezone.now() + timedelta(days=40)).replace(hour=20, minute=30)
    sanctioning.suspend_member(mo, newt, until=until, reason="Unkind words")

    page = signed_in(ada).get("/admin/accounts/user/").content.decode()

    assert f"Read-only until {(until + timedelta(hours=12)):%-d %B %Y}" in page


def test_feeds_look_at_no_session(auckland):
    auckland.get("/feed/questions.rss")

    response = auckland.get("/feed/questions.rss")

    assert "Cookie" not in response.get("Vary", "")
