"""Whatever moderators do, in any order: taken back in reverse, the database is as it was."""

from random import Random

import pytest
from django.db import transaction
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from accounts.models import User
from forum.actions import undoing
from forum.actions.recounting import recount
from forum.models import LogEntry, Post
from forum.queries import log as log_query
from forum.queries.log_chain import get_chain
from tests.support import moderators
from tests.support.snapshots import differences, snapshot

pytestmark = pytest.mark.exhaustive

SEQUENCES = st.lists(st.tuples(st.sampled_from(moderators.ACTS), st.integers(0, 10**6)), min_size=1, max_size=6)
SEEN = {"Post", "User", "Category", "Tag", "TaggedPost", "Vote", "Search"}
RANDOM = settings(
    max_examples=10, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def world(db):
    """The site before anybody acts."""
    return moderators.World()


def do(world, sequence):
    """Do the acts one after the other; who wrote what never changes, nor do votes and points but where they may."""
    for function, seed in sequence:
        authors, votes, points = written(), voted(), earned()
        moderators.attempt(world, function, Random(seed))
        if function not in moderators.MOVING_VOTES:
            assert (written(), voted()) == (authors, votes), function.__name__
        if function not in moderators.PAYING:
            assert earned() == points, function.__name__


def take_back(entries, world):
    """Take these acts back, the last one first."""
    for entry in sorted(entries, key=lambda each: -each.number):
        undoing.undo_entry(world.ada, LogEntry.objects.get(pk=entry.pk))


def since(number):
    """Return what was done since."""
    return list(LogEntry.objects.filter(number__gt=number).order_by("number"))


def seen():
    """Return what readers and members see; who did it again, and in which row it stands, is the second time's own."""
    return {table: rows for table, rows in snapshot().items() if table in SEEN}


def written():
    """Return who wrote each post."""
    return list(Post.objects.order_by("pk").values_list("pk", "author", "guest", "is_anonymous"))


def voted():
    """Return the votes of each post."""
    return list(Post.objects.order_by("pk").values_list("pk", "up_count", "down_count", "score"))


def earned():
    """Return everybody's points."""
    return list(User.objects.order_by("pk").values_list("pk", "reputation"))


@RANDOM
@given(sequence=SEQUENCES)
def test_what_is_taken_back_in_reverse_leaves_everything_as_before(world, sequence):
    with transaction.atomic():
        before, start = snapshot(), log_query.head_number()
        do(world, sequence)

        take_back(since(start), world)

        assert "\n".join(differences(before, snapshot())) == ""
        assert recount(check=True) == []
        assert get_chain().flaw is None
        transaction.set_rollback(True)


@RANDOM
@given(sequence=SEQUENCES)
def test_what_is_taken_back_twice_is_for_its_readers_as_after_the_acts(world, sequence):
    with transaction.atomic():
        start = log_query.head_number()
        do(world, sequence)
        after, middle = seen(), log_query.head_number()
        take_back(since(start), world)
        assume(all(undoing.is_undoable(entry) for entry in since(middle)))  # two accounts that were parted stay so

        take_back(since(middle), world)

        assert "\n".join(differences(after, seen())) == ""
        assert recount(check=True) == []
        assert get_chain().flaw is None
        transaction.set_rollback(True)


@pytest.mark.parametrize("function", moderators.ACTS, ids=lambda function: function.__name__)
def test_each_act_can_be_done_and_taken_back(world, function):
    before, start = snapshot(), log_query.head_number()
    seed = next(
        (seed for seed in range(60) if log_query.head_number() == start and try_out(world, function, seed)), None
    )
    assert seed is not None
    function(world, Random(seed))

    take_back(since(start), world)

    assert "\n".join(differences(before, snapshot())) == ""
    assert recount(check=True) == []


def try_out(world, function, seed):
    """Say whether this seed leads to an entry in the log, and leave nothing of it."""
    with transaction.atomic():
        start = log_query.head_number()
        is_done = moderators.attempt(world, function, Random(seed)) and log_query.head_number() > start
        transaction.set_rollback(True)
    return is_done


@pytest.mark.parametrize(
    "sequence",
    [
        [(moderators.undo_account, 0)],  # the case of a report on a member
        [(moderators.merge_accounts, 4), (moderators.hide, 0)],  # what was told meanwhile was counted for the other
    ],
)
def test_what_was_found_before_is_not_found_again(world, sequence):
    before, start = snapshot(), log_query.head_number()
    do(world, sequence)
    assert recount(check=True) == []

    take_back(since(start), world)

    assert "\n".join(differences(before, snapshot())) == ""
    assert recount(check=True) == []
