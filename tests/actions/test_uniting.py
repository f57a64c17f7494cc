"""Making one account of two, and two of one again."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.models import User
from forum.actions import answering, bookmarking, following, joining, undoing, uniting, voting
from forum.actions.recounting import recount
from forum.choices import Direction
from forum.models import Bookmark, Follow, LogEntry, MemberBlock, Mention, Post, Vote
from tests.factories import make_answer, make_member, make_question
from tests.support.records import everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def second(ann, bob, question):
    """Ann's second account: answered, voted, saved, and was voted up."""
    second = make_member("ann2", points=100)
    answer = make_answer(question, second)
    voting.cast_vote(bob, answer, Direction.UP)
    voting.cast_vote(second, make_question(bob), Direction.UP)
    bookmarking.bookmark_post(second, answer)
    following.follow(second, question)
    following.follow(second, question.category)
    following.follow(ann, question)
    return second


def points(*members):
    return [User.objects.get(pk=member.pk).reputation for member in members]


def state():
    """What two accounts have, by row."""
    return {
        "posts": list(Post.objects.order_by("pk").values_list("pk", "author", "score", "up_count", "down_count")),
        "votes": list(Vote.objects.order_by("pk").values_list("pk", "voter", "post", "direction", "created_at")),
        "saved": list(Bookmark.objects.order_by("pk").values_list("member", "post")),
        "followed": list(Follow.objects.order_by("pk").values_list("member", "question", "category", "person", "mode")),
        "blocks": list(MemberBlock.objects.order_by("pk").values_list("member", "blocked")),
        "mentions": list(Mention.objects.order_by("pk").values_list("member", "post")),
        "members": list(User.objects.order_by("pk").values_list("pk", "reputation", "public_points", "closed_at")),
    }


@pytest.fixture
def acquainted(ann, bob, newt, second, question):
    """Both accounts, each of which the other, and others, follow and block; and a name in a post."""
    for member, person in ((second, ann), (ann, second), (second, bob), (ann, newt), (second, newt), (bob, second)):
        following.follow(member, person)
        MemberBlock.objects.create(member=member, blocked=person)
    following.set_follow_mode(second, bob, "weekly")
    Mention.objects.create(post=question, member=second)


def test_follows_blocks_and_mentions_go_along_and_nobody_follows_themselves(ada, ann, bob, newt, second, acquainted):
    uniting.merge_accounts(ada, second, ann, reason="She asked for it")

    pairs = Follow.objects.exclude(person=None).order_by("pk").values_list("member", "person", "mode")
    assert list(pairs) == [
        (second.pk, ann.pk, "daily"),
        (ann.pk, second.pk, "daily"),
        (ann.pk, bob.pk, "weekly"),
        (ann.pk, newt.pk, "daily"),
        (second.pk, newt.pk, "daily"),
        (bob.pk, ann.pk, "daily"),
    ]
    blocks = MemberBlock.objects.order_by("pk").values_list("member", "blocked")
    assert list(blocks) == [(member, person) for member, person, _ in pairs]
    assert Mention.objects.get().member == ann


def test_everything_goes_to_the_other_account(ada, ann, second):
    answer, question = Post.objects.get(author=second), Vote.objects.get(voter=second).post

    uniting.merge_accounts(ada, second, ann, reason="She asked for it")

    assert Post.objects.get(pk=answer.pk).author == ann
    assert Vote.objects.get(post=question).voter == ann
    assert list(Bookmark.objects.values_list("member", "post")) == [(ann.pk, answer.pk)]
    assert set(Follow.objects.filter(member=ann).values_list("question", "category")) == {
        (answer.question_id, None),
        (None, question.category_id),
    }
    assert User.objects.get(pk=second.pk).closed_at is not None
    assert recount(check=True) == []


def test_points_go_along(ada, ann, second):
    uniting.merge_accounts(ada, second, ann, reason="She asked for it")

    # 520 of her own and 100 that the second began with; 40 for the answer, 20 for the vote on it, 10 for the vote cast.
    assert points(ann, second) == [520 + 100 + 40 + 20 + 10, 0]


def test_the_welcome_of_a_second_account_stays_with_it(ada, ann):
    second = make_member("ann2", points=0)
    joining.welcome_member(second)

    uniting.merge_accounts(ada, second, ann, reason="She asked for it")

    assert points(ann, second) == [500, 100]
    assert recount(check=True) == []


def test_votes_on_own_posts_go(ada, ann, question):
    second = make_member("ann2", points=300)
    voting.cast_vote(second, question, Direction.UP)

    uniting.merge_accounts(ada, second, ann, reason="She voted for herself")

    assert Vote.objects.count() == 0
    assert Post.objects.get(pk=question.pk).score == 0
    assert recount(check=True) == []


def test_of_two_votes_on_one_post_one_stays(ada, ann, bob):
    second, theirs = make_member("ann2", points=300), make_question(bob)
    voting.cast_vote(ann, theirs, Direction.UP)
    voting.cast_vote(second, theirs, Direction.UP)

    uniting.merge_accounts(ada, second, ann, reason="Two votes")

    assert list(Vote.objects.values_list("voter", flat=True)) == [ann.pk]
    assert recount(check=True) == []


def test_it_can_be_taken_back(ada, ann, bob, question, second):
    voting.cast_vote(second, question, Direction.UP)
    before = state()
    uniting.merge_accounts(ada, second, ann, reason="She asked for it")

    undoing.undo_entry(ada, LogEntry.objects.get(verb="account.merged"))

    assert state() == before
    assert recount(check=True) == []


def test_an_answer_accepted_by_oneself_pays_no_more(ada, ann, question):
    second = make_member("ann2")
    answer = make_answer(question, second)
    answering.accept_answer(ann, answer)

    uniting.merge_accounts(ada, second, ann, reason="She accepted herself")

    assert points(ann) == [500 + 20 + 30 + 100 + 40]
    assert recount(check=True) == []


def test_twice_is_once(ada, ann, second):
    uniting.merge_accounts(ada, second, ann, reason="She asked for it")
    before = everything()

    uniting.merge_accounts(ada, second, ann, reason="She asked for it")

    assert everything() == before


@pytest.mark.parametrize(
    "who, role, sentence",
    [("mo", "member", "Only administrators"), ("ada", "helper", "This account belongs to the team")],
)
def test_who_may_not(request, ann, who, role, sentence):
    second, actor = make_member("ann2", role=role), request.getfixturevalue(who)
    before = everything()

    with pytest.raises(PermissionDenied, match=sentence):
        uniting.merge_accounts(actor, second, ann, reason="A try")

    assert everything() == before


def test_a_closed_account_is_not_merged(ada, ann):
    second = make_member("ann2", closed_at=timezone.now())
    before = everything()

    with pytest.raises(ValidationError, match="closed"):
        uniting.merge_accounts(ada, second, ann, reason="A try")

    assert everything() == before
