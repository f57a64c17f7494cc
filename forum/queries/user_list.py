"""The people of the site: by points, by when they came, by name."""

from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from accounts.names import name_key
from forum.bylines import Byline, member_byline
from forum.choices import PeopleSort
from forum.limits import PEOPLE_A_PAGE
from forum.models import Person
from forum.plaintext import clean_line
from forum.queries.paging import Page, Place, Tab, get_page, with_query

_SEARCH_LENGTH = 30
_ORDERS = {
    PeopleSort.POINTS: ("-public_points", "-pk"),
    PeopleSort.NEWEST: ("-pk",),
}


@dataclass(frozen=True)
class PersonRow:
    """One member of a list."""

    byline: Byline
    about: str
    joined_at: datetime


@dataclass(frozen=True)
class PeopleList:
    """One page of the list of members."""

    page: Page[PersonRow]
    tabs: tuple[Tab, ...]
    search: str
    url: str


def get_people_list(viewer: Person, sort_name: str, search: str, place: Place) -> PeopleList:
    """Return a page of the members whose name holds `search`; an unknown order is by points."""
    sort = PeopleSort(sort_name) if sort_name in PeopleSort.values else PeopleSort.POINTS
    search = clean_line(search[: 4 * _SEARCH_LENGTH])[:_SEARCH_LENGTH]
    members = User.objects.open().filter(is_active=True)
    if search:
        members = members.filter(name_key__contains=name_key(search))
    url = _address(sort, search)
    page = get_page(members, _ORDERS[sort], PEOPLE_A_PAGE, place, url)
    found = members.in_bulk(list(page.rows)) if page.rows else {}
    rows = [
        PersonRow(member_byline(member, viewer), member.about, member.date_joined)
        for member in (found[key] for key in page.rows if key in found)
    ]
    tabs = tuple(Tab(str(other.label), _address(other, search), other == sort) for other in PeopleSort)
    return PeopleList(page.with_rows(rows), tabs, search, url)


def _address(sort: PeopleSort, search: str) -> str:
    return with_query("/users/", q=search, sort="" if sort == PeopleSort.POINTS else sort.value)
