"""A wave of spam: 200 accounts, 1,000 posts and 2,000 votes are taken back in fewer than ten acts."""

import random
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from forum.actions import recounting, voting
from forum.choices import Direction
from forum.models import Post, ReputationChange, Vote
from forum.queries.log_chain import get_chain
from tests.factories import make_answer, make_comment, make_member, make_question

pytestmark = pytest.mark.django_db
ACCOUNTS, POSTS_EACH, VOTES_EACH = 200, 5, 10


def honest(before):
    """What honest people have, by row; `before` is when the wave began."""
    old = Post.objects.filter(created_at__lt=before).order_by("pk")
    told = ("pk", "author", "status", "score", "up_count", "down_count", "answer_count", "comment_count", "hot")
    return {
        "posts": list(old.values_list(*told, "body_html", "is_being_checked", "last_activity_at")),
        "points": list(
            User.objects.filter(date_joined__lt=before).order_by("pk").values_list("username", "reputation")
        ),
        "votes": list(Vote.objects.filter(created_at__lt=before).order_by("pk").values_list("voter", "post")),
    }


def spam(dice, spammer, questions, answers):
    """Let one account post five times and vote ten times."""
    make_question(spammer, title=f"Cheap calm from {spammer.username}?")
    for _ in range(2):
        make_answer(dice.choice(questions), spammer, body=f"Calm from {spammer.username} {dice.random()}")
    for _ in range(2):
        make_comment(dice.choice(answers), spammer, body=f"Calm {dice.random()}")
    for post in dice.sample([*questions, *answers], VOTES_EACH):
        voting.cast_vote(spammer, post, dice.choice([Direction.UP, Direction.DOWN]))


@pytest.fixture
def community(db):
    """Honest people with questions, answers and votes, from before the wave."""
    people = [make_member(f"honest{chr(97 + number)}", points=500) for number in range(6)]
    questions = [make_question(person, days_ago=3) for person in people]
    answers = [
        make_answer(question, person, days_ago=2) for question, person in zip(questions, people[1:], strict=False)
    ]
    for person in people:
        for post in [*questions, *answers]:
            if post.author_id != person.pk:
                voting.cast_vote(person, post, Direction.UP)
    User.objects.filter(pk__in=[person.pk for person in people]).update(date_joined=timezone.now() - timedelta(days=60))
    Vote.objects.update(created_at=timezone.now() - timedelta(days=1))
    recounting.recount()
    return questions, answers


def test_a_wave_of_spam_is_taken_back(signed_in, mo, community):
    dice, (questions, answers) = random.Random(7), community
    User.objects.filter(pk=mo.pk).update(date_joined=timezone.now() - timedelta(days=60))
    start = timezone.now() - timedelta(minutes=1)
    before = honest(start)
    spammers = [make_member(f"spam account {number}", points=300) for number in range(ACCOUNTS)]
    for spammer in spammers:
        spam(dice, spammer, questions, answers)
    assert Post.objects.filter(author__in=spammers).count() == ACCOUNTS * POSTS_EACH
    assert Vote.objects.filter(voter__in=spammers).count() == ACCOUNTS * VOTES_EACH

    browser, acts = signed_in(mo), 0
    page = browser.get("/moderation/accounts/?days=day").context["list"].page
    while page.rows:
        told = {"members": [row.id for row in page.rows], "what": "24", "reason": "A wave of advertising"}
        assert browser.post("/moderation/accounts/undo/", told).status_code == 302
        acts += 1
        page = browser.get(page.older_url).context["list"].page if page.older_url else type(page)(())

    assert acts == 4
    assert list(Post.objects.filter(author__in=spammers).exclude(status="deleted")) == []
    assert Vote.objects.filter(voter__in=spammers).count() == 0
    assert honest(start) == before | {"posts": [(*row[:-1], _activity(row[0])) for row in before["posts"]]}
    of_spam = ReputationChange.objects.filter(member__in=spammers).exclude(reason="opening_balance")
    assert sum(of_spam.values_list("points", flat=True)) == 0
    assert recounting.recount(check=True) == []
    assert get_chain().flaw is None


def _activity(post_id):
    """Return when something last happened below a post: a time, which the wave may leave behind."""
    return Post.objects.values_list("last_activity_at", flat=True).get(pk=post_id)
