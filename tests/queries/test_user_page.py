"""A member's page: what is theirs to show, and nothing that would tell what they wrote anonymously."""

from datetime import UTC, datetime, timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from accounts.models import User
from forum.actions import answering, moderating, tidying, voting
from forum.choices import Audience, Direction, PostKind, ReputationReason
from forum.effects.reputation import Cause, append
from forum.limits import QUESTIONS_A_PAGE
from forum.models import Guest, Post, ReputationChange
from forum.queries.members import get_member_or_404
from forum.queries.paging import TOP
from forum.queries.points_curve import get_points_curve
from forum.queries.strengths import Strengths
from forum.queries.user_page import get_member_anonymous, get_member_page, get_member_posts
from tests.factories import LONG_AGO, make_answer, make_comment, make_member, make_question

NOBODY = Guest()


def told(member, viewer=NOBODY):
    return [(row.verb, row.title, row.is_best) for row in get_member_page(member, viewer).activity]


def test_recent_activity_tells_what_stands_under_the_name_newest_first(ann, bob, question):
    asked = make_question(bob, title="Why do we dream of trains?", days_ago=3)
    answer = make_answer(question, bob, days_ago=2)
    make_comment(question, bob, days_ago=1)
    answering.accept_answer(ann, answer)

    assert told(bob) == [
        ("Commented on", "How do I sleep better?", False),
        ("Asked", "Why do we dream of trains?", False),
    ]
    page = get_member_page(bob, NOBODY)
    assert [row.path for row in page.best] == [f"{question.get_absolute_url()}#a{answer.pk}"]
    assert page.activity[1].path == asked.get_absolute_url()


def test_best_answers_are_those_that_were_chosen(ann, bob, newt, question):
    liked = make_answer(question, bob)
    for voter in (ann, newt):
        voting.cast_vote(voter, liked, Direction.UP)

    assert get_member_page(bob, NOBODY).best == ()
    answering.accept_answer(ann, liked)
    assert [row.id for row in get_member_page(bob, NOBODY).best] == [liked.pk]


def test_a_member_of_this_month_has_no_curve_yet(ann, bob):
    User.objects.filter(pk=bob.pk).update(date_joined=LONG_AGO)
    bob.refresh_from_db()

    assert get_member_page(bob, NOBODY).curve is not None
    newcomer = make_member(points=0)
    assert get_member_page(newcomer, NOBODY).curve is None


def test_nothing_anonymous_is_told_to_anybody(ann, bob, ada, mo, question):
    make_question(bob, is_anonymous=True)
    make_answer(question, bob, is_anonymous=True)
    make_comment(question, bob, is_anonymous=True)

    for viewer in (NOBODY, ann, bob, mo, ada):
        page = get_member_page(bob, viewer)
        assert (page.activity, page.best, page.strengths) == ((), (), Strengths())
        assert (page.head.counts.answers, page.head.counts.questions) == (0, 0)


def test_what_was_written_without_a_name_is_told_to_its_author_alone(ann, bob, ada, mo, question):
    make_question(bob, title="Named", days_ago=4)
    asked = make_question(bob, title="Unnamed", is_anonymous=True, days_ago=3)
    make_answer(question, bob, is_anonymous=True, days_ago=2)
    waiting = make_question(bob, title="Hidden since", is_anonymous=True, days_ago=1)
    moderating.hide_post(mo, waiting, reason="Details")

    mine = get_member_page(bob, bob)
    everything = get_member_anonymous(bob, bob, TOP, "/")

    told = [("Asked", "Hidden since"), ("Answered", "How do I sleep better?"), ("Asked", "Unnamed")]
    assert [(row.verb, row.title) for row in mine.unnamed] == told
    assert [(row.verb, row.title) for row in everything.page.rows] == told
    assert mine.unnamed[-1].path == asked.get_absolute_url()
    assert get_member_page(bob, bob, as_others=True).unnamed == ()
    for viewer in (NOBODY, ann, mo, ada):
        assert get_member_page(bob, viewer).unnamed == ()
        with pytest.raises(Http404):
            get_member_anonymous(bob, viewer, TOP, "/")


def test_a_guest_of_the_same_number_is_not_the_member(bob):
    make_question(bob, is_anonymous=True)
    guest = Guest(pk=bob.pk)

    assert get_member_page(bob, guest).unnamed == ()
    with pytest.raises(Http404):
        get_member_anonymous(bob, guest, TOP, "/")


def test_tags_of_anonymous_answers_are_not_among_those_often_answered(ann, bob, sleep):
    make_answer(make_question(ann, tags=["panic", "work"]), bob)
    make_answer(make_question(ann, tags=["work"]), bob)
    make_answer(make_question(ann, tags=["shame"]), bob, is_anonymous=True)

    assert [tag.name for tag in get_member_page(bob, NOBODY).strengths.tags] == ["work", "panic"]


def test_what_was_taken_out_or_stands_under_it_is_not_told(mo, bob, question):
    moderating.hide_post(mo, make_answer(question, bob), reason="Unkind")
    under = make_question()
    make_answer(under, bob)
    moderating.hide_post(mo, under, reason="Spam")
    answer = make_answer(make_question())
    make_comment(answer, bob)
    moderating.hide_post(mo, answer, reason="Spam")

    assert (told(bob), told(bob, mo), told(bob, bob)) == ([], [], [])


def test_answers_to_members_only_questions_are_told_to_members_alone(ann, bob, newt, sleep):
    make_answer(make_question(ann, audience=Audience.MEMBERS), bob)

    assert (len(told(bob)), len(told(bob, newt))) == (0, 1)


def test_counts_are_of_what_is_public(ann, bob, question):
    answering.accept_answer(ann, make_answer(question, bob))
    make_answer(make_question(ann), bob)
    make_question(bob)

    counts = get_member_page(bob, NOBODY).head.counts

    assert (counts.answers, counts.best_answers, counts.questions) == (2, 1, 1)


def test_rank_is_shared_by_equals(db):
    first, equal, other = make_member(points=300), make_member(points=200), make_member(points=200)
    make_member(points=900, closed_at=timezone.now())

    assert [get_member_page(member, NOBODY).rank for member in (first, equal, other)] == [1, 2, 2]


@pytest.mark.parametrize(
    "kind, titles", [(PostKind.ANSWER, ["Answered"]), (PostKind.QUESTION, ["Asked"]), (None, ["Answered", "Asked"])]
)
def test_posts_are_listed_by_kind(bob, question, kind, titles):
    make_question(bob, days_ago=2)
    make_answer(question, bob)

    posts = get_member_posts(bob, NOBODY, TOP, "/user/bob/x/", kind)

    assert [row.verb for row in posts.page.rows] == titles


def test_posts_page_by_place(bob, question):
    for days in range(QUESTIONS_A_PAGE + 1):
        make_comment(question, bob, days_ago=days)

    page = get_member_posts(bob, NOBODY, TOP, "/user/bob/activity/", None).page

    assert len(page.rows) == QUESTIONS_A_PAGE
    assert page.older_url.startswith("/user/bob/activity/?older=")


def test_the_curve_adds_up_months_and_counts_anonymous_posts(bob, question):
    ReputationChange.objects.all().delete()
    bob.date_joined = datetime(2025, 11, 20, tzinfo=UTC)
    append(Cause(bob.pk, ReputationReason.JOINED), 100, post_id=None, at=datetime(2025, 11, 20, tzinfo=UTC))
    make_answer(question, bob, is_anonymous=True)
    now = timezone.localdate()

    curve = get_points_curve(bob, bob)

    months = (now.year - 2025) * 12 + now.month - 11 + 1
    assert len(curve.months) == months
    assert (curve.since, curve.months[-1].gained, curve.months[-1].total) == ("November 2025", 100, 100)
    assert (curve.months[0].gained, curve.months[0].total) == (40, 140)
    assert curve.line.startswith("M52.0 164.0 L")
    assert [line.points for line in curve.grid] == [0, 50, 100]


def test_others_see_an_anonymous_posts_points_in_the_curve_once_they_were_published(bob, question):
    ReputationChange.objects.all().delete()
    append(Cause(bob.pk, ReputationReason.JOINED), 100, post_id=None, at=datetime(2025, 11, 20, tzinfo=UTC))
    answer = make_answer(question, bob, is_anonymous=True)
    ReputationChange.objects.filter(post=answer).update(created_at=timezone.now() - timedelta(days=40))

    before = get_points_curve(bob, NOBODY).months[0].total
    tidying.publish_points()
    after = get_points_curve(bob, NOBODY).months[0].total

    assert [before, after] == [100, 140]


def test_the_curve_of_a_member_without_points_is_flat(db):
    curve = get_points_curve(make_member(points=0), NOBODY)

    assert curve.line == "M52.0 164.0 L624.0 164.0"
    assert [(month.gained, month.total) for month in curve.months] == [(0, 0)]


def test_the_curve_below_zero_stays_in_the_drawing(db):
    member = make_member(points=0)
    append(Cause(member.pk, ReputationReason.QUESTION_VOTES), -30, post_id=None, at=timezone.now())

    curve = get_points_curve(member, NOBODY)

    assert curve.end_y == "164.0"
    assert min(line.points for line in curve.grid) == -30


@pytest.mark.parametrize("name", ["Noor Haddad", "noor haddad", "NOORHADDAD", "noor.haddad"])
def test_a_member_is_found_however_the_name_is_written(db, name):
    noor = make_member("Noor Haddad")

    assert get_member_or_404(name) == noor


@pytest.mark.parametrize("name", ["", " ", "nobody", "\x00", "x" * 500, "bob/answers"])
def test_an_unknown_name_is_not_found(bob, name):
    with pytest.raises(Http404, match="There’s no one by this name here"):
        get_member_or_404(name)


def test_a_closed_account_is_not_found(db):
    make_member("gone", closed_at=timezone.now() - timedelta(days=1))

    with pytest.raises(Http404, match="There’s no one by this name here"):
        get_member_or_404("gone")


def test_the_page_costs_eleven_queries(django_assert_num_queries, ann, bob):
    bob = get_member_or_404(bob.username)
    make_answer(make_question(ann, tags=["one"]), bob)
    with django_assert_num_queries(11):
        get_member_page(bob, NOBODY)

    make_answer(make_question(ann, tags=["two"]), bob)
    make_question(bob)
    with django_assert_num_queries(11):
        get_member_page(bob, NOBODY)


def test_scores_of_posts_are_told(bob, question):
    answer = make_answer(question, bob)
    Post.objects.filter(pk=answer.pk).update(up_count=3, down_count=1, score=2)

    assert [row.score for row in get_member_page(bob, NOBODY).activity] == [2]
