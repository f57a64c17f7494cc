"""What the database holds about removals, closures, flags and suspensions."""

import pytest
from django.utils import timezone

from forum.models import Closure, Flag, Removal, Suspension
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db


def test_a_post_has_one_open_removal_of_each_kind(question, mo):
    Removal.objects.create(post=question, kind="hidden", actor=mo, lifted_at=timezone.now())
    Removal.objects.create(post=question, kind="hidden", actor=mo)
    Removal.objects.create(post=question, kind="deleted", actor=mo)

    with refused("removal_one_open_per_post_and_kind", "forum_removal.post_id, forum_removal.kind"):
        Removal.objects.create(post=question, kind="hidden", actor=mo)


def test_a_question_has_one_open_closure(question, mo):
    Closure.objects.create(question=question, closed_by=mo, reason_id="heated", lifted_at=timezone.now())
    Closure.objects.create(question=question, closed_by=mo, reason_id="heated")

    with refused("closure_one_open_per_question", "forum_closure.question_id"):
        Closure.objects.create(question=question, closed_by=mo, reason_id="resolved")


def test_a_member_has_one_open_flag_on_a_post(question, bob):
    Flag.objects.create(post=question, reporter=bob, reason_id="spam", state="declined")
    Flag.objects.create(post=question, reporter=bob, reason_id="spam")

    with refused("flag_one_open_per_reporter_and_post", "forum_flag.post_id, forum_flag.reporter_id"):
        Flag.objects.create(post=question, reporter=bob, reason_id="unkind")


def test_a_member_has_one_open_suspension(newt, mo):
    until = timezone.now()
    Suspension.objects.create(member=newt, actor=mo, reason="spam", until=until, lifted_at=until)
    Suspension.objects.create(member=newt, actor=mo, reason="spam", until=until)

    with refused("suspension_one_open_per_member", "forum_suspension.member_id"):
        Suspension.objects.create(member=newt, actor=mo, reason="again", until=until)
