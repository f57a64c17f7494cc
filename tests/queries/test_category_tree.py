"""The tree of topics."""

import pytest
from django.http import Http404

from forum.queries.category_tree import get_category_tree
from tests.factories import make_category, make_question


@pytest.fixture
def tree(ann):
    family = make_category("Family", position=2)
    siblings = make_category("Siblings", parent=family)
    make_category("Only children", parent=siblings)
    make_category("Parents", parent=family, position=1)
    make_category("Anxiety", position=1)
    make_question(ann, category=siblings)
    return get_category_tree()


def names(links):
    return [(link.name, names(link.children)) for link in links]


def test_topics_stand_as_the_owner_placed_them(tree):
    assert names(tree.roots) == [("Anxiety", []), ("Family", [("Siblings", [("Only children", [])]), ("Parents", [])])]


def test_counts_include_what_stands_below(tree):
    assert tree.question_count == 1
    assert tree.find("family").question_count == 1


def test_the_rail_opens_the_way_to_the_current_topic(tree):
    rail = [(item.link.name, item.is_current, item.is_nested) for item in tree.rail(tree.find("family/siblings"))]

    assert rail == [
        ("Anxiety", False, False),
        ("Family", False, False),
        ("Siblings", True, True),
        ("Only children", False, True),
        ("Parents", False, True),
    ]


def test_without_a_current_topic_the_rail_has_the_top_ones(tree):
    assert [item.link.name for item in tree.rail()] == ["Anxiety", "Family"]


def test_the_way_leads_from_the_top(tree):
    way = tree.way_to(tree.find("family/siblings/only-children"))

    assert [link.path for link in way] == [
        "/questions/family/",
        "/questions/family/siblings/",
        "/questions/family/siblings/only-children/",
    ]


@pytest.mark.parametrize("path", ["siblings", "family/siblings/", "Family", "family/anxiety", "", "%"])
def test_an_unknown_path_is_not_found(tree, path):
    with pytest.raises(Http404, match="no topic at this address"):
        tree.find(path)


def test_a_topic_in_any_script_is_found(db):
    make_category("Сон", slug="сон")

    assert get_category_tree().find("сон").path == "/questions/%D1%81%D0%BE%D0%BD/"


def test_the_tree_costs_one_query(tree, django_assert_num_queries):
    with django_assert_num_queries(1):
        get_category_tree().rail()
