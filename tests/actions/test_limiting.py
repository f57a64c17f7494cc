"""Limits over a sliding window, per member and per address."""

import time

import pytest

from forum.actions import limiting
from forum.models import Guest, LimitEntry, SiteSettings

pytestmark = pytest.mark.django_db
HOME, WORK = "192.0.2.1", "192.0.2.2"


@pytest.fixture(autouse=True)
def small_limits(db):
    numbers = {
        "guest_questions_an_hour": 1,
        "new_questions_an_hour": 2,
        "member_questions_an_hour": 3,
        "guest_answers_an_hour": 2,
        "guest_comments_an_hour": 3,
        "votes_a_day": 2,
        "flags_a_day": 1,
        "uploads_an_hour": 1,
        "previews_a_minute": 1,
        "busy_posts_an_hour": 2,
    }
    SiteSettings.objects.create(pk=1, numbers=numbers)


def allowed(person, act, *, address=HOME):
    """Count how often `person` may `act` before the limit."""
    done = 0
    while done < 50:
        try:
            limiting.spend(person, address, act)
        except limiting.LimitReached:
            return done
        done += 1
    return done


def test_standing_widens_the_limit(ann, newt):
    assert (allowed(Guest(), "ask"), allowed(newt, "ask"), allowed(ann, "ask")) == (1, 2, 3)


@pytest.mark.parametrize("act, times", [("answer", 2), ("comment", 3), ("upload", 1), ("preview", 1)])
def test_each_act_has_its_own_limit(act, times):
    assert allowed(Guest(), act) == times


@pytest.mark.parametrize("act, times", [("vote", 2), ("flag", 1)])
def test_votes_and_flags_are_counted_by_the_day(newt, act, times):
    assert allowed(newt, act) == times


def test_guests_are_counted_by_address_alone(guest):
    assert allowed(Guest(), "ask") == 1
    assert allowed(guest, "ask") == 0
    assert allowed(guest, "ask", address=WORK) == 1


def test_members_are_counted_wherever_they_are(newt, ann):
    assert allowed(newt, "ask") == 2
    assert allowed(newt, "ask", address=WORK) == 0
    assert allowed(ann, "ask") == 3


def test_moderators_have_no_limit(mo):
    assert allowed(mo, "ask") == 50


def test_a_refusal_says_when_to_go_on_and_that_nothing_is_lost():
    limiting.spend(Guest(), HOME, "ask")

    with pytest.raises(limiting.LimitReached) as refusal:
        limiting.spend(Guest(), HOME, "ask")

    assert 3590 <= refusal.value.retry_after <= 3600
    assert refusal.value.sentence == (
        "You have asked a lot in a short time. You can go on in 60 minutes. Your text is safe."
    )


def test_the_window_slides():
    limiting.spend(Guest(), HOME, "ask")
    LimitEntry.objects.update(at=time.time() - 3601)

    assert allowed(Guest(), "ask") == 1


def test_an_address_is_busy_after_a_familys_worth_of_posts():
    assert [limiting.is_busy(HOME) for _ in range(4)] == [False, False, True, True]
    assert limiting.is_busy(WORK) is False


def test_what_no_limit_looks_at_any_more_is_forgotten(newt):
    LimitEntry.objects.create(key=f"LIMITER/a{WORK}/1", at=time.time() - 24 * 3600 - 1)
    LimitEntry.objects.create(key=f"LIMITER/a{WORK}/2", at=time.time() - 23 * 3600)

    limiting.spend(newt, HOME, "vote")

    assert [entry.key[-1] for entry in LimitEntry.objects.filter(key__contains=WORK)] == ["2"]
