"""Who is told of what: once, the right people and nobody else, by the ways they chose."""

import pytest
from django.utils import timezone

from forum.actions import answering, closing, editing, flagging, messaging, suggesting, undoing, voting
from forum.choices import FollowMode, MailChannel, MailChoice, MessageKind, Rhythm
from forum.effects import events, notifications
from forum.effects.inboxes import recount_unread
from forum.models import (
    Bundle,
    Event,
    Follow,
    LogEntry,
    Mail,
    MemberBlock,
    Mention,
    Notification,
    NotificationChoice,
    Preferences,
    Tag,
)
from tests.factories import make_answer, make_category, make_comment, make_member, make_question
from tests.support.jobs import run_jobs
from tests.support.told import told

pytestmark = pytest.mark.django_db


def undo_last(moderator):
    undoing.undo_entry(moderator, LogEntry.objects.newest_first().first())


def follow(member, mode=FollowMode.DAILY, **thing):
    return Follow.objects.create(member=member, mode=mode, **thing)


def test_the_author_of_a_question_is_told_of_an_answer(ann, bob, newt, question):
    make_answer(question, bob)

    run_jobs()

    assert told() == [("ann", "answered", f"post:{question.pk}", "now")]


def test_who_answers_themself_is_told_of_nothing(ann, question):
    make_answer(question, ann)

    run_jobs()

    assert told() == []


def test_a_guest_who_asked_is_no_member_to_tell(guest, bob):
    make_answer(make_question(guest), bob)

    run_jobs()

    assert told() == []


def test_the_author_of_an_anonymous_question_is_told_like_everybody(ann, bob):
    question = make_question(ann, is_anonymous=True)
    make_answer(question, bob)

    run_jobs()

    assert told() == [("ann", "answered", f"post:{question.pk}", "now")]


@pytest.mark.parametrize(
    ("mode", "channel"),
    [(FollowMode.INSTANT, "now"), (FollowMode.DAILY, "daily"), (FollowMode.WEEKLY, "weekly"), (FollowMode.SITE, "")],
)
def test_followers_of_a_question_hear_of_answers_as_often_as_they_want(mode, channel, guest, bob, newt):
    question = make_question(guest)
    follow(newt, mode, question=question)

    make_answer(question, bob)
    run_jobs()

    assert told() == [("newt", "new_answer", f"post:{question.pk}", channel)]


def test_followers_of_a_question_hear_of_no_comments(guest, bob, newt):
    question = make_question(guest)
    follow(newt, question=question)

    make_comment(question, bob)
    run_jobs()

    assert told() == []


def test_who_asks_and_follows_is_told_once_as_the_one_who_asks(ann, bob, question):
    follow(ann, FollowMode.WEEKLY, question=question)
    follow(ann, person=bob)

    make_answer(question, bob)
    run_jobs()

    assert told() == [("ann", "answered", f"post:{question.pk}", "now")]


def test_followers_of_a_member_hear_of_what_stands_under_their_name(guest, bob, newt):
    follow(newt, person=bob)

    answer = make_answer(make_question(guest), bob)
    question = make_question(bob)
    run_jobs()

    assert told() == [
        ("newt", "new_question", f"post:{answer.question_id}", "daily"),
        ("newt", "new_question", f"post:{question.pk}", "daily"),
    ]


def test_followers_of_a_member_hear_of_nothing_anonymous(guest, bob, newt):
    follow(newt, person=bob)

    make_answer(make_question(guest), bob, is_anonymous=True)
    make_question(bob, is_anonymous=True)
    run_jobs()

    assert told() == []


def test_followers_of_tags_and_of_topics_above_hear_of_a_question_once(ann, bob, newt, mo, sleep):
    dreams = make_category("Dreams", parent=sleep)
    other = make_category("Work")
    make_question(ann, category=other, tags=["night"])
    night = Tag.objects.get(name="night")
    run_jobs()
    follow(bob, FollowMode.WEEKLY, category=sleep)
    follow(bob, FollowMode.INSTANT, tag=night)
    follow(newt, category=dreams)
    follow(mo, category=other)
    follow(ann, tag=night)

    question = make_question(ann, category=dreams, tags=["night"])
    run_jobs()

    assert told() == [
        ("bob", "new_question", f"post:{question.pk}", "now"),
        ("newt", "new_question", f"post:{question.pk}", "daily"),
    ]


def test_a_comment_tells_the_author_of_the_post_and_who_commented_there(ann, bob, newt, mo, question):
    answer = make_answer(question, bob)
    make_comment(answer, newt)
    make_comment(question, mo)
    run_jobs()
    Notification.objects.all().delete()

    make_comment(answer, ann)
    run_jobs()

    assert told() == [
        ("bob", "commented", f"post:{answer.pk}", "now"),
        ("newt", "replied", f"post:{answer.pk}", "daily"),
    ]


def test_the_author_of_a_post_who_commented_there_is_told_as_its_author(ann, bob, question):
    make_comment(question, bob)
    make_comment(question, ann)
    run_jobs()

    assert told() == [
        ("ann", "commented", f"post:{question.pk}", "now"),
        ("bob", "replied", f"post:{question.pk}", "daily"),
    ]


def mention(post, member):
    Mention.objects.create(post=post, member=member)
    return events.record("member.mentioned", actor=post.author, post=post, member=member)


def test_who_is_mentioned_is_told(bob, newt, guest):
    answer = make_answer(make_question(guest), bob)
    mention(answer, newt)

    run_jobs()

    assert told() == [("newt", "mentioned", f"post:{answer.pk}", "now")]


def test_who_takes_no_mentions_is_not_told(bob, newt, guest):
    Preferences.objects.create(member=newt, takes_mentions=False)
    mention(make_answer(make_question(guest), bob), newt)

    run_jobs()

    assert told() == []


@pytest.mark.parametrize("is_mention_first", [False, True])
def test_an_answer_that_mentions_who_asked_is_one_line(is_mention_first, ann, bob, question):
    answer = make_answer(question, bob)
    mention(answer, ann)
    if is_mention_first:
        notifications.make_notifications.call(Event.objects.get(verb="member.mentioned").pk)

    run_jobs()

    kind, subject = ("mentioned", answer.pk) if is_mention_first else ("answered", question.pk)
    assert told() == [("ann", kind, f"post:{subject}", "now")]


def test_a_follower_who_is_mentioned_is_told_of_the_mention(guest, bob, newt):
    question = make_question(guest)
    follow(newt, question=question)
    answer = make_answer(question, bob)
    mention(answer, newt)

    run_jobs()

    assert told() == [("newt", "mentioned", f"post:{answer.pk}", "now")]


def test_a_chosen_answer_tells_its_author(ann, bob, question):
    answer = make_answer(question, bob)
    run_jobs()
    Notification.objects.all().delete()

    answering.accept_answer(ann, answer)
    run_jobs()

    assert told() == [("bob", "accepted", f"post:{answer.pk}", "daily")]


def test_choosing_one_s_own_answer_tells_nobody(ann, question):
    answering.accept_answer(ann, make_answer(question, ann))
    run_jobs()

    assert told() == []


def test_votes_tell_at_milestones_once_and_name_nobody(ann, question):
    voters = [make_member() for _ in range(6)]
    for voter in voters:
        voting.cast_vote(voter, question, 1)
    voting.retract_vote(voters[0], question)
    voting.retract_vote(voters[1], question)
    voting.cast_vote(voters[0], question, 1)
    run_jobs()

    assert told() == [("ann", "voted", f"post:{question.pk}", "daily")] * 2
    reached = Event.objects.filter(verb="post.milestone").order_by("pk")
    assert list(reached.values("actor", "guest", "member", "post", "data")) == [
        {"actor": None, "guest": None, "member": None, "post": question.pk, "data": {"ups": 1}},
        {"actor": None, "guest": None, "member": None, "post": question.pk, "data": {"ups": 5}},
    ]


def test_votes_down_tell_nobody(ann, bob, question):
    voting.cast_vote(bob, question, -1)
    run_jobs()

    assert told() == []


def test_points_tell_their_member_once(newt, bob, ann):
    member = make_member("near", points=480)
    question = make_question(bob)
    answer = make_answer(question, member)
    run_jobs()
    voting.cast_vote(newt, answer, 1)
    voting.retract_vote(newt, answer)
    editing.withdraw_post(member, answer)
    editing.return_post(member, answer)
    run_jobs()

    assert [line for line in told() if line[1] == "points"] == [("near", "points", "points:500", "daily")]
    event = Event.objects.get(verb="points.reached")
    assert (event.actor, event.post, event.member, event.data) == (None, None, member, {"points": 500})
    assert Notification.objects.get(event=event).post is None


def test_points_that_go_are_told_to_nobody(bob):
    member = make_member("near", points=510)
    question = make_question(member, is_anonymous=True)
    run_jobs()
    voting.cast_vote(bob, question, -1)
    editing.withdraw_post(member, question)
    run_jobs()

    assert told() == []


def test_an_edit_by_somebody_else_tells_the_author_once_for_one_text(ann, bob, question):
    for words in ("I wake at five.", "I wake at six."):
        editing.edit_post(bob, question, body=words, reason="Clearer")
    editing.edit_post(ann, question, body="I wake at seven.")
    run_jobs()

    assert told() == [("ann", "edited", f"post:{question.pk}", "daily")]


def test_an_edit_by_a_moderator_is_one_line(ann, mo, question):
    editing.edit_post(mo, question, body="I wake at five.", reason="A name stood there.")
    run_jobs()

    assert told() == [("ann", "edited", f"post:{question.pk}", "daily")]


def suggest(person, post, body="I wake at five each night."):
    return suggesting.suggest_edit(person, post, body=body, reason="Clearer")


def test_a_suggested_edit_tells_the_author_once(ann, newt, question):
    suggest(newt, question)
    suggest(newt, question, "I wake at five.")
    run_jobs()

    assert told() == [("ann", "suggested", f"post:{question.pk}", "daily")]


def test_a_decision_tells_who_suggested_and_an_author_nothing_of_their_own(ann, newt, question):
    suggestion = suggest(newt, question)
    run_jobs()
    Notification.objects.all().delete()

    suggesting.approve_suggestion(ann, suggestion, base_version=1)
    run_jobs()

    assert told() == [("newt", "decided", f"post:{question.pk}", "daily")]


def test_an_approval_by_somebody_else_tells_both(ann, mo, newt, question):
    suggestion = suggest(newt, question)
    run_jobs()
    Notification.objects.all().delete()

    suggesting.approve_suggestion(mo, suggestion, base_version=1)
    run_jobs()

    assert told() == [
        ("ann", "edited", f"post:{question.pk}", "daily"),
        ("newt", "decided", f"post:{question.pk}", "daily"),
    ]


def test_a_rejection_tells_who_suggested(ann, newt, question):
    suggestion = suggest(newt, question)
    run_jobs()
    Notification.objects.all().delete()

    suggesting.reject_suggestion(ann, suggestion, reason="I meant four.")
    run_jobs()

    assert told() == [("newt", "decided", f"post:{question.pk}", "daily")]


def test_closing_and_opening_again_are_one_line_each(ann, mo, question):
    closing.close_question(mo, question, reason="needs_detail", note="Asked twice.")
    closing.reopen_question(mo, question, reply="It is open again.")
    run_jobs()

    assert told() == [
        ("ann", "closed", f"post:{question.pk}", "daily"),
        ("ann", "reopened", f"post:{question.pk}", "daily"),
    ]


def test_a_message_from_the_moderators_tells_of_itself(ann, mo, question):
    message = messaging.write_to_author(mo, question, text="Are you safe?", kind=MessageKind.CARE)
    run_jobs()

    assert told() == [("ann", "message", f"conversation:{message.conversation_id}", "now")]
    event = Event.objects.get(verb="message.sent")
    assert (event.actor, event.post, event.member) == (None, None, None)
    assert Notification.objects.get().post is None


def test_what_became_of_a_report_tells_who_reported(ann, bob, mo, question):
    flag = flagging.flag_post(bob, question, reason="spam")
    flagging.settle_flag(mo, flag, upheld=False, outcome="It is fine.")
    run_jobs()

    conversation = bob.conversations.get()
    assert told() == [("bob", "reported", f"conversation:{conversation.pk}", "daily")]


def test_a_withdrawn_message_withdraws_its_line_and_back(ann, mo, question):
    messaging.write_to_author(mo, question, text="Are you safe?", kind=MessageKind.CARE)
    run_jobs()
    assert len(told()) == 1

    undo_last(mo)
    run_jobs()
    assert told() == []
    ann.refresh_from_db()
    assert ann.unread_notifications == 0

    undo_last(mo)
    run_jobs()
    assert len(told()) == 1


def test_a_message_withdrawn_before_anybody_was_told_tells_nobody(ann, mo, question):
    messaging.write_to_author(mo, question, text="Are you safe?", kind=MessageKind.CARE)
    undo_last(mo)
    run_jobs()

    assert told() == []


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


@pytest.mark.parametrize(
    ("on_site", "mail", "rhythm", "expected"),
    [
        (True, MailChoice.NEVER, Rhythm.DAILY, [("ann", "answered", True, "")]),
        (True, MailChoice.DIGEST, Rhythm.WEEKLY, [("ann", "answered", True, "weekly")]),
        (True, MailChoice.DIGEST, Rhythm.NEVER, [("ann", "answered", True, "")]),
        (False, MailChoice.NOW, Rhythm.DAILY, [("ann", "answered", False, "now")]),
        (False, MailChoice.NEVER, Rhythm.DAILY, []),
    ],
)
def test_the_ways_are_each_member_s_to_choose(on_site, mail, rhythm, expected, question):
    NotificationChoice.objects.create(member=question.author, kind="answered", on_site=on_site, mail=mail)
    Preferences.objects.create(member=question.author, rhythm=rhythm)
    make_answer(question)
    run_jobs()

    assert [(name, kind, bool(subject), channel) for name, kind, subject, channel in told()] == expected


def test_an_address_that_refuses_gets_no_mail(ann, bob, question):
    ann.mail_refused_at = question.created_at
    ann.save()
    make_answer(question, bob)
    run_jobs()

    assert told() == [("ann", "answered", f"post:{question.pk}", "")]


def test_a_mail_at_once_is_queued_once(ann, bob, question):
    make_answer(question, bob)
    event = Event.objects.get(verb="answer.posted")
    for _ in range(2):
        notifications.make_notifications.call(event.pk)

    notification = Notification.objects.get()
    mail = Mail.objects.get()
    assert (mail.key, mail.kind, mail.member, mail.address, mail.event) == (
        f"notification:{notification.pk}",
        "notification",
        ann,
        ann.email,
        event,
    )
    assert (notification.mail, notification.mail_channel) == (mail, MailChannel.NOW)


def test_what_is_unread_stands_together_until_it_is_read(ann, bob, newt, question):
    make_answer(question, bob)
    make_answer(question, newt)
    run_jobs()
    line = Bundle.objects.get()
    last = Event.objects.filter(verb="answer.posted").latest("pk")
    assert (line.count, line.latest_event, line.post, line.read_at) == (2, last, question, None)
    ann.refresh_from_db()
    assert ann.unread_notifications == 1

    Bundle.objects.update(read_at=timezone.now())
    recount_unread([ann.pk])
    make_answer(question, make_member())
    run_jobs()

    assert list(Bundle.objects.order_by("pk").values_list("count", flat=True)) == [2, 1]
    ann.refresh_from_db()
    assert ann.unread_notifications == 1


def test_what_is_queued_twice_is_told_once(ann, bob, newt, question):
    follow(newt, question=question)
    make_answer(question, bob)
    event = Event.objects.get(verb="answer.posted")
    for _ in range(3):
        notifications.make_notifications.enqueue(event.pk)
    run_jobs()

    assert told() == [
        ("ann", "answered", f"post:{question.pk}", "now"),
        ("newt", "new_answer", f"post:{question.pk}", "daily"),
    ]
    assert list(Bundle.objects.order_by("recipient").values_list("count", flat=True)) == [1, 1]
