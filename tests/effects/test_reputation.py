"""The ledger: caps, days, and that order never matters."""

from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from datetime import timezone as offset

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forum.actions import answering, editing, voting
from forum.actions.recounting import recount
from forum.choices import Direction
from forum.effects import reputation
from forum.limits import Rules
from forum.models import Post, ReputationChange, Vote
from tests.factories import make_answer, make_comment, make_member, make_question
from tests.support.records import ledger, points

pytestmark = pytest.mark.django_db
UP, DOWN = Direction.UP, Direction.DOWN


@pytest.mark.parametrize(
    "up, down, worth",
    [(0, 0, 0), (1, 0, 10), (10, 0, 100), (50, 0, 100), (0, 1, -10), (0, 3, -30), (0, 9, -30), (50, 9, 70), (2, 1, 10)],
)
def test_what_votes_on_a_question_are_worth(up, down, worth):
    assert reputation.question_votes(up, down, Rules()) == worth


@pytest.mark.parametrize(
    "up, down, worth",
    [
        (0, 0, 0),
        (1, 0, 20),
        (10, 0, 200),
        (50, 0, 200),
        (0, 1, -20),
        (0, 3, -50),
        (0, 9, -50),
        (50, 9, 150),
        (2, 1, 20),
    ],
)
def test_what_votes_on_an_answer_are_worth(up, down, worth):
    assert reputation.answer_votes(up, down, Rules()) == worth


@pytest.mark.parametrize("votes, worth", [(0, 0), (1, 10), (3, 30), (4, 30), (40, 30)])
def test_what_a_days_votes_are_worth(votes, worth):
    assert reputation.due_for_votes_cast(votes, Rules()) == worth


def test_a_vote_belongs_to_the_day_of_utc_wherever_the_server_stands():
    late = datetime(2026, 6, 1, 23, 30, tzinfo=UTC)

    assert reputation.day_of(late) == date(2026, 6, 1)
    assert reputation.day_of(late.astimezone(offset(timedelta(hours=9)))) == date(2026, 6, 1)


def test_up_votes_bring_a_question_100_at_most(ann, question):
    for _ in range(12):
        voting.cast_vote(make_member(), question, UP)

    assert points(ann) == 500 + 20 + 100
    assert recount(check=True) == []


def test_down_votes_take_50_from_an_answer_at_most(bob, question):
    answer = make_answer(question, bob)
    for _ in range(5):
        voting.cast_vote(make_member(points=300), answer, DOWN)

    assert points(bob) == 2_500 + 40 - 50
    assert recount(check=True) == []


def test_three_votes_a_day_are_paid(newt):
    questions = [make_question() for _ in range(5)]
    for question in questions:
        voting.cast_vote(newt, question, UP)
    assert points(newt) == 130

    voting.retract_vote(newt, questions[0])
    voting.retract_vote(newt, questions[1])
    assert points(newt) == 130

    voting.retract_vote(newt, questions[2])
    assert points(newt) == 120
    assert recount(check=True) == []


def test_another_day_pays_again(newt):
    for days in (2, 1, 0):
        for _ in range(4):
            question = make_question()
            voting.cast_vote(newt, question, UP)
            Vote.objects.filter(post=question).update(created_at=datetime.now(UTC) - timedelta(days=days))
    recount()

    assert points(newt) == 190
    assert recount(check=True) == []


def test_a_line_names_its_cause(ann, newt, question):
    voting.cast_vote(newt, question, UP)

    today = datetime.now(UTC).date()
    lines = ReputationChange.objects.exclude(reason="opening_balance").order_by("reason")
    assert list(lines.values_list("member", "reason", "post", "day", "points")) == [
        (ann.pk, "asked", question.pk, None, 20),
        (ann.pk, "question_votes", question.pk, None, 10),
        (newt.pk, "vote_cast", question.pk, today, 10),
    ]


def test_a_withdrawn_answers_votes_leave_its_author_and_stay_with_the_voter(bob, newt, question):
    answer = make_answer(question, bob)
    voting.cast_vote(newt, answer, UP)

    editing.withdraw_post(bob, answer)

    assert (points(bob), points(newt)) == (2_500, 110)
    assert ledger(bob)[2:] == [("answered", -40), ("answer_votes", -20)]


STEPS = st.tuples(
    st.sampled_from(["up", "down", "retract", "accept", "unaccept", "withdraw", "return"]),
    st.integers(0, 5),
    st.integers(0, 4),
)


def step(people, posts, act, who, what):
    """Do one thing of the storm; what is refused is refused."""
    person, post = people[who], posts[what]
    acts = {
        "up": lambda: voting.cast_vote(person, post, UP),
        "down": lambda: voting.cast_vote(person, post, DOWN),
        "retract": lambda: voting.retract_vote(person, post),
        "accept": lambda: answering.accept_answer(person, post),
        "unaccept": lambda: answering.unaccept_answer(person, post),
        "withdraw": lambda: editing.withdraw_post(person, post),
        "return": lambda: editing.return_post(person, post),
    }
    try:
        acts[act]()
    except PermissionDenied:
        return


def worth_of(people):
    """Work each member's points out of the rows as they stand, in another way than the code does."""
    due = dict.fromkeys(people, 1_000)
    for post in Post.objects.exclude(author=None).exclude(kind="comment"):
        ups, downs = post.votes.filter(direction=1).count(), post.votes.filter(direction=-1).count()
        if post.status == "withdrawn":
            continue
        if post.kind == "question":
            due[post.author] += 20 + min(100, 10 * ups) - min(30, 10 * downs) + (30 if post.accepted_answer_id else 0)
        else:
            is_chosen = post.question.accepted_answer_id == post.pk and post.question.author_id != post.author_id
            due[post.author] += 40 + min(200, 20 * ups) - min(50, 20 * downs) + (300 if is_chosen else 0)
    for voter in people:
        due[voter] += 10 * min(3, voter.votes.count())
    return due


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, max_size=25))
def test_any_order_of_anything_leaves_what_the_rows_are_worth(transactional_steps, steps):
    with transactional_steps() as (people, posts):
        for act, who, what in steps:
            step(people, posts, act, who, what)

        assert {person: points(person) for person in people} == worth_of(people)
        assert recount(check=True) == []


@pytest.fixture
def transactional_steps():
    """Each example has members and a thread of its own, and leaves nothing."""

    @contextmanager
    def example():
        with transaction.atomic():
            people = [make_member(f"p{number}", points=1_000) for number in range(6)]
            question = make_question(people[0], tags=[])
            answers = [make_answer(question, people[number]) for number in (0, 1, 2)]
            yield people, [question, *answers, make_comment(question, people[3])]
            transaction.set_rollback(True)

    return example
