"""A community of any size: honest in every number, the same each time, going on where it stopped."""

import io
from random import Random

import pytest
from django.core.management import call_command
from django.db import connection

from accounts.models import User
from accounts.names import name_key
from forum import markup, search
from forum.actions.recounting import recount
from forum.choices import PostKind
from forum.limits import EXCERPT_LENGTH
from forum.management import generated, sentences
from forum.models import Post, Question, Revision, SearchEntry, TaggedPost, Vote
from forum.search import entries


@pytest.fixture(scope="module")
def scaled(django_db_setup, django_db_blocker):
    """Load thirty questions, and twenty more, once for all tests of this module, and take them back afterwards."""
    with django_db_blocker.unblock():
        connection.set_autocommit(False)
        try:
            output = io.StringIO()
            call_command("seed", "--demo", stdout=output)
            demo = Question.objects.count()
            call_command("seed", "--scale", "30", stdout=output)
            call_command("seed", "--scale", "50", stdout=output)
            yield demo
        finally:
            connection.rollback()
            connection.set_autocommit(True)


def made():
    return Question.objects.exclude(submission_id=None)


def test_every_number_agrees_with_its_rows(scaled):
    assert recount(check=True) == []


def test_it_went_on_where_it_stopped(scaled):
    assert (made().count(), Question.objects.count()) == (50, scaled + 50)


def test_the_same_size_again_adds_nothing(scaled):
    def size():
        return [model.objects.count() for model in (Post, User, Vote, Revision, SearchEntry, TaggedPost)]

    before = size()

    assert generated.load(50, print) == 0
    assert size() == before


def test_texts_are_finished_and_found_as_if_they_had_been_posted(scaled):
    for post in Post.objects.filter(question__in=made()).select_related("question")[:60]:
        render = markup.render_comment if post.kind == PostKind.COMMENT else markup.render
        assert (post.body_html, post.excerpt) == (render(post.body), markup.excerpt(post.body, EXCERPT_LENGTH))
        entry = entries.entry_of(post, [])
        assert SearchEntry.objects.filter(
            post=post, title=entry.title, tags=entry.tags, body=entry.body, context=entry.context
        ).exists()
    assert SearchEntry.objects.count() == Post.objects.count()
    assert made().order_by("-pk")[0].pk in search.find(made().order_by("-pk")[0].title, 5)


def test_every_post_has_its_first_text_and_each_question_tags(scaled):
    assert Post.objects.exclude(revisions__number=1).count() == 0
    assert made().filter(tagged=None).count() == 0


def test_the_same_number_says_the_same_wherever_it_is_asked(scaled):
    first = made().order_by("submission_id")[0]
    numbers = Random("question 0")
    topic = sentences.pick(sentences.topics(), numbers, 8)

    assert first.title == sentences.title(topic, numbers)


def test_no_two_members_look_alike():
    names = [sentences.member_name(number) for number in (*range(300), 1_899, 1_900, 26_600, 53_200)]

    assert len({name_key(name) for name in names}) == len(names)
    assert max(map(len, names)) <= 30
