"""Who wants to hear nothing hears nothing: of blocked people, muted questions, tags, topics and words."""

import pytest

from forum.actions import closing, editing, messaging, voting
from forum.choices import FollowMode, MessageKind
from forum.models import (
    MemberBlock,
    Notification,
    Preferences,
    Tag,
)
from tests.factories import make_answer, make_category, make_comment, make_member, make_question
from tests.support.jobs import run_jobs
from tests.support.told import follow, mention, suggest, told

pytestmark = pytest.mark.django_db


def test_who_blocked_somebody_hears_of_nothing_under_their_name(ann, bob, newt, question):
    MemberBlock.objects.create(member=ann, blocked=bob)
    MemberBlock.objects.create(member=newt, blocked=bob)
    follow(newt, question=question)
    answer = make_answer(question, bob)
    make_comment(question, bob)
    mention(answer, newt)
    editing.edit_post(bob, question, body="I wake at five.", reason="Clearer")
    run_jobs()

    assert told() == []


def test_who_blocked_somebody_hears_of_their_anonymous_posts(ann, bob, newt, question):
    MemberBlock.objects.create(member=ann, blocked=bob)
    MemberBlock.objects.create(member=newt, blocked=bob)
    follow(newt, question=question)
    make_answer(question, bob, is_anonymous=True)
    run_jobs()

    assert told() == [
        ("ann", "answered", f"post:{question.pk}", "now"),
        ("newt", "new_answer", f"post:{question.pk}", "daily"),
    ]


def test_moderators_are_heard_by_who_blocked_them(ann, mo, question):
    MemberBlock.objects.create(member=ann, blocked=mo)
    messaging.write_to_author(mo, question, text="Are you safe?", kind=MessageKind.CARE)
    closing.close_question(mo, question, reason="needs_detail")
    run_jobs()

    assert [line[1] for line in told()] == ["closed", "message"]


def test_a_muted_question_is_silent_but_for_messages(ann, bob, newt, mo, question):
    follow(ann, FollowMode.MUTED, question=question)
    follow(newt, FollowMode.MUTED, question=question)
    follow(newt, person=bob)
    answer = make_answer(question, bob)
    make_comment(question, bob)
    mention(answer, newt)
    voting.cast_vote(newt, question, 1)
    editing.edit_post(bob, question, body="I wake at five.", reason="Clearer")
    suggest(make_member("sue"), question, "I wake at six.")
    closing.close_question(mo, question, reason="needs_detail")
    message = messaging.write_to_author(mo, question, text="Are you safe?", kind=MessageKind.CARE)
    run_jobs()

    assert told() == [("ann", "message", f"conversation:{message.conversation_id}", "now")]


@pytest.mark.parametrize("muted", ["tag", "topic", "person"])
def test_a_muted_tag_topic_or_member_is_silent(muted, ann, newt, sleep):
    make_question(ann, category=sleep, tags=["night", "day"])
    night, day = Tag.objects.get(name="night"), Tag.objects.get(name="day")
    follow(newt, tag=night)
    thing = {"tag": {"tag": day}, "topic": {"category": sleep}, "person": {"person": ann}}[muted]
    follow(newt, FollowMode.MUTED, **thing)
    run_jobs()
    Notification.objects.all().delete()

    make_question(ann, category=sleep, tags=["night", "day"])
    run_jobs()

    assert told() == []


def test_a_topic_followed_below_a_muted_one_is_heard(ann, newt, sleep):
    dreams = make_category("Dreams", parent=sleep)
    follow(newt, FollowMode.MUTED, category=sleep)
    follow(newt, category=dreams)
    question = make_question(ann, category=dreams)
    make_question(ann, category=sleep)
    run_jobs()

    assert told() == [("newt", "new_question", f"post:{question.pk}", "daily")]


@pytest.mark.parametrize(
    ("words", "is_told"),
    [("insomnia", False), ("wine\nlong walk", False), ("INSOMNÍA", False), ("somnia", True), ("walk long", True)],
)
def test_muted_words_are_whole_words_of_title_and_beginning(words, is_told, guest, bob, newt):
    Preferences.objects.create(member=newt, muted_words=words)
    question = make_question(guest, title="What helps against insomnia?")
    follow(newt, question=question)

    make_answer(question, bob, body="A long walk.")
    run_jobs()

    assert (told() != []) is is_told


def test_muted_words_do_not_silence_what_is_one_s_own(ann, bob, question):
    Preferences.objects.create(member=ann, muted_words="drink")
    make_answer(question, bob)
    run_jobs()

    assert [line[:2] for line in told()] == [("ann", "answered")]


def test_closed_accounts_are_told_of_nothing(ann, bob, newt, question):
    follow(newt, question=question)
    for member in (ann, newt):
        member.closed_at = question.created_at
        member.save()

    make_answer(question, bob)
    run_jobs()

    assert told() == []
