"""The list of members."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forum.limits import PEOPLE_A_PAGE
from forum.models import Guest
from forum.queries.paging import TOP, Place
from forum.queries.user_list import get_people_list
from tests.factories import make_member


def names(sort="", search=""):
    return [row.byline.name for row in get_people_list(Guest(), sort, search, TOP).page.rows]


@pytest.fixture
def people(db):
    make_member("Noor Haddad", points=300)
    make_member("Ólafur", points=900)
    make_member("wren", points=300)


@pytest.mark.parametrize(
    "sort, order",
    [
        ("", ["Ólafur", "wren", "Noor Haddad"]),
        ("points", ["Ólafur", "wren", "Noor Haddad"]),
        ("newest", ["wren", "Ólafur", "Noor Haddad"]),
        ("nonsense", ["Ólafur", "wren", "Noor Haddad"]),
    ],
)
def test_members_stand_in_the_order_asked_for(people, sort, order):
    assert names(sort) == order


@pytest.mark.parametrize(
    "search, found",
    [
        ("had", ["Noor Haddad"]),
        ("NOOR HAD", ["Noor Haddad"]),
        ("ólaf", ["Ólafur"]),
        ("zzz", []),
        ("\x00", ["Ólafur", "wren", "Noor Haddad"]),
    ],
)
def test_a_member_is_found_by_any_part_of_the_name(people, search, found):
    assert names(search=search) == found


def test_closed_and_switched_off_accounts_are_not_listed(people):
    make_member("gone", closed_at=timezone.now() - timedelta(days=1))
    make_member("off", is_active=False)

    assert names("newest") == ["wren", "Ólafur", "Noor Haddad"]


def test_members_with_equal_points_stand_on_one_page_each(db):
    members = [make_member() for _ in range(PEOPLE_A_PAGE + 2)]

    first = get_people_list(Guest(), "", "", TOP).page
    place = Place(older=first.older_url.rpartition("older=")[2].replace("%7E", "~"))
    second = get_people_list(Guest(), "", "", place).page

    listed = [row.byline.name for page in (first, second) for row in page.rows]
    assert listed == [member.username for member in reversed(members)]
