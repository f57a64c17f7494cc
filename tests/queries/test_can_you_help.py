"""Can you help? Which questions wait for whom, and in which order."""

import pytest

from forum.actions import answering, closing, following
from forum.choices import Audience
from forum.models import Guest, Post, Tag
from forum.queries.can_you_help import get_help_wanted
from tests.factories import make_answer, make_category, make_guest, make_member, make_note, make_question

pytestmark = pytest.mark.django_db
NOBODY = Guest()


def ids(viewer, intent=""):
    return [row.id for row in get_help_wanted(viewer, intent=intent).rows]


def test_newcomers_come_first_then_who_waits_longest_and_notes_come_last(bob, newt, guest, sleep):
    noted = make_question(newt, notes=[make_note().pk], days_ago=9)
    known_long = make_question(bob, days_ago=8)
    known = make_question(bob, days_ago=7)
    veiled = make_question(bob, is_anonymous=True, days_ago=3)
    new = make_question(newt, days_ago=2)
    without_account = make_question(guest, days_ago=1)

    assert ids(NOBODY) == [post.pk for post in (veiled, new, without_account, known_long, known, noted)]


def test_nothing_of_ones_own_closed_answered_checked_or_older_than_a_month(ann, bob, mo, guest, sleep):
    waits = make_question(bob, days_ago=29)
    make_question(bob, days_ago=31)
    make_answer(make_question(bob))
    closing.close_question(mo, make_question(bob), reason="resolved")
    Post.objects.filter(pk=make_question(bob).pk).update(is_being_checked=True)
    anns, guests = make_question(ann, days_ago=2, is_anonymous=True), make_question(guest, days_ago=1)
    members = make_question(bob, audience=Audience.MEMBERS, days_ago=20)

    assert ids(ann) == [guests.pk, waits.pk, members.pk]
    assert ids(guest) == [anns.pk, waits.pk]


def test_it_is_about_what_somebody_follows_and_has_answered(ann, bob, newt, sleep):
    family, work = make_category("Family"), make_category("Work")
    make_answer(make_question(ann, category=work, tags=["panic"]), bob, is_anonymous=True)
    make_question(ann, category=work, tags=["other"], days_ago=4)
    known = make_question(ann, category=work, tags=["panic"], days_ago=3)
    tagged = make_question(ann, category=work, tags=["rest"], days_ago=2)
    placed = make_question(ann, category=make_category("Siblings", parent=family), days_ago=1)
    for thing in (Tag.objects.get(name="rest"), family):
        following.follow(bob, thing)

    page = get_help_wanted(bob)

    assert [row.id for row in page.rows] == [known.pk, tagged.pk, placed.pk]
    assert ({tag.name for tag in page.tags}, page.is_theirs, page.has_places) == ({"panic", "rest"}, True, True)


def test_where_nothing_of_theirs_waits_anything_does(ann, bob, sleep):
    waits = make_question(ann, intent="listening")
    following.follow(bob, make_category("Family"))

    pages = [get_help_wanted(viewer, intent="listening") for viewer in (bob, NOBODY)]

    assert [([row.id for row in page.rows], page.is_theirs, page.has_places) for page in pages] == [
        ([waits.pk], False, True),
        ([waits.pk], False, False),
    ]
    assert (ids(bob, "advice"), ids(bob, "shouting")) == ([], [waits.pk])


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_the_same_however_many_wait(bob, sleep, count, django_assert_num_queries):
    following.follow(bob, sleep)
    answering.answer_question(bob, make_question(tags=["rest"]), body="A warm drink, and patience.")
    for _ in range(count):
        make_question(make_guest() if count == 1 else make_member(), tags=["rest"])

    with django_assert_num_queries(8):
        assert len(get_help_wanted(bob).rows) == count
