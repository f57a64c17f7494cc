"""Taking back everything by an account, and putting it back."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import User
from forum.actions import answering, commenting, flagging, reversing, undoing, voting
from forum.actions.recounting import recount
from forum.choices import Direction
from forum.models import Case, Flag, LogEntry, Post, ReputationChange, Vote
from tests.factories import make_answer, make_member, make_question
from tests.support.records import everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def start(question):
    """When the account began: just after what was there before."""
    return timezone.now()


@pytest.fixture
def spammer(start, question, sleep):
    """Posted a question, an answer and a comment, voted and reported."""
    spammer = make_member("pills4u", points=300)
    make_question(spammer, title="Buy calm here, cheap?", category=sleep)
    answering.answer_question(spammer, question, body="Buy calm at example.com")
    commenting.add_comment(spammer, question, body="Calm, cheap")
    voting.cast_vote(spammer, question, Direction.DOWN)
    flagging.flag_post(spammer, question, reason="spam")
    return spammer


def statuses(author):
    return list(Post.objects.filter(author=author).order_by("pk").values_list("status", flat=True))


def points(*members):
    return [User.objects.get(pk=member.pk).reputation for member in members]


def honest(question):
    fields = ("score", "up_count", "down_count", "answer_count", "comment_count", "status", "hot", "is_being_checked")
    return Post.objects.values(*fields).get(pk=question.pk)


def test_everything_by_an_account_is_taken_back_at_once(mo, ann, question, start, spammer):
    reversing.undo_account(mo, spammer, since=start, reason="Advertising")

    assert statuses(spammer) == ["deleted", "deleted", "deleted"]
    assert list(Vote.objects.filter(voter=spammer)) == []
    assert list(Flag.objects.values_list("state", flat=True)) == ["set_aside"]
    assert honest(question) == honest(question) | {"score": 0, "down_count": 0, "answer_count": 0, "comment_count": 0}
    assert list(Case.objects.open()) == []
    assert points(ann, spammer) == [520, 300]
    assert recount(check=True) == []


def test_an_honest_post_is_as_it_was_before(mo, question, start, request):
    before = honest(question)
    spammer = request.getfixturevalue("spammer")

    reversing.undo_account(mo, spammer, since=start, reason="Advertising")

    assert honest(question) == before


def test_it_is_one_act_in_the_log(mo, start, spammer):
    reversal = reversing.undo_account(mo, spammer, since=start, reason="Advertising")

    entry = LogEntry.objects.select_related("text").get(verb="account.undone")
    assert (entry.actor, entry.member, entry.post, entry.thing) == (mo, spammer, None, f"reversal:{reversal.pk}")
    counts = {"posts": 3, "votes": 1, "flags": 1, "suggestions": 0, "kind": "account"}
    assert (entry.text.reason, entry.text.after) == ("Advertising", counts)


def test_its_undo_puts_everything_back(mo, ann, question, start, spammer):
    votes, state, was = list(Vote.objects.values()), honest(question), points(ann, spammer)
    reversing.undo_account(mo, spammer, since=start, reason="Advertising")

    undoing.undo_entry(mo, LogEntry.objects.get(verb="account.undone"))

    assert statuses(spammer) == ["published", "published", "published"]
    assert (list(Vote.objects.values()), honest(question), points(ann, spammer)) == (votes, state, was)
    assert list(Flag.objects.values_list("state", flat=True)) == ["open"]
    assert Case.objects.open().count() == 1
    assert recount(check=True) == []


def test_its_undo_can_be_undone(mo, ann, question, start, spammer):
    reversing.undo_account(mo, spammer, since=start, reason="Advertising")
    was = (statuses(spammer), honest(question), points(ann, spammer))
    undoing.undo_entry(mo, LogEntry.objects.get(verb="account.undone"))

    undoing.undo_entry(mo, LogEntry.objects.get(verb="account.restored"))

    assert (statuses(spammer), honest(question), points(ann, spammer)) == was
    assert recount(check=True) == []


def test_twice_is_once(mo, start, spammer):
    reversing.undo_account(mo, spammer, since=start, reason="Advertising")
    before = everything()

    assert reversing.undo_account(mo, spammer, since=start, reason="Advertising") is None
    assert everything() == before


def test_what_is_older_stays(mo, bob, question):
    make_answer(question, bob, days_ago=3)
    recent = make_answer(question, bob)

    reversing.undo_account(mo, bob, since=timezone.now() - timedelta(hours=1), reason="A bad hour")

    assert statuses(bob) == ["published", "deleted"]
    assert list(Post.objects.filter(status="deleted")) == [recent]


def test_a_guests_posts_are_taken_back(mo, guest, question):
    answer = make_answer(question, guest)

    reversing.undo_account(mo, guest, since=timezone.now() - timedelta(hours=1), reason="Advertising")

    assert Post.objects.get(pk=answer.pk).status == "deleted"
    assert LogEntry.objects.get(verb="account.undone").member is None


def test_votes_others_gave_it_stay_and_pay_nobody(mo, ann, start, spammer):
    answer = Post.objects.get(author=spammer, kind="answer")
    voting.cast_vote(ann, answer, Direction.UP)

    reversing.undo_account(mo, spammer, since=start, reason="Advertising")

    assert Vote.objects.filter(post=answer).count() == 1
    assert sum(ReputationChange.objects.filter(post=answer, member=spammer).values_list("points", flat=True)) == 0


@pytest.mark.parametrize("role", ["helper", "moderator", "administrator", "owner"])
def test_the_teams_accounts_are_not_undone(mo, role, start):
    member = make_member("sam", role=role)
    before = everything()

    with pytest.raises(PermissionDenied, match="This account belongs to the team"):
        reversing.undo_account(mo, member, since=start, reason="A joke")

    assert everything() == before


def test_members_undo_nobody(ann, start, spammer):
    before = everything()

    with pytest.raises(PermissionDenied, match="Only moderators"):
        reversing.undo_account(ann, spammer, since=start, reason="I do not like it")

    assert everything() == before
