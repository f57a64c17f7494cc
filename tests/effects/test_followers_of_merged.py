"""Who follows a question that became part of another one waits for the answers there; taken back, no longer."""

import pytest
from django.utils import timezone

from forum.actions import merging, undoing, unsubscribing
from forum.choices import FollowMode, MailKind
from forum.models import Follow, LogEntry, Mail, MailFollow
from tests.factories import make_answer, make_member, make_question
from tests.support.jobs import run_jobs
from tests.support.told import follow, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def older(mo, ann, question):
    """What was asked before, of which Ann's question is a part now."""
    older = make_question(mo, title="How did you learn to sleep?")
    merging.merge_question(mo, question, target=older)
    return older


def test_followers_hear_of_answers_to_what_their_question_became_part_of(mo, newt, bob, question, older):
    follow(newt, question=question)
    oldest = make_question(mo, title="What is sleep?")
    merging.merge_question(mo, older, target=oldest)

    make_answer(oldest, bob)
    run_jobs()

    assert ("newt", "new_answer", f"post:{oldest.pk}", "daily") in told()


def test_what_is_said_of_the_question_itself_decides(newt, bob, question, older):
    follow(newt, question=question)
    follow(newt, FollowMode.MUTED, question=older)
    cat = make_member("cat")
    follow(cat, FollowMode.MUTED, question=question)
    follow(cat, FollowMode.SITE, question=older)

    make_answer(older, bob)
    run_jobs()

    assert [row for row in told() if row[0] in {"newt", "cat"}] == [("cat", "new_answer", f"post:{older.pk}", "")]


def test_once_it_is_a_question_of_its_own_again_they_do_not(mo, newt, bob, question, older):
    follow(newt, question=question)
    undoing.undo_entry(mo, LogEntry.objects.newest_first().first())

    make_answer(older, bob)
    run_jobs()

    assert [row for row in told() if row[0] == "newt"] == []


def test_whoever_follows_by_mail_gets_one_mail(bob, question, older):
    for each in (question, older):
        MailFollow.objects.create(question=each, email="wren@example.org", confirmed_at=timezone.now())

    make_answer(older, bob)
    run_jobs()

    assert Mail.objects.filter(kind=MailKind.FOLLOW).count() == 1


def test_the_link_in_the_mail_stops_them(newt, bob, question, older):
    follow(newt, FollowMode.INSTANT, question=question)
    make_answer(older, bob)
    run_jobs()

    unsubscribing.stop_mails(Mail.objects.get(member=newt))

    assert Follow.objects.get(member=newt).mode == FollowMode.SITE
