"""Placing topics in their tree."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from forum.actions import tagging
from forum.actions.recounting import recount
from forum.models import Category, Event, Guest
from tests.factories import make_category, make_question
from tests.support.records import everything

pytestmark = pytest.mark.django_db


def paths():
    return list(Category.objects.order_by("path").values_list("path", "depth"))


def test_a_new_topic_gets_its_address_from_its_name_and_its_parent(ada, sleep):
    tagging.save_category(ada, Category(name="Night shifts", parent=sleep))
    tagging.save_category(ada, Category(name="Семья"))

    assert paths() == [("sleep", 1), ("sleep/night-shifts", 2), ("семья", 1)]
    assert Event.objects.filter(verb="category.saved", actor=ada).count() == 2


def test_a_renamed_address_takes_everything_below_along(ada, sleep):
    make_category("Shifts", parent=make_category("Nights", parent=sleep))
    make_category("Sleepless")
    sleep.slug = "rest"

    tagging.save_category(ada, sleep)

    assert paths() == [("rest", 1), ("rest/nights", 2), ("rest/nights/shifts", 3), ("sleepless", 1)]


def test_a_moved_topic_takes_its_questions_along(ada, sleep):
    work, nights = make_category("Work"), make_category("Nights", parent=sleep)
    make_question(category=make_category("Shifts", parent=nights))
    nights.parent = work

    tagging.save_category(ada, nights)

    assert paths() == [("sleep", 1), ("work", 1), ("work/nights", 2), ("work/nights/shifts", 3)]
    assert dict(Category.objects.values_list("name", "question_count")) == {
        "Sleep": 0,
        "Work": 1,
        "Nights": 1,
        "Shifts": 1,
    }
    assert recount(check=True) == []


def test_a_topic_does_not_stand_below_itself(ada, sleep):
    nights = make_category("Nights", parent=sleep)
    before = everything()

    for parent in (sleep, nights):
        sleep.parent = parent
        with pytest.raises(ValidationError, match="A topic can’t be below itself"):
            tagging.save_category(ada, sleep)
    assert everything() == before


def test_a_taken_address_is_refused(ada, sleep):
    before = everything()

    with pytest.raises(ValidationError, match="Another topic already has this address"):
        tagging.save_category(ada, Category(name="Sleep"))
    assert everything() == before


def test_topics_go_four_levels_deep_also_by_moving(ada, sleep):
    third = make_category("C", parent=make_category("B", parent=sleep))
    fourth = make_category("D", parent=third)
    pair = make_category("Pair")
    make_category("Below", parent=pair)
    before = everything()

    with pytest.raises(ValidationError, match="4 levels deep"):
        tagging.save_category(ada, Category(name="E", parent=fourth))
    pair.parent = third
    with pytest.raises(ValidationError, match="“Below” below it would be too deep"):
        tagging.save_category(ada, pair)
    assert everything() == before


def test_only_administrators_place_topics(ann, mo, sleep):
    before = everything()

    for person in (ann, mo, Guest()):
        with pytest.raises(PermissionDenied, match="Only administrators"):
            tagging.save_category(person, Category(name="Mine"))
    assert everything() == before


def test_an_empty_topic_is_deleted_and_one_in_use_stays(ada, sleep):
    below = make_category("Below", parent=sleep)
    asked_in = make_category("Asked in")
    make_question(category=asked_in)

    for topic, words in (
        (sleep, "It has topics below it. Move or delete those first."),
        (asked_in, "It has questions, so it can’t be deleted. Move them to another topic first."),
    ):
        with pytest.raises(ValidationError, match=words):
            tagging.delete_category(ada, topic)
    tagging.delete_category(ada, below)

    assert paths() == [("asked-in", 1), ("sleep", 1)]
    assert Event.objects.filter(verb="category.deleted").values_list("actor", "data__path").get() == (
        ada.pk,
        "sleep/below",
    )


def test_only_administrators_delete_topics(mo, sleep):
    with pytest.raises(PermissionDenied, match="Only administrators"):
        tagging.delete_category(mo, sleep)

    assert paths() == [("sleep", 1)]


def test_a_topic_changes_places_with_its_neighbour_and_at_the_end_stays(ada, mo, sleep):
    work, family = make_category("Work"), make_category("Family")
    make_category("Below", parent=work)

    def order():
        return list(Category.objects.filter(depth=1).in_tree_order().values_list("name", flat=True))

    assert order() == ["Family", "Sleep", "Work"]
    tagging.place_category(ada, work, step=-1)
    assert order() == ["Family", "Work", "Sleep"]
    before = everything()
    tagging.place_category(ada, family, step=-1)
    with pytest.raises(PermissionDenied, match="Only administrators"):
        tagging.place_category(mo, work, step=1)
    assert everything() == before
    assert Event.objects.values_list("verb", "data__path").get() == ("category.placed", "work")
