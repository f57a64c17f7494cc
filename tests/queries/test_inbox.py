"""The inbox: right lines, right words, nothing its reader may not see, and the number of queries."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from accounts.models import User
from forum.actions import closing, editing, moderating
from forum.choices import NotificationKind
from forum.effects import inboxes
from forum.models import Bundle, Preferences
from forum.queries import inbox as query
from forum.queries.inbox import InboxView, get_bell_list, get_inbox, get_line, get_line_place
from forum.queries.paging import Place
from tests.factories import make_answer, make_comment, make_member, make_question
from tests.support.inboxes import make_line

pytestmark = pytest.mark.django_db
QUERIES = 5  # the ids, the lines, their posts, the member's habits, the last notification


def fresh(member):
    return User.objects.get(pk=member.pk)


def said(page):
    """Return the sentence of each line."""
    return [f"{line.before}{line.strong}{line.after}" for line in page.page.rows]


def ids(page):
    return [line.id for line in page.page.rows]


def test_lines_stand_newest_first_under_their_days(ann, question, bob):
    old, week, now = (make_line(ann, "answered", make_answer(question), days_ago=days) for days in (30, 3, 0))
    gone = make_line(ann, "commented", make_comment(question))
    Bundle.objects.filter(pk=gone.pk).update(count=0)
    inboxes.recount_unread([ann.pk])
    make_line(bob, "answered", make_answer(question))

    page = get_inbox(fresh(ann), InboxView())

    assert [(day.label, [line.id for line in day.lines]) for day in page.days] == [
        ("Today", [now.pk]),
        ("Earlier this week", [week.pk]),
        ("Earlier", [old.pk]),
    ]
    assert page.unread == 3


@pytest.mark.parametrize(
    ("at", "label"),
    [
        (datetime(2026, 5, 11, 0, 1, tzinfo=UTC), "Today"),
        (datetime(2026, 5, 10, 23, 59, tzinfo=UTC), "Earlier this week"),
        (datetime(2026, 5, 5, 0, 1, tzinfo=UTC), "Earlier this week"),
        (datetime(2026, 5, 4, 23, 59, tzinfo=UTC), "Earlier"),
    ],
)
def test_a_day_begins_at_midnight_and_a_week_is_seven_days(at, label):
    assert query._day(at, datetime(2026, 5, 11, tzinfo=UTC).toordinal()) == label


def test_one_is_named_and_several_are_counted(ann, question):
    wren = make_member("Wren")
    make_line(ann, "answered", make_answer(question, wren))
    make_line(ann, "commented", make_comment(question, wren), make_comment(question), make_comment(question))

    assert said(get_inbox(fresh(ann), InboxView())) == [
        "3 new comments on your question How do I sleep better?",
        "Wren answered your question How do I sleep better?",
    ]


def test_whoever_is_anonymous_stays_so_and_several_are_not_told_apart(ann, question, bob, newt):
    one = make_line(ann, "answered", make_answer(question, bob, is_anonymous=True))
    same = [make_comment(question, bob, is_anonymous=True) for _ in range(2)]
    two = make_line(ann, "commented", *same, about=question)
    both = [make_comment(question, who, is_anonymous=True) for who in (bob, newt)]
    three = make_line(ann, "replied", *both, about=question)

    page = get_inbox(fresh(ann), InboxView())

    assert dict(zip(ids(page), said(page), strict=True)) == {
        one.pk: "Anonymous answered your question How do I sleep better?",
        two.pk: "2 new comments on your question How do I sleep better?",
        three.pk: "2 new replies below your comment – How do I sleep better?",
    }


def test_an_editor_is_named_beside_a_named_post_alone(ann, bob, sleep):
    named = make_question(ann, category=sleep, title="Named enough here")
    veiled = make_question(ann, category=sleep, title="Veiled enough here", is_anonymous=True)
    for post in (named, veiled):
        editing.edit_post(bob, post, title=post.title, body="Clearer words.", reason="Clearer")
        make_line(ann, "edited", post, actor=bob)

    assert said(get_inbox(fresh(ann), InboxView())) == [
        "Someone edited your question Veiled enough here",
        "bob edited your question Named enough here",
    ]
    assert {line.path for line in get_inbox(fresh(ann), InboxView()).page.rows} == {
        f"/posts/{post.pk}/revisions/" for post in (named, veiled)
    }


def test_whoever_suggests_is_named_to_the_author_who_decides(ann, bob, question):
    make_line(ann, "suggested", question, actor=bob, data={"suggestion": 4})
    make_line(ann, "suggested", question, data={"suggestion": 5}, is_read=True)

    page = get_inbox(fresh(ann), InboxView())

    assert [(line.path, sentence) for line, sentence in zip(page.page.rows, said(page), strict=True)] == [
        ("/suggestions/5/", "Someone suggested an edit to your question How do I sleep better?"),
        ("/suggestions/4/", "bob suggested an edit to your question How do I sleep better?"),
    ]


def test_several_new_posts_below_one_question_say_its_title(ann, question):
    make_line(ann, "new_question", make_answer(question), make_answer(question), about=question)

    assert said(get_inbox(fresh(ann), InboxView())) == ["2 new posts – How do I sleep better?"]


def test_what_is_told_beside_the_title(ann, question, mo):
    closing.close_question(mo, question, reason="resolved", note="")
    make_line(ann, "closed", question)
    make_line(ann, "points", subject="points:5000", data={"points": 5000})
    make_line(ann, "decided", question, verb="edit.approved", data={"suggestion": 3})
    make_line(ann, "message", subject="conversation:8")
    make_line(ann, "reported", subject="conversation:8")

    page = get_inbox(fresh(ann), InboxView())

    label = question.closures.get().reason.label
    assert said(page) == [
        "Moderators have looked at your report. Thank you.",
        "The moderators wrote to you",
        "The edit you suggested was approved. Thank you – How do I sleep better?",
        "You reached 5,000 points. Thank you for being there for people here.",
        f"Your question How do I sleep better? was closed: {label}",
    ]
    assert [line.path for line in page.page.rows] == [
        "/messages/8/",
        "/messages/8/",
        "/suggestions/3/",
        "/privileges/",
        "",
    ]


def test_a_line_says_nothing_of_what_its_reader_cannot_see(ann, bob, mo, question):
    answer = make_answer(question, bob)
    hidden = make_question(bob, title="Something nobody should read")
    below = make_comment(hidden, bob)
    lines = [make_line(ann, "answered", answer), make_line(ann, "mentioned", below)]
    moderating.hide_post(mo, answer, reason="It names a street.")
    moderating.hide_post(mo, hidden, reason="It names a street.")

    page = get_inbox(fresh(ann), InboxView())

    assert said(page) == ["Someone mentioned you in a post", "Someone answered your question"]
    assert [line.leads for line in page.page.rows] == [False, False]
    assert [get_line_place(line.pk, ann) for line in lines] == ["", ""]


def test_an_answer_out_of_sight_is_not_said_to_be_by_whoever_asked(ann, bob, mo, question):
    answer = make_answer(question, bob)
    make_line(ann, "answered", answer, about=question)
    moderating.hide_post(mo, answer, reason="It names a street.")

    assert said(get_inbox(fresh(ann), InboxView())) == [f"Someone answered your question {question.title}"]


def test_who_wrote_below_a_question_that_was_hidden_is_not_told_its_title(ann, bob, mo):
    hidden = make_question(bob, title="Something nobody should read")
    own = make_answer(hidden, ann)
    line = make_line(ann, "voted", own)
    moderating.hide_post(mo, hidden, reason="It names a street.")

    page = get_inbox(fresh(ann), InboxView())

    assert (said(page), page.page.rows[0].leads) == (
        ["Your answer helped. Several people marked it as helpful."],
        False,
    )
    assert get_line_place(line.pk, ann) == ""


def test_a_line_leads_to_the_first_of_what_it_tells(ann, question):
    first, second = make_answer(question), make_answer(question)
    line = make_line(ann, "answered", first, second, about=question)

    assert get_line_place(line.pk, ann) == f"/{question.pk}/{question.slug}/#a{first.pk}"


def test_a_line_whose_first_was_withdrawn_leads_to_the_next(ann, question):
    first, second = make_answer(question), make_answer(question)
    line = make_line(ann, "answered", first, second, about=question)
    line.notifications.filter(post=first).update(withdrawn_at=timezone.now())

    assert get_line_place(line.pk, ann) == f"/{question.pk}/{question.slug}/#a{second.pk}"


def test_nobody_finds_the_line_of_somebody_else(ann, bob, question):
    line = make_line(ann, "answered", make_answer(question))

    for find in (get_line, get_line_place):
        with pytest.raises(Http404):
            find(line.pk, bob)


def test_every_kind_stands_below_exactly_one_tab():
    grouped = [kind for _, kinds in query._GROUPS.values() for kind in kinds]

    assert sorted(grouped) == sorted(NotificationKind)


@pytest.mark.parametrize(
    ("show", "kind"),
    [
        ("answers", "answered"),
        ("replies", "mentioned"),
        ("moderators", "message"),
        ("following", "new_answer"),
        ("yours", "voted"),
    ],
)
def test_a_tab_shows_its_kinds_alone(ann, question, show, kind):
    for each in ("answered", "mentioned", "message", "new_answer", "voted"):
        make_line(ann, each, question)

    page = get_inbox(fresh(ann), InboxView(show))

    assert [Bundle.objects.get(pk=pk).kind for pk in ids(page)] == [kind]
    assert [tab.url for tab in page.tabs if tab.is_current] == [f"/inbox/?show={show}"]


def test_unread_ones_alone_of_all_and_of_a_tab(ann, question):
    answered = make_line(ann, "answered", make_answer(question))
    make_line(ann, "answered", make_answer(question), is_read=True)
    mentioned = make_line(ann, "mentioned", question)

    everywhere = get_inbox(fresh(ann), InboxView(only_unread=True))
    in_tab = get_inbox(fresh(ann), InboxView("answers", only_unread=True))

    assert (ids(everywhere), ids(in_tab)) == ([mentioned.pk, answered.pk], [answered.pk])
    assert in_tab.other_state.url == "/inbox/?show=answers"


def test_an_unknown_tab_is_not_there(ann):
    with pytest.raises(Http404):
        get_inbox(ann, InboxView("nothing"))


def test_pages_follow_each_other_without_gap_or_repetition(ann, question, monkeypatch):
    monkeypatch.setattr(query, "INBOX_A_PAGE", 2)
    answer = make_answer(question)
    made = [make_line(ann, "mentioned", answer, subject=f"post:{number}", days_ago=1) for number in range(5)]
    same_moment = timezone.now()
    Bundle.objects.update(latest_at=same_moment)

    seen, page = [], get_inbox(fresh(ann), InboxView())
    seen += ids(page)
    while page.page.older_url:
        cursor = page.page.older_url.partition("older=")[2].replace("%7E", "~")
        page = get_inbox(fresh(ann), InboxView(place=Place(older=cursor)))
        seen += ids(page)

    assert seen == [line.pk for line in reversed(made)]


def test_habits_are_told_as_they_are(ann):
    usual = get_inbox(fresh(ann), InboxView())
    Preferences.objects.create(member=ann, rhythm="never", quiet_from="22:00", quiet_until="08:00")
    chosen = get_inbox(fresh(ann), InboxView())

    assert (usual.quiet_hours, usual.summary) == ("No quiet hours", "Once a day, at 18:00")
    assert (chosen.quiet_hours, chosen.summary) == ("No emails between 22:00 and 08:00", "Never")


@pytest.mark.parametrize("number", [1, 3])
def test_a_page_takes_the_same_queries_for_one_line_and_for_three(ann, number, django_assert_num_queries):
    for _ in range(number):
        question = make_question(ann)
        make_line(ann, "answered", make_answer(question), make_answer(question))
    member = fresh(ann)

    with django_assert_num_queries(QUERIES):
        page = get_inbox(member, InboxView())
        assert len(said(page)) == number


def test_ten_thousand_lines_take_no_more_queries(ann, question, django_assert_num_queries):
    answer, now = make_answer(question), timezone.now()
    kinds = list(NotificationKind)
    Bundle.objects.bulk_create(
        Bundle(
            recipient=ann,
            kind=kinds[number % len(kinds)],
            subject=f"post:{number}",
            post=answer,
            count=1,
            latest_at=now - timedelta(minutes=number),
        )
        for number in range(10_000)
    )
    member = fresh(ann)

    for view in (InboxView(), InboxView("yours"), InboxView(only_unread=True)):
        with django_assert_num_queries(QUERIES):
            assert len(get_inbox(member, view).page.rows) == query.INBOX_A_PAGE


@pytest.mark.parametrize("number", [1, 3])
def test_the_bell_takes_five_queries(ann, question, number, django_assert_num_queries):
    for _ in range(number):
        make_line(ann, "mentioned", make_answer(question))
    member = fresh(ann)

    with django_assert_num_queries(5):
        found = get_bell_list(member)

    assert (len(found.lines), found.unread) == (number, number)


def test_the_bell_shows_the_newest_few(ann, question):
    made = [make_line(ann, "mentioned", make_answer(question), days_ago=10 - number) for number in range(10)]

    found = get_bell_list(fresh(ann))

    assert [line.id for line in found.lines] == [line.pk for line in reversed(made[2:])]
