"""How many follow: nobody who muted, no closed account, and no question."""

import pytest
from django.utils import timezone

from forum.actions import following
from forum.models import Tag
from forum.queries.followers import FollowCounts, count_followers, count_follows
from tests.factories import make_member, make_question

pytestmark = pytest.mark.django_db


@pytest.fixture
def gone():
    return make_member("gone")


def close(member):
    member.closed_at = timezone.now()
    member.save(update_fields=["closed_at"])


def test_followers_and_people_followed_are_counted_without_muted_ones_and_closed_accounts(ann, bob, newt, gone):
    for follower in (ann, newt, gone):
        following.follow(follower, bob)
    for person in (ann, gone):
        following.follow(bob, person)
    following.set_follow_mode(newt, bob, "muted")
    close(gone)

    assert count_follows(bob) == FollowCounts(followers=1, following=1)
    assert count_follows(newt) == FollowCounts(followers=0, following=0)


def test_asking_anonymously_moves_no_count_that_others_see(ann, bob, sleep):
    following.follow(bob, sleep)
    before = count_follows(bob)

    make_question(bob, is_anonymous=True)
    following.follow(bob, make_question(ann))

    assert (before, count_follows(bob)) == (FollowCounts(0, 0), FollowCounts(0, 0))


def test_a_tags_followers_are_those_who_want_to_hear_of_it(ann, bob, newt, gone):
    tag = Tag.objects.create(name="rest", slug="rest")
    for member in (ann, bob, newt, gone):
        following.follow(member, tag)
    following.set_follow_mode(newt, tag, "muted")
    close(gone)

    assert count_followers(tag) == 2


@pytest.mark.parametrize("count", [1, 3])
def test_counting_costs_one_query(bob, count, django_assert_num_queries):
    for _ in range(count):
        following.follow(make_member(), bob)

    with django_assert_num_queries(1):
        assert count_follows(bob) == FollowCounts(followers=count, following=0)
