"""What the database holds about the ledger and revisions."""

from datetime import date

import pytest
from django.utils import timezone

from forum.models import ReputationChange, Revision
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db


def test_a_line_of_the_ledger_is_never_nothing(ann):
    with refused("reputation_change_is_not_zero"):
        ReputationChange.objects.create(member=ann, reason="joined", points=0, created_at=timezone.now())


def test_points_for_votes_cast_name_their_day(ann):
    with refused("reputation_change_has_a_day_for_votes_cast"):
        ReputationChange.objects.create(member=ann, reason="vote_cast", points=10, created_at=timezone.now())


def test_other_points_name_no_day(ann):
    with refused("reputation_change_has_a_day_for_votes_cast"):
        ReputationChange.objects.create(
            member=ann, reason="asked", points=20, day=date(2026, 1, 1), created_at=timezone.now()
        )


def test_a_posts_revisions_are_numbered_once(question):
    with refused("revision_number_unique_in_post", "forum_revision.post_id, forum_revision.number"):
        Revision.objects.create(post=question, number=1, body="Another first text")
