"""Authors follow what they asked: also what they asked before there was such a rule."""

from importlib import import_module

import pytest
from django.db import connection
from django.utils import timezone

from forum.actions import following
from forum.models import Follow
from tests.factories import make_answer, make_guest, make_member, make_question

pytestmark = pytest.mark.django_db
MIGRATION = "forum.migrations.0024_authors_follow_their_questions"


def test_authors_follow_the_questions_they_asked_before_once(ann, bob, sleep):
    asked, veiled = make_question(ann), make_question(ann, is_anonymous=True)
    make_question(make_guest())
    make_question(make_member("gone", is_active=False, closed_at=timezone.now()))
    make_answer(asked, bob)
    Follow.objects.all().delete()
    following.set_follow_mode(ann, veiled, "muted")

    for _ in range(2):
        with connection.cursor() as cursor:
            cursor.execute(import_module(MIGRATION).FOLLOW_OWN)

    rows = Follow.objects.order_by("question").values_list("member", "question", "mode", "category", "tag", "person")
    assert list(rows) == [(ann.pk, asked.pk, "site", *[None] * 3), (ann.pk, veiled.pk, "muted", *[None] * 3)]
    assert Follow.objects.get(question=asked).created_at == asked.created_at
