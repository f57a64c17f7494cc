"""Summaries: to whom, at which hour of whose clock, what is in them and in which order; never empty, never twice."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.utils import timezone

from forum.actions import moderating
from forum.choices import FollowMode, MailChannel, MailKind, Rhythm
from forum.effects.digests import send_due
from forum.effects.mail_writers import write
from forum.models import Bundle, Follow, Mail, Notification, Post, Preferences
from tests.factories import make_answer, make_category, make_comment, make_member, make_question
from tests.support.letters import faults_of_mail, mail_of, tell

pytestmark = pytest.mark.django_db

DAILY, WEEKLY = MailChannel.DAILY, MailChannel.WEEKLY
MONDAY = datetime(2026, 7, 6, tzinfo=UTC)


def at(hour, minute=0, *, day=0):
    """Return a moment of UTC, `day` days after a Monday in summer."""
    return MONDAY + timedelta(days=day, hours=hour, minutes=minute)


def wait(member, *, since=None, channel=DAILY, kind="answered", post=None):
    """Let something wait for a summary of `member` since then."""
    told = tell(member, kind, post, channel=channel)
    Notification.objects.filter(pk=told.pk).update(created_at=since or at(6))
    return told


def prefer(member, **chosen):
    Preferences.objects.update_or_create(member=member, defaults=chosen)


def queued():
    return list(Mail.objects.order_by("pk").values_list("key", "kind", "address"))


@pytest.mark.parametrize(
    "zone, hour, due",
    [
        ("", 18, at(18)),
        ("UTC", 7, at(7)),
        ("Europe/Berlin", 18, at(16)),
        ("America/New_York", 18, at(22)),
        ("Asia/Kathmandu", 18, at(12, 15)),
        ("Pacific/Kiritimati", 0, at(10)),
        ("No/Where", 18, at(18)),
    ],
)
def test_a_summary_leaves_when_the_members_own_clock_says_so(zone, hour, due, ann):
    type(ann).objects.filter(pk=ann.pk).update(time_zone=zone)
    prefer(ann, digest_hour=hour)
    told = wait(ann)

    sent = [send_due(due - timedelta(minutes=1)), send_due(due + timedelta(minutes=1))]

    day = (due + timedelta(hours=14) if hour == 0 else due).date()
    assert sent == [0, 1]
    assert queued() == [(f"digest:{ann.pk}:{day}", MailKind.DIGEST, ann.email)]
    told.refresh_from_db()
    assert told.mail == Mail.objects.get()
    assert Preferences.objects.get(member=ann).digested_at == due + timedelta(minutes=1)


def test_one_a_day_however_often_it_is_asked(ann):
    wait(ann)

    sent = [send_due(at(18)), send_due(at(18, 15))]
    wait(ann, since=at(17))
    sent.append(send_due(at(18, 30)))

    assert sent == [1, 0, 0]
    assert send_due(at(18, day=1)) == 1


def test_what_comes_after_the_hour_waits_for_the_next_summary(ann):
    wait(ann, since=at(19))

    assert [send_due(at(19, 15)), send_due(at(23)), send_due(at(18, day=1))] == [0, 0, 1]


def test_what_the_site_slept_through_leaves_later_once(ann):
    wait(ann)

    assert [send_due(at(3, day=1)), send_due(at(4, day=1))] == [1, 0]
    assert queued()[0][0] == f"digest:{ann.pk}:2026-07-06"


@pytest.mark.parametrize(
    "day, due",
    [(datetime(2026, 3, 29, tzinfo=UTC), 1), (datetime(2026, 10, 25, tzinfo=UTC), 1)],
)
def test_a_change_of_clocks_neither_loses_nor_doubles_a_summary(day, due, ann):
    type(ann).objects.filter(pk=ann.pk).update(time_zone="Europe/Berlin")
    prefer(ann, digest_hour=2)
    wait(ann, since=day - timedelta(hours=5))

    # In spring there is no 2:00 that night, in autumn there are two.
    sent = [send_due(day + timedelta(minutes=minutes)) for minutes in range(0, 6 * 60, 15)]

    assert sum(sent) == due
    assert Mail.objects.count() == 1


def test_nothing_leaves_in_quiet_hours(ann):
    prefer(ann, digest_hour=18, quiet_from=time(17), quiet_until=time(7))
    wait(ann)

    assert [send_due(at(18)), send_due(at(23)), send_due(at(6, 59, day=1)), send_due(at(7, day=1))] == [0, 0, 0, 1]


def test_a_weekly_summary_comes_on_mondays(ann):
    prefer(ann, rhythm=Rhythm.WEEKLY)
    wait(ann, since=at(20))

    assert [send_due(at(18, day=day)) for day in range(1, 8)] == [0, 0, 0, 0, 0, 0, 1]


def test_what_is_followed_weekly_goes_along_on_mondays(ann):
    weekly, daily = wait(ann, since=at(20), channel=WEEKLY), wait(ann, since=at(20))

    assert send_due(at(18, day=1)) == 1
    assert list(Mail.objects.get().notifications.all()) == [daily]
    assert [send_due(at(18, day=2)), send_due(at(18, day=7))] == [0, 1]
    weekly.refresh_from_db()
    assert weekly.mail.key == f"digest:{ann.pk}:2026-07-13"


def _never(told):
    prefer(told.recipient, rhythm=Rhythm.NEVER)


def _closed(told):
    type(told.recipient).objects.update(closed_at=timezone.now())


def _refused(told):
    type(told.recipient).objects.update(mail_refused_at=timezone.now())


def _read(told):
    Bundle.objects.update(read_at=timezone.now())


def _withdrawn(told):
    Notification.objects.update(withdrawn_at=timezone.now())


def _old(told):
    Notification.objects.update(created_at=at(6, day=-15))


def _by_no_mail(told):
    Notification.objects.update(mail_channel=MailChannel.NONE)


@pytest.mark.parametrize("state", [_never, _closed, _refused, _read, _withdrawn, _old, _by_no_mail])
def test_no_summary_where_none_is_wanted_or_nothing_is_new(state, ann):
    state(wait(ann))

    assert (send_due(at(18)), queued()) == (0, [])


def test_a_summary_says_what_matters_most_first(ann, bob, newt, sleep, settings):
    own = make_question(ann, title="How do I sleep better?", category=sleep)
    followed = make_question(newt, title="Does tea help at night?", category=sleep)
    liked, other = (make_question(newt, title=f"What is a {word} nap?", category=sleep) for word in ("good", "bad"))
    Post.objects.filter(pk=liked.pk).update(up_count=4, score=4)
    told = [
        tell(ann, "new_question", Post.objects.get(pk=other.pk)),
        tell(ann, "new_question", Post.objects.get(pk=liked.pk)),
        tell(ann, "new_answer", make_answer(followed, bob, body="A little.")),
        tell(ann, "commented", make_comment(own, bob, body="Since when?")),
        tell(ann, "message", subject="conversation:7"),
        tell(ann, "answered", make_answer(own, bob, body="Warm milk.")),
        tell(ann, "answered", make_answer(own, newt, body="A walk.")),
    ]
    mail = mail_of(*told, kind=MailKind.DIGEST)

    letter = write(mail)

    site, answer, comment = settings.SITE_URL, told[5].post, told[3].post
    assert letter.subject == "Your summary: 7 new things for you"
    assert letter.text == (
        "7 new things for you\n"
        "\n"
        "How do I sleep better?\n"
        "- 2 new answers to your question\n"
        f"  {site}/{answer.pk}/\n"
        "- bob commented on your question\n"
        "  Since when?\n"
        f"  {site}/{comment.pk}/\n"
        "\n"
        "- The moderators wrote to you\n"
        f"  {site}/messages/7/\n"
        "\n"
        "Does tea help at night?\n"
        "- bob answered a question you follow\n"
        "  A little.\n"
        f"  {site}/{told[2].post_id}/\n"
        "\n"
        "What is a good nap?\n"
        "- newt asked a question\n"
        "  I wake at four.\n"
        f"  {site}/{liked.pk}/\n"
        "\n"
        "What is a bad nap?\n"
        "- newt asked a question\n"
        "  I wake at four.\n"
        f"  {site}/{other.pk}/\n"
        "\n"
        "Open your inbox:\n"
        f"{site}/inbox/\n"
        "\n"
        "Not safe right now? These help lines can help:\n"
        f"{site}/help/crisis/\n"
        "\n"
        "—\n"
        "Mindwellnessforum\n"
        "You get this summary once a day, when there’s news.\n"
        f"Choose what’s in it and how often it comes: {site}/settings/notifications/\n"
        f"Stop these summaries: {site}/mail/stop/{mail.token}/\n"
    )
    assert faults_of_mail(letter) == []


def test_a_summary_says_nothing_of_sensitive_subjects(ann, bob):
    topic = make_category("Self-harm", is_sensitive=True)
    question = make_question(ann, title="I have relapsed again", category=topic)
    told = tell(ann, "answered", make_answer(question, bob, body="Walking helps."))

    letter = write(mail_of(told, kind=MailKind.DIGEST))

    said = f"{letter.subject}{letter.text}{letter.html}"
    assert letter.text.startswith("1 new thing for you\n\nOne of your questions\n- bob answered your question\n")
    assert [word for word in ("relapsed", "Walking", "Self-harm") if word in said] == []


def test_a_summary_names_no_account_behind_an_anonymous_post(ann, bob, question):
    told = tell(ann, "new_answer", make_answer(question, bob, is_anonymous=True))

    letter = write(mail_of(told, kind=MailKind.DIGEST))

    assert "- Anonymous answered a question you follow\n" in letter.text
    assert "bob" not in letter.text + letter.html


def test_a_long_summary_ends_with_how_much_more_there_is(ann, bob, sleep):
    questions = [make_question(bob, title=f"Question number {n}?", category=sleep) for n in range(23)]

    letter = write(mail_of(*(tell(ann, "new_question", each) for each in questions), kind=MailKind.DIGEST))

    assert letter.text.count("- bob asked") == 20
    assert "And 3 more in your inbox: " in letter.text


def _hide(told, mo):
    moderating.hide_post(mo, told.post)


def _mute(told, mo):
    Follow.objects.filter(member=told.recipient, question=told.post.question).update(mode=FollowMode.MUTED)


def _read_since(told, mo):
    Bundle.objects.update(read_at=timezone.now())


@pytest.mark.parametrize("since", [_hide, _mute, _read_since])
def test_a_summary_with_nothing_left_to_say_does_not_leave(since, ann, bob, mo, question):
    told = tell(ann, "answered", make_answer(question, bob))
    mail = mail_of(told, kind=MailKind.DIGEST)

    since(told, mo)

    assert write(mail) is None


@pytest.mark.parametrize("members", [1, 3])
def test_who_has_nothing_due_costs_nothing_more(members, django_assert_num_queries):
    for _ in range(members):
        member = make_member()
        prefer(member, rhythm=Rhythm.NEVER)
        wait(member)

    with django_assert_num_queries(1):
        assert send_due(at(18)) == 0


def test_many_members_are_gone_through_in_chunks(monkeypatch):
    monkeypatch.setattr("forum.effects.digests._CHUNK", 2)
    for _ in range(5):
        wait(make_member())

    assert send_due(at(18)) == 5


@pytest.mark.parametrize("lines", [1, 3])
def test_a_summary_costs_the_same_however_long(lines, ann, bob, sleep, django_assert_num_queries):
    told = [tell(ann, "new_question", make_question(bob, category=sleep)) for _ in range(lines)]
    mail = Mail.objects.select_related("member").get(pk=mail_of(*told, kind=MailKind.DIGEST).pk)
    make_category("Grief", is_sensitive=True)

    with django_assert_num_queries(8):
        write(mail)
