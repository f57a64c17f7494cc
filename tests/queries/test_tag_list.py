"""The index of tags, completion, and one tag."""

import pytest
from django.http import Http404

from forum.limits import TAGS_A_PAGE
from forum.models import Tag
from forum.queries.paging import TOP, Place
from forum.queries.tag_list import Completion, get_completions, get_tag_list
from forum.queries.tag_page import get_tag_or_404


def make_tags(**counts):
    Tag.objects.bulk_create(
        Tag(name=name.replace("_", "-"), slug=name.replace("_", "-"), question_count=count)
        for name, count in counts.items()
    )


def names(sort="", search="", place=TOP):
    return [card.link.name for card in get_tag_list(sort, search, place).page.rows]


@pytest.mark.parametrize(
    "sort, order",
    [
        ("", ["work", "panic", "sleep"]),
        ("popular", ["work", "panic", "sleep"]),
        ("name", ["panic", "sleep", "work"]),
        ("new", ["sleep", "work", "panic"]),
        ("unheard-of", ["work", "panic", "sleep"]),
    ],
)
def test_tags_in_use_stand_in_the_order_asked_for(db, sort, order):
    make_tags(panic=2, work=3, sleep=2, unused=0)

    assert names(sort) == order


@pytest.mark.parametrize(
    "search, found", [("SUP", ["family-support"]), ("family sup", ["family-support"]), ("zzz", [])]
)
def test_a_tag_is_found_by_any_part_of_its_name(db, search, found):
    make_tags(family_support=1, work=1)

    assert names(search=search) == found


def test_pages_keep_the_search(db):
    make_tags(**{f"tag{number:03}": 1 for number in range(TAGS_A_PAGE + 1)})

    first = get_tag_list("name", "tag", TOP)
    place = Place(older=first.page.older_url.rpartition("older=")[2].replace("%7E", "~"))
    second = get_tag_list("name", "tag", place)

    assert first.page.older_url.startswith("/tags/?q=tag&sort=name&older=")
    assert [card.link.name for card in second.page.rows] == [f"tag{TAGS_A_PAGE:03}"]


def test_completion_has_what_begins_so_before_what_holds_it(db):
    make_tags(work=1, homework=9, workshop=3)

    assert get_completions(" Work ") == [Completion("workshop", 3), Completion("work", 1), Completion("homework", 9)]


@pytest.mark.parametrize("typed", ["", "   ", "\x00", "zzz"])
def test_completion_of_nothing_is_nothing(db, typed):
    make_tags(work=1)

    assert get_completions(typed) == []


@pytest.mark.parametrize("typed", ["%", "_", "\\"])
def test_completion_takes_signs_as_they_are(db, typed):
    make_tags(work=1)

    assert get_completions(typed) == []


@pytest.mark.parametrize("name", ["self-worth", "Self-Worth", "self worth", "SELF WORTH"])
def test_a_tag_is_found_however_it_is_written(db, name):
    make_tags(self_worth=1)

    assert get_tag_or_404(name).name == "self-worth"


@pytest.mark.parametrize("name", ["", "worth", "self-worth/x", "\x00", "😀"])
def test_an_unknown_tag_is_not_found(db, name):
    make_tags(self_worth=1)

    with pytest.raises(Http404, match="No question carries this tag"):
        get_tag_or_404(name)
