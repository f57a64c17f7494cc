"""Whatever two accounts had to do with each other: merged and parted, the ledger says what the rows say."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import User
from forum.actions import answering, closing, sanctioning, suggesting, undoing, uniting, voting
from forum.actions.recounting import recount
from forum.choices import Direction
from forum.models import CloseVote, LogEntry, Post, Suspension, Vote
from tests.factories import make_answer, make_member, make_question
from tests.support.records import everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(db):
    return make_member("ann2", points=1_600)


def suggest(member, post):
    """Let `member` suggest an edit of `post`, and its author approve it."""
    newcomer = User.objects.get(pk=member.pk)
    edit = suggesting.suggest_edit(newcomer, post, title=post.title, body=f"{post.body} Better.", reason="Clearer")
    suggesting.approve_suggestion(post.author, edit)


def suggested_on_anothers_post(ann, second, bob):
    suggest(second, make_question(bob))


def suggested_on_the_targets_post(ann, second, bob):
    suggest(second, make_question(ann))
    suggest(second, make_question(ann, is_anonymous=True))


def target_suggested_on_the_sources_post(ann, second, bob):
    suggest(ann, make_question(second))
    suggest(ann, make_question(second, is_anonymous=True))


def both_suggested_on_one_post(ann, second, bob):
    post = make_question(bob)
    suggest(second, post)
    suggest(ann, Post.objects.get(pk=post.pk))


def source_chose_the_targets_answer(ann, second, bob):
    for hidden in (False, True):
        answering.accept_answer(second, make_answer(make_question(second, is_anonymous=hidden), ann))


def target_chose_the_sources_answer(ann, second, bob):
    for hidden in (False, True):
        answering.accept_answer(ann, make_answer(make_question(ann), second, is_anonymous=hidden))


def voted_on_each_others(ann, second, bob):
    for hidden in (False, True):
        voting.cast_vote(second, make_question(ann, is_anonymous=hidden), Direction.UP)
        voting.cast_vote(ann, make_answer(author=second, is_anonymous=hidden), Direction.UP)
    both = make_question(bob, is_anonymous=True)
    for voter in (ann, second):
        voting.cast_vote(voter, both, Direction.UP)


def voted_to_close(ann, second, bob):
    first, other = make_question(bob), make_question(bob)
    for voter, question in ((ann, first), (second, first), (second, other)):
        closing.vote_to_close(voter, question, reason="resolved")


def all_of_it(ann, second, bob):
    for history in HISTORIES[:-1]:
        history(*(User.objects.get(pk=member.pk) for member in (ann, second, bob)))


HISTORIES = [
    suggested_on_anothers_post,
    suggested_on_the_targets_post,
    target_suggested_on_the_sources_post,
    both_suggested_on_one_post,
    source_chose_the_targets_answer,
    target_chose_the_sources_answer,
    voted_on_each_others,
    voted_to_close,
    all_of_it,
]


def state():
    """Return what readers and members have, by row."""
    return {
        "posts": list(Post.objects.order_by("pk").values_list("pk", "author", "score", "up_count", "down_count")),
        "votes": list(Vote.objects.order_by("pk").values_list("pk", "voter", "post", "direction")),
        "close votes": list(CloseVote.objects.order_by("pk").values_list("pk", "voter", "spent_at")),
        "members": list(User.objects.order_by("pk").values_list("pk", "reputation", "public_points", "closed_at")),
    }


@pytest.mark.parametrize("history", HISTORIES, ids=lambda history: history.__name__)
def test_merged_and_parted_the_ledger_says_what_the_rows_say(ada, bob, second, history):
    ann = make_member("ann", points=1_600)
    history(ann, second, bob)
    assert recount(check=True) == []
    before = state()

    uniting.merge_accounts(ada, second, ann, reason="She asked for it")
    assert recount(check=True) == []

    undoing.undo_entry(ada, LogEntry.objects.get(verb="account.merged"))
    assert recount(check=True) == []
    assert state() == before


def test_an_edit_of_what_is_ones_own_now_pays_no_more(ada, ann, bob, second):
    suggest(second, make_question(ann))
    suggest(second, make_question(bob))
    had = sum(User.objects.filter(pk__in=(ann.pk, second.pk)).values_list("reputation", flat=True))

    uniting.merge_accounts(ada, second, ann, reason="She asked for it")

    assert list(
        User.objects.filter(pk__in=(ann.pk, second.pk)).order_by("pk").values_list("reputation", flat=True)
    ) == ([had - 20, 0] if ann.pk < second.pk else [0, had - 20])


def test_nobody_holds_two_votes_to_close(ada, ann, bob, second):
    ann = make_member("ann3", points=1_600)
    question = make_question(bob)
    for voter in (ann, second):
        closing.vote_to_close(voter, question, reason="resolved")

    uniting.merge_accounts(ada, second, ann, reason="Two votes")

    assert list(CloseVote.objects.filter(spent_at=None).values_list("voter", flat=True)) == [ann.pk]


@pytest.mark.parametrize("own_days", [0, 1, 9])
def test_a_suspension_goes_along_and_comes_back(ada, ann, second, own_days):
    until = timezone.now() + timedelta(days=5)
    sanctioning.suspend_member(ada, second, until=until, reason="A pause.")
    if own_days:
        sanctioning.suspend_member(ada, ann, until=timezone.now() + timedelta(days=own_days), reason="A rest.")
    before = list(Suspension.objects.order_by("pk").values_list("member", "until", "lifted_at"))
    ends = list(User.objects.order_by("pk").values_list("pk", "suspended_until"))

    uniting.merge_accounts(ada, second, ann, reason="She asked for it")

    longest = max(until, timezone.now() + timedelta(days=own_days))
    assert abs(User.objects.get(pk=ann.pk).suspended_until - longest) < timedelta(minutes=5)
    assert recount(check=True) == []
    undoing.undo_entry(ada, LogEntry.objects.get(verb="account.merged"))
    assert list(Suspension.objects.order_by("pk").values_list("member", "until", "lifted_at")) == before
    assert list(User.objects.order_by("pk").values_list("pk", "suspended_until")) == ends
    assert recount(check=True) == []


def test_a_suspended_account_is_not_merged_into_one_that_nobody_suspends(ada, second):
    sanctioning.suspend_member(ada, second, until=timezone.now() + timedelta(days=5), reason="A pause.")
    before = everything()

    with pytest.raises(PermissionDenied, match="You can’t suspend yourself"):
        uniting.merge_accounts(ada, second, ada, reason="They are mine")

    assert everything() == before


def test_no_anonymous_post_shows_that_it_moved(ada, ann, second, bob):
    hidden = [
        make_question(ann, is_anonymous=True),
        make_question(second, is_anonymous=True),
        make_question(bob, is_anonymous=True),
    ]
    voting.cast_vote(second, hidden[0], Direction.UP)
    voting.cast_vote(ann, hidden[1], Direction.UP)
    answering.accept_answer(second, make_answer(hidden[1], ann))
    shown = ("status", "score", "up_count", "hot", "last_activity_at", "is_closed", "answer_count", "edited_at")
    looks = [list(Post.objects.filter(is_anonymous=True).order_by("pk").values(*shown))]
    seen = [User.objects.get(pk=ann.pk).public_points]

    uniting.merge_accounts(ada, second, ann, reason="She asked for it")
    entry = LogEntry.objects.select_related("text").get(verb="account.merged")
    looks.append(list(Post.objects.filter(is_anonymous=True).order_by("pk").values(*shown)))
    seen.append(User.objects.get(pk=ann.pk).public_points)
    undoing.undo_entry(ada, entry)
    looks.append(list(Post.objects.filter(is_anonymous=True).order_by("pk").values(*shown)))

    assert looks[0] == looks[1] == looks[2]
    assert seen == [840, 840 + 1_600]
    assert entry.text.after == {"posts": 0, "source": second.pk}
