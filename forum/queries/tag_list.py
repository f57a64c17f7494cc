"""The index of tags, and the tags that complete what somebody types."""

from dataclasses import dataclass

from forum.choices import TagSort
from forum.limits import TAG_LENGTH, TAGS_A_PAGE
from forum.models import Tag
from forum.models.tags import TagQuerySet
from forum.plaintext import clean_line
from forum.queries.paging import Page, Place, Tab, get_page, with_query
from forum.queries.question_rows import TagLink, tag_link

_COMPLETIONS = 8
_ORDERS = {
    TagSort.POPULAR: ("-question_count", "name", "pk"),
    TagSort.NAME: ("name", "pk"),
    TagSort.NEW: ("-pk",),
}


@dataclass(frozen=True)
class TagCard:
    """One tag of the index."""

    link: TagLink
    excerpt: str
    question_count: int


@dataclass(frozen=True)
class TagList:
    """One page of the index of tags."""

    page: Page[TagCard]
    tabs: tuple[Tab, ...]
    search: str
    url: str


@dataclass(frozen=True)
class Completion:
    """A tag that begins or goes on as typed."""

    name: str
    count: int


def get_tag_list(sort_name: str, search: str, place: Place) -> TagList:
    """Return a page of the tags in use whose name holds `search`; an unknown order is by use."""
    sort = TagSort(sort_name) if sort_name in TagSort.values else TagSort.POPULAR
    search = clean_line(search[: 4 * TAG_LENGTH])[:TAG_LENGTH]
    words = tag_words(search)
    tags = Tag.objects.filter(question_count__gt=0)
    if words:
        tags = tags.filter(name__contains=words)
    url = _address(sort, search)
    page = get_page(tags, _ORDERS[sort], TAGS_A_PAGE, place, url)
    found = tags.in_bulk(list(page.rows)) if page.rows else {}
    cards = [
        TagCard(tag_link(tag.name, tag.slug), tag.excerpt, tag.question_count)
        for tag in (found[key] for key in page.rows if key in found)
    ]
    tabs = tuple(Tab(str(other.label), _address(other, search), other == sort) for other in TagSort)
    return TagList(page.with_rows(cards), tabs, search, url)


def get_completions(typed: str) -> list[Completion]:
    """Return the most used tags that begin with what was typed, then those that hold it."""
    words = tag_words(typed)
    if not words:
        return []
    beginning = list(_named(Tag.objects.filter(name__startswith=words), _COMPLETIONS))
    missing = _COMPLETIONS - len(beginning)
    if missing:
        beginning += _named(Tag.objects.filter(name__contains=words).exclude(name__startswith=words), missing)
    return [Completion(name, count) for name, count in beginning]


def tag_words(text: str) -> str:
    """Return `text` as tags are written: lower case, hyphens for spaces."""
    return "-".join(text.replace("\x00", "").lower().split())[:TAG_LENGTH]


def _named(tags: TagQuerySet, count: int) -> list[tuple[str, int]]:
    return list(tags.most_used_first().values_list("name", "question_count")[:count])


def _address(sort: TagSort, search: str) -> str:
    return with_query("/tags/", q=search, sort="" if sort == TagSort.POPULAR else sort.value)
