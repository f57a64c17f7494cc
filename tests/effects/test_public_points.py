"""The points that others see: no number tells who wrote anonymously, or who has just voted."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from forum.actions import answering, tidying, voting
from forum.actions.recounting import recount
from forum.bylines import member_byline
from forum.choices import Direction
from forum.models import Guest, ReputationChange
from tests.factories import make_answer, make_member, make_question

pytestmark = pytest.mark.django_db


def _seen(*members):
    return [User.objects.get(pk=member.pk).public_points for member in members]


def test_nothing_others_see_changes_when_somebody_acts_anonymously(ann, bob, mo):
    question = make_question(ann, is_anonymous=True)
    answer = make_answer(question, bob, is_anonymous=True)
    voting.cast_vote(mo, answer, Direction.UP)
    voting.cast_vote(mo, question, Direction.UP)
    answering.accept_answer(ann, answer)

    assert _seen(ann, bob, mo) == [500, 2_500, 100]
    assert [User.objects.get(pk=member.pk).reputation for member in (ann, bob, mo)] == [560, 2_860, 120]
    assert recount(check=True) == []


def test_what_is_written_under_a_name_counts_at_once(ann, bob):
    answer = make_answer(make_question(ann), bob)
    answering.accept_answer(ann, answer)

    assert _seen(ann, bob) == [550, 2_840]


def test_the_member_sees_their_whole_total(bob):
    make_answer(author=bob, is_anonymous=True)
    member = User.objects.get(pk=bob.pk)

    assert [member_byline(member, member).points, member_byline(member, Guest()).points] == [2_540, 2_500]


def test_a_new_month_publishes_what_the_last_one_brought(bob):
    make_answer(author=bob, is_anonymous=True)
    ReputationChange.objects.update(created_at=timezone.now() - timedelta(days=40))

    looked_at = [tidying.publish_points(), tidying.publish_points()]

    assert looked_at == [1, 0]
    assert _seen(bob) == [2_540]


def test_publishing_early_tells_nothing(bob):
    make_answer(author=bob, is_anonymous=True)

    tidying.publish_points()

    assert _seen(bob) == [2_500]


def test_people_are_ranked_by_what_others_see(client):
    quiet, loud = make_member("quiet", points=90), make_member("loud", points=100)
    make_answer(author=quiet, is_anonymous=True)

    page = client.get("/users/").content.decode()

    assert page.index("/user/loud/") < page.index("/user/quiet/")
    assert loud.public_points > _seen(quiet)[0]
