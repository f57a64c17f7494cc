"""The page of all topics over HTTP."""

import pytest

from tests.factories import make_category


def test_topics_stand_with_what_is_below_them(client, db):
    family = make_category("Family", description="Parents, children, siblings.")
    make_category("Siblings", parent=family)

    text = client.get("/categories/").content.decode()

    assert "Parents, children, siblings." in text
    assert '<a href="/questions/family/siblings/"><bdi>Siblings</bdi>' in text


def test_a_site_without_topics_says_so(client, db):
    assert "No topics yet" in client.get("/categories/").content.decode()


def test_it_is_not_posted_to(client, db):
    assert client.post("/categories/").status_code == 405


@pytest.mark.parametrize("reader, queries", [("guest", 2), ("member", 4)], indirect=["reader"])
def test_it_costs_the_same_with_one_topic_and_with_three(django_assert_num_queries, reader, queries):
    family = make_category("Family")
    with django_assert_num_queries(queries):
        reader.get("/categories/")

    make_category("Only children", parent=make_category("Siblings", parent=family))
    with django_assert_num_queries(queries):
        reader.get("/categories/")
