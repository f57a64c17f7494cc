"""The index of tags, and the tags that complete what somebody types."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, QuerySet, When
from rapidfuzz.distance import JaroWinkler

from forum.choices import TagSort
from forum.limits import TAG_LENGTH, TAGS_A_PAGE
from forum.models import Guest, Person, Tag, TagSynonym
from forum.plaintext import clean_line
from forum.queries.paging import Page, Place, Tab, get_page, with_query
from forum.queries.question_rows import TagLink, tag_link
from forum.queries.tag_rules import required_names

_COMPLETIONS = 8
_NEAR_MOST = 4
_NEAR_SHORTEST = 3  # letters: of two, everything is near everything
_NEAR_ENOUGH = 0.86  # "truts" and "trust" are 0.95, "grieving" and "grief" 0.86, "work" and "worry" 0.85
_COMPARED = 2_000  # of the most used tags: a few milliseconds
_ORDERS = {
    TagSort.POPULAR: ("-question_count", "name", "pk"),
    TagSort.NAME: ("name", "pk"),
    TagSort.NEW: ("-pk",),
}


@dataclass(frozen=True)
class TagCard:
    """One tag of the index; `also` is the other name by which a search found it."""

    id: int
    link: TagLink
    excerpt: str
    question_count: int
    also: str = ""


@dataclass(frozen=True)
class TagList:
    """One page of the index of tags."""

    page: Page[TagCard]
    tabs: tuple[Tab, ...]
    search: str
    url: str


@dataclass(frozen=True)
class Completion:
    """A tag that begins or goes on as typed, or has another name (`also`) that does; or one that is only near it."""

    name: str
    count: int
    also: str = ""
    is_near: bool = False


def get_tag_list(sort_name: str, search: str, place: Place, viewer: Person | None = None) -> TagList:
    """Return a page of the tags in use of which a name holds `search`; an unknown order is by use.

    Those in use are what `viewer` may know of; nobody is a guest.
    """
    sort = TagSort(sort_name) if sort_name in TagSort.values else TagSort.POPULAR
    search = clean_line(search[: 4 * TAG_LENGTH])[:TAG_LENGTH]
    words = tag_words(search)
    tags = Tag.objects.visible_to(viewer or Guest()).filter(question_count__gt=0)
    if words:
        others = TagSynonym.objects.approved().filter(name__contains=words)
        tags = tags.filter(Q(name__contains=words) | Q(pk__in=others.values("tag")))
    url = _address(sort, search)
    page = get_page(tags, _ORDERS[sort], TAGS_A_PAGE, place, url)
    found = tags.in_bulk(list(page.rows)) if page.rows else {}
    also = _other_names([pk for pk, tag in found.items() if words not in tag.name], words) if words else {}
    cards = [
        TagCard(tag.pk, tag_link(tag.name, tag.slug), tag.excerpt, tag.question_count, also.get(tag.pk, ""))
        for tag in (found[key] for key in page.rows if key in found)
    ]
    tabs = tuple(Tab(str(other.label), _address(other, search), other == sort) for other in TagSort)
    return TagList(page.with_rows(cards), tabs, search, url)


def get_completions(typed: str, viewer: Person, *, category_id: int | None = None) -> list[Completion]:
    """Return the tags of which a name begins with what was typed, then those that hold it, the most used first.

    Before all others come those that the topic requires. Reserved ones are offered to moderators alone. Where none
    fits, the names that are spelled nearly so are offered, or of which one word is.
    """
    words = tag_words(typed)
    if not words:
        return []
    tags = Tag.objects.visible_to(viewer)
    if not viewer.is_moderator:
        tags = tags.filter(is_reserved=False)
    others = TagSynonym.objects.approved()
    required = required_names(category_id) if category_id else ()
    first = Case(When(name__in=required, then=0), default=1, output_field=IntegerField())
    tags = tags.order_by(first, "-question_count", "name", "pk") if required else tags.most_used_first()
    begins = Q(name__startswith=words) | Q(pk__in=others.filter(name__startswith=words).values("tag"))
    found = list(tags.filter(begins)[:_COMPLETIONS])
    if len(found) < _COMPLETIONS:
        holds = Q(name__contains=words) | Q(pk__in=others.filter(name__contains=words).values("tag"))
        found += tags.filter(holds).exclude(begins)[: _COMPLETIONS - len(found)]
    if not found:
        return _near(words, tags)
    found.sort(key=lambda tag: tag.name not in required)
    also = _other_names([tag.pk for tag in found if words not in tag.name], words)
    return [Completion(tag.name, tag.question_count, also.get(tag.pk, "")) for tag in found]


def _near(words: str, tags: QuerySet[Tag]) -> list[Completion]:
    if len(words) < _NEAR_SHORTEST:
        return []
    counts = dict(tags.values_list("name", "question_count")[:_COMPARED])
    likeness = {name: max(JaroWinkler.similarity(words, part) for part in (name, *name.split("-"))) for name in counts}
    near = [name for name in counts if likeness[name] >= _NEAR_ENOUGH]
    nearest = sorted(near, key=lambda name: -likeness[name])[:_NEAR_MOST]
    return [Completion(name, counts[name], is_near=True) for name in nearest]


def tag_words(text: str) -> str:
    """Return `text` as tags are written: lower case, hyphens for spaces."""
    return "-".join(text.replace("\x00", "").lower().split())[:TAG_LENGTH]


def _other_names(tag_ids: Sequence[int], words: str) -> dict[int, str]:
    """Return for each tag the other name of it that was found: one that begins so, else one that holds it."""
    if not tag_ids:
        return {}
    names = TagSynonym.objects.approved().filter(tag__in=tag_ids, name__contains=words).values_list("tag", "name")
    return dict(sorted(names, key=lambda row: (row[1].startswith(words), row[1])))


def _address(sort: TagSort, search: str) -> str:
    return with_query("/tags/", q=search, sort="" if sort == TagSort.POPULAR else sort.value)
