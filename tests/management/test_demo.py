"""The demo community: large enough to look alive, and as honest as a real one."""

import io
from collections import Counter

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from forum import search
from forum.actions.recounting import recount
from forum.models import (
    Answer,
    Bundle,
    Category,
    Comment,
    Event,
    Post,
    Question,
    ReputationChange,
    Tag,
    TagRevision,
    TagSynonym,
    Vote,
)

pytestmark = pytest.mark.exhaustive


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    """Load the community once for all tests of this module, and take it back afterwards."""
    with django_db_blocker.unblock():
        connection.set_autocommit(False)
        try:
            output = io.StringIO()
            call_command("seed", "--demo", stdout=output)
            yield output.getvalue()
        finally:
            connection.rollback()
            connection.set_autocommit(True)


def test_it_says_what_it_loaded(demo):
    posts = Post.objects.count() - 3

    assert demo == f"Loaded the first two questions.\nLoaded the demo community: {posts} posts.\n"


def test_there_are_people_questions_and_topics_enough(demo):
    assert User.objects.count() >= 40
    assert Question.objects.count() >= 120
    assert Category.objects.filter(depth=1).count() >= 12
    assert Answer.objects.count() >= Question.objects.count()
    assert Comment.objects.count() >= 40


def test_every_topic_at_the_top_has_questions(demo):
    assert list(Category.objects.filter(depth=1, question_count=0)) == []


def test_it_shows_what_the_site_can_do(demo):
    assert Question.objects.exclude(accepted_answer=None).count() >= 30
    assert Question.objects.filter(is_anonymous=True).count() >= 5
    assert Question.objects.exclude(guest=None).count() >= 1
    assert Question.objects.filter(answer_count=0).count() >= 3
    assert Question.objects.exclude(notes=None).count() >= 3
    assert set(Question.objects.values_list("intent", flat=True)) >= {"advice", "listening", "information"}
    assert Vote.objects.filter(direction=-1).count() >= 1


def test_some_tags_say_what_they_are_about_and_have_other_names(demo):
    assert TagRevision.objects.exclude(guide="").count() >= 5
    assert Tag.objects.exclude(guide="").filter(guide_html="").count() == 0
    assert TagSynonym.objects.approved().count() >= 8
    assert sorted(TagSynonym.objects.asked().values_list("name", "tag__name")) == [
        ("exhaustion", "burnout"),
        ("friends", "friendship"),
    ]


def test_texts_are_not_repeated(demo):
    bodies = list(Post.objects.exclude(body="").values_list("body", flat=True))
    titles = list(Question.objects.values_list("title", flat=True))

    assert len(set(bodies)) == len(bodies)
    assert len(set(titles)) == len(titles)


def test_every_post_is_rendered_and_none_lies_ahead(demo):
    assert Post.objects.exclude(body="").filter(body_html="").count() == 0
    assert Post.objects.filter(created_at__gt=timezone.now()).count() == 0
    assert Vote.objects.filter(created_at__gt=timezone.now()).count() == 0
    assert ReputationChange.objects.filter(created_at__gt=timezone.now()).count() == 0


def test_nobody_votes_for_themselves_or_answers_before_being_asked(demo):
    assert [vote.pk for vote in Vote.objects.select_related("post") if vote.voter_id == vote.post.author_id] == []
    replies = Post.objects.exclude(question=None).select_related("question")
    assert [post.pk for post in replies if post.created_at < post.question.created_at] == []


def test_every_number_agrees_with_its_rows(demo):
    assert recount(check=True) == []


def test_nobody_can_sign_in_as_its_members(demo):
    assert [member.username for member in User.objects.all() if member.has_usable_password()] == []


def test_its_words_are_found(demo):
    newest = Question.objects.order_by("-pk").first()

    assert newest.pk in search.find(newest.title, 20)


def test_loading_it_twice_is_loading_it_once(demo):
    before = (Post.objects.count(), Vote.objects.count(), ReputationChange.objects.count(), Event.objects.count())

    call_command("seed", "--demo", stdout=io.StringIO())

    after = (Post.objects.count(), Vote.objects.count(), ReputationChange.objects.count(), Event.objects.count())
    assert after == before


def test_members_find_in_their_inbox_who_answered_them(demo):
    lines = Bundle.objects.filter(count__gt=0)
    unread = Counter(lines.filter(read_at=None).values_list("recipient", flat=True))

    assert lines.count() >= 40
    assert 0 < unread.total() < lines.count()
    assert dict(User.objects.exclude(unread_notifications=0).values_list("pk", "unread_notifications")) == unread
    assert not lines.filter(recipient=F("latest_event__post__author")).exists()
