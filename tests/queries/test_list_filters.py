"""What a list leaves out: each filter alone, all together, and the links that lead from one to another."""

import pytest

from forum.actions import answering, closing, following, voting
from forum.choices import Direction, Sort
from forum.limits import QUESTIONS_A_PAGE
from forum.models import Guest, Tag
from forum.queries.list_filters import ListFilters, read_filters
from forum.queries.paging import Place
from forum.queries.question_list import get_question_list
from tests.factories import make_answer, make_category, make_member, make_note, make_question

pytestmark = pytest.mark.django_db
NOBODY = Guest()


def ids(viewer=NOBODY, sort=Sort.NEWEST, **chosen):
    return [row.id for row in get_question_list(viewer, sort, filters=ListFilters(**chosen)).page.rows]


def test_there_are_three_ways_to_be_unanswered(ann, bob, mo, sleep):
    closed, bare, answered, voted, chosen = (make_question(ann, days_ago=days) for days in (5, 4, 3, 2, 1))
    closing.close_question(mo, closed, reason="resolved")
    make_answer(answered, bob)
    voting.cast_vote(ann, make_answer(voted, bob), Direction.UP)
    answering.accept_answer(ann, make_answer(chosen, bob))

    seen = {by: ids(sort=Sort.UNANSWERED, by=by) for by in ("", "selected", "upvotes")}

    assert seen == {
        "": [bare.pk],
        "selected": [voted.pk, answered.pk, bare.pk],
        "upvotes": [chosen.pk, answered.pk, bare.pk],
    }


def test_each_filter_leaves_what_it_names_and_they_combine(ann, bob, sleep):
    plain = make_question(ann, days_ago=4)
    heard = make_question(ann, intent="listening", days_ago=3)
    noted = make_question(ann, intent="listening", notes=[make_note().pk], days_ago=2)
    chosen = make_question(ann, intent="advice", days_ago=1)
    answering.accept_answer(ann, make_answer(chosen, bob))
    make_answer(noted, bob)

    assert ids(intent="listening") == [noted.pk, heard.pk]
    assert ids(notes="none") == [chosen.pk, heard.pk, plain.pk]
    assert (ids(answers="none"), ids(answers="some")) == ([heard.pk, plain.pk], [chosen.pk, noted.pk])
    assert ids(answers="best") == [chosen.pk]
    assert ids(intent="listening", notes="none", answers="none") == [heard.pk]
    assert ids(sort=Sort.VOTES, intent="listening", answers="some") == [noted.pk]


def test_followed_is_what_stands_in_a_topic_below_it_with_a_tag_or_by_itself(ann, newt):
    family = make_category("Family")
    below = make_question(ann, category=make_category("Siblings", parent=family), days_ago=4)
    work = make_category("Work")
    tagged = make_question(ann, category=work, tags=["panic"], days_ago=3)
    itself = make_question(ann, category=work, days_ago=2)
    make_question(ann, category=work, days_ago=1)
    for thing in (family, Tag.objects.get(name="panic"), itself):
        following.follow(newt, thing)

    assert ids(newt, followed="1") == [itself.pk, tagged.pk, below.pk]
    assert ids(ann, followed="1") == []
    assert len(ids(NOBODY, followed="1")) == 4


def test_followed_people_bring_what_they_asked_under_their_name_and_nothing_else(ann, bob, newt):
    named = make_question(ann, days_ago=3)
    make_question(ann, is_anonymous=True, days_ago=2)
    make_question(bob, days_ago=1)
    following.follow(newt, ann)

    assert ids(newt, followed="1") == [named.pk]


def test_what_is_muted_and_what_one_asked_is_not_followed(ann, newt, sleep):
    question = make_question(ann, tags=["panic"])
    make_question(newt, category=make_category("Work"))
    for thing in (question, sleep, Tag.objects.get(name="panic"), ann):
        following.set_follow_mode(newt, thing, "muted")

    assert ids(newt, followed="1") == []


def test_who_follows_much_sees_the_same(ann, bob, newt, monkeypatch):
    asked = make_question(ann, category=make_category("Work"), days_ago=2)
    make_question(ann, is_anonymous=True, days_ago=1)
    tagged = make_question(bob, tags=["panic"])
    for thing in (ann, Tag.objects.get(name="panic")):
        following.follow(newt, thing)
    monkeypatch.setattr("forum.queries.following._FEW", 1)

    assert ids(newt, followed="1") == [tagged.pk, asked.pk]


def test_what_no_filter_is_called_leaves_nothing_out():
    odd = {"intent": "shouting", "answers": "2", "followed": "yes", "notes": "x", "by": "views", "sort": "hot"}

    assert read_filters(odd) == ListFilters()
    assert read_filters({"intent": "advice", "by": "upvotes"}) == ListFilters(intent="advice", by="upvotes")


def test_every_link_keeps_the_other_filters_and_the_order(ann, sleep):
    found = get_question_list(ann, Sort.VOTES, filters=ListFilters(intent="advice", notes="none"))
    groups = {group.label: [(link.label, link.url) for link in group.links] for group in found.panel.groups}

    start = "/questions/?sort=votes"
    assert groups["What would help"] == [
        ("Wants listening", f"{start}&intent=listening&notes=none"),
        ("Wants advice", f"{start}&notes=none"),
        ("Wants information", f"{start}&intent=information&notes=none"),
    ]
    assert groups["Only"][0] == ("In what you follow", f"{start}&intent=advice&followed=1&notes=none")
    assert [(chip.label, chip.url) for chip in found.panel.chosen] == [
        ("Wants advice", f"{start}&notes=none"),
        ("Without content notes", f"{start}&intent=advice"),
    ]
    assert found.panel.clear_url == start
    assert [tab.url for tab in found.tabs][:3] == [
        f"{path}?intent=advice&notes=none" for path in ("/questions/", "/activity/", "/unanswered/")
    ]


def test_the_next_page_keeps_the_filters(ann, sleep):
    for days in range(QUESTIONS_A_PAGE + 1):
        make_question(ann, intent="advice", days_ago=days)
    filters = ListFilters(intent="advice")

    first = get_question_list(NOBODY, Sort.NEWEST, filters=filters)
    cursor = first.page.older_url.removeprefix("/questions/?intent=advice&older=").replace("%7E", "~")
    second = get_question_list(NOBODY, Sort.NEWEST, filters=filters, place=Place(older=cursor))

    assert (len(second.page.rows), second.page.older_url) == (1, "")
    assert second.page.newer_url.startswith("/questions/?intent=advice&newer=")


@pytest.mark.parametrize("count", [1, 3])
def test_all_filters_at_once_cost_the_same_however_many_rows(newt, sleep, count, django_assert_num_queries):
    for number in range(count):
        make_question(make_member(), intent="advice", tags=[f"tag-{number}"])
        following.follow(newt, Tag.objects.get(name=f"tag-{number}"))
    following.follow(newt, sleep)
    filters = ListFilters(intent="advice", answers="none", notes="none", followed="1")

    with django_assert_num_queries(8):
        assert len(get_question_list(newt, Sort.HOT, filters=filters).page.rows) == count
