"""A wave of spam: 200 accounts, 1,000 posts and 2,000 votes are taken back in fewer than ten acts."""

import random
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from forum.actions import recounting, voting
from forum.choices import Direction
from forum.effects import posts as activity
from forum.models import Post, ReputationChange, Revision, Vote
from forum.queries.log_chain import get_chain
from tests.factories import make_answer, make_member, make_question

pytestmark = [pytest.mark.django_db, pytest.mark.exhaustive]
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


def wave(dice, questions, answers):
    """Let many accounts post five times and vote ten times each, loaded in bulk and then counted."""
    told = [
        User(username=f"spam account {n}", name_key=f"spamaccount{n}", email=f"s{n}@example.com")
        for n in range(ACCOUNTS)
    ]
    spammers = User.objects.bulk_create(told)
    category, texts = questions[0].category, {"body": "Cheap calm", "body_html": "<p>Cheap calm</p>"}
    posts = []
    for each in spammers:
        question = {"kind": "question", "title": "Cheap calm?", "slug": "cheap-calm", "category": category}
        posts.append(Post(author=each, **question, **texts))
        places = [("answer", under, under) for under in dice.sample(questions, 2)]
        places += [("comment", under.question, under) for under in dice.sample(answers, 2)]
        posts += [Post(author=each, kind=kind, question=top, parent=under, **texts) for kind, top, under in places]
    posts = Post.objects.bulk_create(posts)
    Revision.objects.bulk_create(Revision(post=post, number=1, body=post.body) for post in posts)
    Vote.objects.bulk_create(
        Vote(voter=each, post=post, direction=dice.choice(Direction.values), created_at=timezone.now())
        for each in spammers
        for post in dice.sample([*questions, *answers], VOTES_EACH)
    )
    recounting.recount()
    for question in questions:
        activity.recount_activity(question)
    return spammers


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
    for question in questions:
        activity.recount_activity(question)
    recounting.recount()
    return questions, answers


def test_a_wave_of_spam_is_taken_back(signed_in, mo, community):
    dice, (questions, answers) = random.Random(7), community
    User.objects.filter(pk=mo.pk).update(date_joined=timezone.now() - timedelta(days=60))
    start = timezone.now() - timedelta(minutes=1)
    before = honest(start)
    spammers = wave(dice, questions, answers)
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
    assert honest(start) == before
    of_spam = ReputationChange.objects.filter(member__in=spammers)
    assert sum(of_spam.values_list("points", flat=True)) == 0
    assert recounting.recount(check=True) == []
    assert get_chain().flaw is None
