"""Limits over a sliding window, per member and per address."""

import time
from datetime import UTC, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from forum.actions import limiting
from forum.limits import Rules
from forum.models import Guest, LimitEntry, SiteSettings
from tests.factories import make_guest, make_member

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
        "members_of_an_address": 2,
        "guests_of_an_address": 3,
        "sign_ups_an_hour": 2,
        "suggestions_an_hour": 3,
        "messages_an_hour": 4,
        "appeals_a_day": 1,
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
    assert (allowed(make_guest(), "ask"), allowed(newt, "ask"), allowed(ann, "ask")) == (1, 2, 3)


@pytest.mark.parametrize(
    "act, times",
    [
        *[("answer", 2), ("comment", 3), ("upload", 1), ("preview", 1)],
        *[("sign_up", 2), ("suggest", 3), ("message", 4), ("appeal", 1)],
    ],
)
def test_each_act_has_its_own_limit(act, times, guest):
    assert allowed(guest, act) == times


@pytest.mark.parametrize("act, times", [("vote", 2), ("flag", 1)])
def test_votes_and_flags_are_counted_by_the_day(newt, act, times):
    assert allowed(newt, act) == times


def test_guests_are_counted_by_their_browser_and_a_network_by_what_many_may():
    people = [make_guest() for _ in range(4)]

    assert [allowed(person, "ask") for person in people] == [1, 1, 1, 0]
    assert allowed(people[0], "ask", address=WORK) == 0
    assert allowed(people[3], "ask", address=WORK) == 1
    assert allowed(Guest(), "ask", address=WORK) == 1


@pytest.mark.parametrize("act", ["upload", "preview", "sign_up"])
def test_what_costs_the_site_is_counted_by_address_alone(act, guest):
    assert allowed(Guest(), act) > 0
    assert allowed(guest, act) == 0


def test_asking_for_room_counts_nothing(guest):
    for _ in range(3):
        limiting.require_room(guest, HOME, "ask")
    limiting.spend(guest, HOME, "ask")

    with pytest.raises(limiting.LimitReached, match="You’ve asked a lot in a short time"):
        limiting.require_room(guest, HOME, "ask")
    assert LimitEntry.objects.count() == 2


def test_members_are_counted_wherever_they_are(newt, ann):
    assert allowed(newt, "ask") == 2
    assert allowed(newt, "ask", address=WORK) == 0
    assert allowed(ann, "ask") == 3


def test_many_accounts_of_one_address_do_what_two_members_may():
    people = [make_member() for _ in range(4)]

    assert [allowed(person, "vote") for person in people] == [2, 2, 0, 0]
    assert allowed(people[2], "vote", address=WORK) == 2


def test_what_an_address_is_refused_is_not_counted_for_the_member():
    people = [make_member() for _ in range(3)]
    for person in people[:2]:
        allowed(person, "vote")

    allowed(people[2], "vote")

    assert LimitEntry.objects.filter(key__contains=f"m{people[2].pk}").count() == 0


@pytest.mark.parametrize("address", ["127.0.0.1", "::1/128", "unknown"])
def test_an_address_that_is_nobodys_holds_no_member_back(address):
    people = [make_member() for _ in range(4)]

    assert [allowed(person, "vote", address=address) for person in people] == [2, 2, 2, 2]


@pytest.mark.parametrize(
    "ability, act, times",
    [("everything", "message", 2), ("everything", "appeal", 1), ("voting", "ask", 1), ("voting", "message", 2)],
)
def test_who_may_do_less_for_a_while_does_the_rest_less_often(newt, ability, act, times):
    until = timezone.now() + timedelta(days=1)
    newt.suspended_until = until if ability == "everything" else None
    newt.abilities_until = {} if ability == "everything" else {ability: until.isoformat()}

    assert allowed(newt, act) == times


def test_a_suspension_that_is_over_narrows_nothing(newt):
    newt.suspended_until = timezone.now() - timedelta(days=1)

    assert allowed(newt, "message") == 4


def test_the_numbers_begin_where_the_field_begins():
    begin = Rules()

    names = [
        f"{who}_{what}_an_hour" for who in ("guest", "new", "member") for what in ("questions", "answers", "comments")
    ]
    assert [getattr(begin, name) for name in names] == [2, 5, 10, 5, 10, 20, 10, 25, 50]
    assert (begin.votes_a_day, begin.flags_a_day, begin.sign_ups_an_hour) == (40, 10, 5)


def test_moderators_have_no_limit(mo):
    assert allowed(mo, "ask") == 50


def refusal_of(person, act="ask"):
    """Spend what there is, and return the refusal of one more."""
    allowed(person, act)
    with pytest.raises(limiting.LimitReached) as refusal:
        limiting.spend(person, HOME, act)
    return refusal.value


def said_at(refusal, zone):
    """Return the whole minute from which `refusal` is over, by the clocks of `zone`, with the day if it is another."""
    now = timezone.localtime(timezone=zone)
    at = now + timedelta(seconds=refusal.retry_after + 59)
    return f"{'' if at.date() == now.date() else 'tomorrow '}at {at:%H:%M}"


def test_a_refusal_says_when_to_post_again_and_that_nothing_is_lost(guest):
    refusal = refusal_of(guest)

    assert 3590 <= refusal.retry_after <= 3600
    assert refusal.sentence == (
        "You’ve asked a lot in a short time. "
        f"You can post again {said_at(refusal, UTC)} (UTC), in 60 minutes. Your text is safe."
    )


def test_a_refusal_of_a_network_says_so(guest):
    for _ in range(3):
        limiting.spend(make_guest(), HOME, "ask")

    refusal = refusal_of(guest)

    assert refusal.sentence.startswith("Many questions came from your network in a short time. You can post again ")


def test_the_time_is_that_of_the_members_own_clock(newt):
    newt.time_zone = "Pacific/Auckland"

    refusal = refusal_of(newt)

    assert refusal.sentence == (
        "You’ve asked a lot in a short time. "
        f"You can post again {said_at(refusal, ZoneInfo('Pacific/Auckland'))}. Your text is safe."
    )


def test_the_window_slides(guest):
    limiting.spend(guest, HOME, "ask")
    LimitEntry.objects.update(at=time.time() - 3601)

    assert allowed(guest, "ask") == 1


def test_an_address_is_busy_after_a_familys_worth_of_posts():
    busy = []
    for _ in range(4):
        busy.append(limiting.is_busy(HOME))
        limiting.count_guests_post(HOME)

    assert busy == [False, False, True, True]
    assert limiting.is_busy(WORK) is False


def test_what_no_limit_looks_at_any_more_is_forgotten(newt):
    LimitEntry.objects.create(key=f"LIMITER/a{WORK}/1", at=time.time() - 24 * 3600 - 1)
    LimitEntry.objects.create(key=f"LIMITER/a{WORK}/2", at=time.time() - 23 * 3600)

    limiting.spend(newt, HOME, "vote")

    assert [entry.key[-1] for entry in LimitEntry.objects.filter(key__contains=WORK)] == ["2"]
