"""Proving each number from its rows, and repairing what drifted."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from forum.actions import answering, moderating, voting
from forum.actions.recounting import recount
from forum.models import Bundle, Category, Event, Post, ReputationChange, SiteSettings, Tag
from tests.factories import make_answer, make_comment, make_question
from tests.support.jobs import run_jobs
from tests.support.records import everything, ledger, points

pytestmark = pytest.mark.django_db


@pytest.fixture
def thread(ann, bob, newt, sleep):
    """A question with everything that is counted."""
    question = make_question(ann, category=sleep, tags=["nights"])
    answer = make_answer(question, bob)
    make_comment(answer, newt)
    voting.cast_vote(newt, question, 1)
    answering.accept_answer(ann, answer)
    return question


def test_a_site_of_honest_numbers_has_no_differences(thread):
    before = everything()

    assert recount(check=True) == []
    assert recount() == []
    assert everything() == before


@pytest.mark.parametrize(
    "column, wrong, right",
    [
        ("status", "hidden", "published"),
        ("is_closed", True, False),
        ("answer_count", 7, 1),
        ("comment_count", 7, 0),
        ("hot", 1.0, None),
    ],
)
def test_a_posts_drifted_column_is_named_and_repaired(thread, column, wrong, right):
    right = Post.objects.values_list(column, flat=True).get(pk=thread.pk) if right is None else right
    Post.objects.filter(pk=thread.pk).update(**{column: wrong})
    before = everything()

    found = recount(check=True)
    assert found[0] == f"Post {thread.pk}: {column} was {wrong}, its rows say {right}."
    assert everything() == before

    assert recount()[0] == found[0]
    assert Post.objects.values_list(column, flat=True).get(pk=thread.pk) == right
    assert recount(check=True) == []


def test_drifted_votes_are_recounted_and_paid(thread, ann):
    Post.objects.filter(pk=thread.pk).update(up_count=5, down_count=2, score=3)

    assert recount() == [
        f"Post {thread.pk}: up_count was 5, its rows say 1.",
        f"Post {thread.pk}: down_count was 2, its rows say 0.",
        f"Post {thread.pk}: score was 3, its rows say 1.",
    ]

    assert Post.objects.values_list("up_count", "down_count", "score").get(pk=thread.pk) == (1, 0, 1)
    assert recount(check=True) == []


def test_topics_and_tags_are_recounted(thread):
    Category.objects.update(question_count=9)
    Tag.objects.update(question_count=9)

    assert recount() == [
        "Topic “sleep”: question_count was 9, its rows say 1.",
        "Tag “nights”: question_count was 9, its rows say 1.",
    ]
    assert (Category.objects.get().question_count, Tag.objects.get().question_count) == (1, 1)


def test_a_members_total_is_the_sum_of_the_ledger(thread, ann):
    User.objects.filter(pk=ann.pk).update(reputation=999_999)

    assert recount() == [f"Member {ann.pk}: reputation was 999999, its rows say 560."]
    assert points(ann) == 560


def test_what_others_see_is_proved_and_put_right(thread, ann):
    User.objects.filter(pk=ann.pk).update(public_points=99_999)
    sentence = f"Member {ann.pk}: public_points was 99999, its rows say 560."

    assert [recount(check=True), recount(), recount(check=True)] == [[sentence], [sentence], []]
    assert User.objects.get(pk=ann.pk).public_points == 560


def test_what_is_for_show_is_proved_and_put_right(newt):
    asked = make_question(newt, is_anonymous=True)
    answer = make_answer(asked, newt)
    answering.accept_answer(newt, answer)
    ReputationChange.objects.filter(points=0).delete()
    sentence = f"Member {newt.pk}: answer_accepted on {answer.pk} showed others 0 more, its rows say 300."

    assert [recount(), recount(check=True)] == [[sentence], []]
    assert list(User.objects.values_list("reputation", "public_points").filter(pk=newt.pk)) == [(190, 440)]


def test_a_suspension_without_a_row_is_lifted(thread, newt):
    User.objects.filter(pk=newt.pk).update(suspended_until=timezone.now())

    assert len(recount()) == 1
    assert User.objects.get(pk=newt.pk).suspended_until is None


def test_a_line_too_many_is_put_right_by_another_line(thread, bob):
    ReputationChange.objects.create(
        member=bob, reason="answered", post=thread.children.get(), points=1_000, created_at=timezone.now()
    )

    recount()

    assert ledger(bob) == [("answered", 40), ("answer_accepted", 300), ("answered", 1_000), ("answered", -1_000)]
    assert points(bob) == 2_840
    assert recount(check=True) == []


def test_another_table_of_points_is_settled_by_a_recount(thread, ann, bob, newt):
    SiteSettings.objects.create(
        pk=1, numbers={"points_asked": 5, "points_question_up": 1, "points_accepted": 0, "points_vote_cast": 2}
    )

    recount()

    assert (points(ann), points(bob), points(newt)) == (500 + 5 + 1 + 30, 2_500 + 40, 100 + 2)
    assert recount(check=True) == []

    SiteSettings.objects.update(numbers={})
    recount()
    assert (points(ann), points(bob), points(newt)) == (560, 2_840, 110)


def test_a_repair_is_logged_and_a_look_is_not(thread):
    Tag.objects.update(question_count=9)
    recount(check=True)
    assert Event.objects.filter(verb="numbers.recounted").count() == 0

    recount()
    recount()

    assert list(Event.objects.filter(verb="numbers.recounted").values_list("data", flat=True)) == [{"differences": 1}]


def test_waiting_posts_are_worth_nothing_also_to_a_recount(ann, mo, thread):
    moderating.hold_post(mo, thread)

    assert recount(check=True) == []
    assert points(ann) == 500


@pytest.mark.parametrize("column, wrong", [("count", 7), ("latest_event", None), ("latest_at", None)])
def test_a_line_of_an_inbox_is_put_right_from_what_stands_in_it(column, wrong, bob, question):
    make_answer(question, bob)
    run_jobs()
    line = Bundle.objects.get()
    before = getattr(line, column)
    Bundle.objects.update(**{column: wrong if column != "latest_at" else line.latest_at + timedelta(days=1)})

    found = recount(check=True)
    assert [sentence.startswith(f"Line {line.pk} of an inbox: {column} was ") for sentence in found] == [True]
    assert recount() == found
    assert recount(check=True) == []
    assert getattr(Bundle.objects.get(), column) == before


def test_the_number_of_unread_lines_is_put_right(ann, bob, question):
    make_answer(question, bob)
    run_jobs()
    User.objects.filter(pk=ann.pk).update(unread_notifications=3)

    assert recount() == [f"Member {ann.pk}: unread_notifications was 3, its rows say 1."]
    assert recount(check=True) == []
