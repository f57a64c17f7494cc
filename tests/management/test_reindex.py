"""Building the index anew: complete, resumable, and only where it is needed."""

from io import StringIO

import pytest
from django.core.management import call_command

from forum.actions import moderating, reindexing
from forum.models import SearchBuild, SearchEntry
from tests.factories import make_answer, make_question

pytestmark = pytest.mark.django_db


@pytest.fixture
def posts(mo):
    """Two questions with an answer each, one of them hidden."""
    made = [make_question(), make_question()]
    made += [make_answer(made[0]), make_answer(made[1])]
    moderating.hide_post(mo, made[3])
    return made


def entries():
    return {row["post_id"]: row for row in SearchEntry.objects.values()}


def test_an_index_that_was_lost_is_built_as_it_was(posts):
    before = entries()
    SearchEntry.objects.all().delete()

    call_command("reindex", verbosity=0)

    assert entries() == before
    assert sorted(before) == sorted(post.pk for post in posts[:3])


def test_what_should_not_be_there_goes(posts):
    before = entries()
    SearchEntry.objects.create(post=posts[3], body="hidden")
    SearchEntry.objects.filter(pk=posts[0].pk).update(body="stale")

    call_command("reindex", verbosity=0)

    assert entries() == before


def test_a_build_that_was_stopped_goes_on_where_it_was(posts, monkeypatch):
    monkeypatch.setattr(reindexing, "BATCH", 1)
    SearchEntry.objects.all().delete()
    begun = reindexing.build_index()
    next(begun)
    begun.close()

    far = reindexing.progress()
    rest = sum(reindexing.build_index())

    assert (far.total, far.done, rest) == (3, 1, 2)
    assert sorted(entries()) == sorted(post.pk for post in posts[:3])
    assert SearchBuild.objects.filter(finished_at=None).count() == 0


def test_if_needed_it_does_nothing_where_the_index_is(posts):
    SearchEntry.objects.filter(pk=posts[0].pk).update(body="stays")

    call_command("reindex", if_needed=True, verbosity=0, stdout=StringIO())

    assert SearchEntry.objects.get(pk=posts[0].pk).body == "stays"
    assert not SearchBuild.objects.exists()


def test_if_needed_it_builds_what_is_missing(posts):
    SearchEntry.objects.all().delete()

    call_command("reindex", if_needed=True, verbosity=0)

    assert sorted(entries()) == sorted(post.pk for post in posts[:3])
