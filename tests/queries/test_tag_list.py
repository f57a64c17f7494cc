"""The index of tags, completion, and one tag."""

import pytest
from django.http import Http404

from forum.choices import SynonymState
from forum.limits import TAGS_A_PAGE
from forum.models import Guest, Tag
from forum.queries.paging import TOP, Place
from forum.queries.tag_list import Completion, get_completions, get_tag_list
from forum.queries.tag_page import get_tag_or_404
from forum.queries.tag_rules import required_names
from tests.factories import LONG_AGO, make_category, make_synonym


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

    assert get_completions(" Work ", Guest()) == [
        Completion("workshop", 3),
        Completion("work", 1),
        Completion("homework", 9),
    ]


@pytest.mark.parametrize("typed", ["", "   ", "\x00", "zzz"])
def test_completion_of_nothing_is_nothing(db, typed):
    make_tags(work=1)

    assert get_completions(typed, Guest()) == []


@pytest.mark.parametrize("typed", ["%", "_", "\\"])
def test_completion_takes_signs_as_they_are(db, typed):
    make_tags(work=1)

    assert get_completions(typed, Guest()) == []


@pytest.mark.parametrize("name", ["self-worth", "Self-Worth", "self worth", "SELF WORTH"])
def test_a_tag_is_found_however_it_is_written(db, name):
    make_tags(self_worth=1)

    assert get_tag_or_404(name).name == "self-worth"


@pytest.mark.parametrize("name", ["", "worth", "self-worth/x", "\x00", "😀"])
def test_an_unknown_tag_is_not_found(db, name):
    make_tags(self_worth=1)

    with pytest.raises(Http404, match="No questions have this tag"):
        get_tag_or_404(name)


def test_another_name_finds_its_tag_and_says_so(db):
    make_tags(insomnia=4, work=1)
    for name in ("insomia", "sleepless"):
        make_synonym(name, Tag.objects.get(name="insomnia"))
    make_synonym("labour", Tag.objects.get(name="work"), state=SynonymState.ASKED)

    assert get_completions("inso", Guest()) == [Completion("insomnia", 4)]
    assert get_completions("insomi", Guest()) == [Completion("insomnia", 4, "insomia")]
    assert get_completions("leep", Guest()) == [Completion("insomnia", 4, "sleepless")]
    assert get_completions("labour", Guest()) == []
    assert [(card.link.name, card.also) for card in get_tag_list("", "insomia", TOP).page.rows] == [
        ("insomnia", "insomia")
    ]


def test_reserved_tags_are_offered_to_moderators_and_removed_ones_to_nobody(mo):
    make_tags(notices=1, nothing=1)
    Tag.objects.filter(name="notices").update(is_reserved=True)
    Tag.objects.filter(name="nothing").update(removed_at=LONG_AGO)

    assert get_completions("not", Guest()) == []
    assert get_completions("not", mo) == [Completion("notices", 1)]
    assert [card.link.name for card in get_tag_list("", "", TOP).page.rows] == ["notices"]
    with pytest.raises(Http404):
        get_tag_or_404("nothing")


def test_what_the_topic_requires_comes_first(sleep):
    make_tags(night=9, nightmares=2, insomnia=1, **{f"nights_{number}": 5 for number in range(8)})
    nights = make_category("Nights", parent=sleep)
    sleep.required_tags.set(Tag.objects.filter(name__in=["nightmares", "insomnia"]))

    names = [found.name for found in get_completions("night", Guest(), category_id=nights.pk)]

    assert names[:3] == ["nightmares", "night", "nights-0"]
    assert (required_names(nights.pk), required_names(10**9)) == (("nightmares", "insomnia"), ())


def test_a_tag_is_found_by_another_name_of_it(db):
    make_tags(insomnia=1)
    make_synonym("no-sleep", Tag.objects.get())

    assert get_tag_or_404("No Sleep").name == "insomnia"
