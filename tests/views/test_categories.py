"""The page of all topics over HTTP."""

import pytest

from forum.choices import Audience
from tests.factories import make_category, make_question


def test_topics_stand_with_what_is_below_them(client, db):
    family = make_category("Family", description="Parents, children, siblings.")
    make_category("Siblings", parent=family)

    text = client.get("/categories/").content.decode()

    assert "Parents, children, siblings." in text
    assert '<a href="/questions/family/siblings/"><span><bdi>Siblings</bdi>' in text


def test_a_site_without_topics_says_so(client, db):
    assert "No topics yet" in client.get("/categories/").content.decode()


def test_it_is_not_posted_to(client, db):
    assert client.post("/categories/").status_code == 405


@pytest.mark.parametrize("reader, queries", [("guest", 3), ("member", 5)], indirect=["reader"])
def test_it_costs_the_same_with_one_topic_and_with_three(django_assert_num_queries, reader, queries):
    family = make_category("Family")
    with django_assert_num_queries(queries):
        reader.get("/categories/")

    make_category("Only children", parent=make_category("Siblings", parent=family))
    with django_assert_num_queries(queries):
        reader.get("/categories/")


def test_a_topic_says_when_somebody_last_asked_in_it_or_below(client, signed_in, ann):
    family = make_category("Family")
    make_question(category=make_category("Siblings", parent=family), days_ago=3, audience=Audience.MEMBERS)
    make_question(category=family, days_ago=5)

    guests, members = (browser.get("/categories/").content.decode() for browser in (client, signed_in(ann)))

    assert ("5 days ago" in guests, "3 days ago" in guests, "3 days ago" in members) == (True, False, True)


def test_a_sensitive_topic_says_what_mail_leaves_out_and_names_what_is_below(client, sleep):
    sleep.is_sensitive = True
    sleep.save()
    make_category("Dreams", parent=sleep)

    page, below = (client.get(path).content.decode() for path in ("/questions/sleep/", "/questions/sleep/dreams/"))

    said = "Emails about questions here don’t mention what they’re about."
    assert (said in page, said in below) == (True, True)
    assert '<a class="tag" href="/questions/sleep/dreams/"><bdi>Dreams</bdi></a>' in page
