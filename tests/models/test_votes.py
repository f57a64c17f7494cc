"""What the database holds about votes and saved posts."""

import pytest
from django.utils import timezone

from forum.models import Bookmark, Vote
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db


def test_a_member_has_one_vote_on_a_post(question, bob):
    Vote.objects.create(post=question, voter=bob, direction=1, created_at=timezone.now())

    with refused("vote_one_per_voter_and_post", "forum_vote.voter_id, forum_vote.post_id"):
        Vote.objects.create(post=question, voter=bob, direction=-1, created_at=timezone.now())


@pytest.mark.parametrize("direction", [0, 2, -2])
def test_a_vote_goes_up_or_down(question, bob, direction):
    with refused("vote_is_up_or_down"):
        Vote.objects.create(post=question, voter=bob, direction=direction, created_at=timezone.now())


def test_a_member_saves_a_post_once(question, bob):
    Bookmark.objects.create(post=question, member=bob)

    with refused("bookmark_one_per_member_and_post", "forum_bookmark.member_id, forum_bookmark.post_id"):
        Bookmark.objects.create(post=question, member=bob)
