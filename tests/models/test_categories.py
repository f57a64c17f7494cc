"""What the database holds about topics and tags."""

import pytest

from forum.models import Category, Tag, TaggedPost
from tests.factories import make_category, make_question
from tests.support.refusals import refused

pytestmark = pytest.mark.django_db


def test_an_address_belongs_to_one_topic(sleep):
    with refused("category_path_unique", "forum_category.path"):
        make_category("Another", slug="sleep")


@pytest.mark.parametrize("depth", [0, 5])
def test_topics_go_four_levels_deep(sleep, depth):
    with refused("category_"):
        Category.objects.create(name="Deep", slug="deep", path="sleep/deep", parent=sleep, depth=depth)


def test_a_topic_below_another_is_not_at_the_top(sleep):
    with refused("category_depth_follows_parent"):
        Category.objects.create(name="Naps", slug="naps", path="sleep/naps", parent=sleep, depth=1)


def test_a_topic_below_nothing_is_at_the_top():
    with refused("category_depth_follows_parent"):
        Category.objects.create(name="Naps", slug="naps", path="naps", depth=2)


def test_a_topic_does_not_stand_below_itself(sleep):
    naps = make_category("Naps", parent=sleep)

    with refused("category_not_its_own_parent"):
        Category.objects.filter(pk=naps.pk).update(parent=naps)


def test_the_topics_above_one_are_found_by_its_path(sleep):
    naps = make_category("Naps", parent=sleep)
    make_category("Nap", slug="nap")

    assert list(Category.objects.above(naps).order_by("depth")) == [sleep, naps]
    assert list(Category.objects.above(None)) == []


def test_a_question_carries_a_tag_once(question):
    tag = Tag.objects.create(name="nights", slug="nights")
    TaggedPost.objects.create(content_object=question, tag=tag)

    with refused("tag_once_on_each_question", "forum_taggedpost.content_object_id, forum_taggedpost.tag_id"):
        TaggedPost.objects.create(content_object=question, tag=tag)


def test_a_tag_has_a_name_of_its_own():
    make_question(tags=["nights"])

    with refused("name", "forum_tag.name"):
        Tag.objects.bulk_create([Tag(name="nights", slug="other")])
