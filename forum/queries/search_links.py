"""The filters of a search as links: each adds an operator to what is typed, or takes it away again."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from forum.models import Person
from forum.queries.category_tree import CategoryLink, CategoryTree
from forum.queries.paging import with_query
from forum.queries.search_filters import find_topics, topic_path
from forum.search import Order
from forum.search.syntax import Filter, Search, Segment

PATH = "/search/"
_TOPICS_MOST = 14  # more are on a page of their own
_PERIODS = {"<1w": "Past week", "<1m": "Past month", "<1y": "Past year"}
_KINDS = {"question": "Questions", "answer": "Answers"}
_WISHES = {"advice": "Wants advice", "listening": "Wants listening", "information": "Wants information"}
_LABELS = {
    **{f"is:{kind}": label for kind, label in _KINDS.items()},
    **{f"intent:{wish}": label for wish, label in _WISHES.items()},
    **{f"created:{period}": label for period, label in _PERIODS.items()},
    "is:comment": "Comments",
    "is:accepted": "With a best answer",
    "-is:accepted": "No best answer",
    "is:unanswered": "No answer yet",
    "answers:0": "No answer yet",
    "-is:unanswered": "Answered",
    "is:closed": "Closed",
    "-is:closed": "Open",
    "is:mine": "Yours",
    "user:me": "Yours",
    "is:bookmarked": "Bookmarked",
    "is:followed": "Followed",
    "has:image": "With a picture",
    "has:note": "With a content note",
    "-has:note": "No content note",
}


@dataclass(frozen=True)
class FilterLink:
    """One choice of a filter; its address turns it on, or off again where several may be on."""

    label: str
    url: str
    is_on: bool
    is_nested: bool = False


@dataclass(frozen=True)
class FilterGroup:
    """Choices under one heading: one of them, or `is_many`."""

    title: str
    links: tuple[FilterLink, ...]
    is_many: bool = False
    more_url: str = ""


@dataclass(frozen=True)
class Chip:
    """An active filter in words, and the address of the search without it."""

    label: str
    url: str


def search_url(text: str, order: Order = Order.RELEVANCE, page: int = 1) -> str:
    """Return the address of a search."""
    sort = "" if order == Order.RELEVANCE else order.value
    return with_query(PATH, q=text, sort=sort, page=str(page) if page > 1 else "")


def get_chips(search: Search, order: Order, tree: CategoryTree) -> tuple[Chip, ...]:
    """Return the active filters of a search."""
    return tuple(
        Chip(
            " or ".join(_label(one, tree) for one in segment.filters),
            search_url(search.leaving(lambda other, segment=segment: other is segment).text, order),  # type: ignore[misc]
        )
        for segment in search.segments
        if segment.filters
    )


def get_filter_groups(search: Search, order: Order, tree: CategoryTree, viewer: Person) -> tuple[FilterGroup, ...]:
    """Return the filters that can be had with one tap."""
    links = _Links(search, order)
    groups = [
        FilterGroup("Show", links.one_of("Everything", {f"is:{kind}": label for kind, label in _KINDS.items()})),
        _topics(links, tree),
        FilterGroup(
            "Only with",
            (
                links.toggle("A best answer", "is:accepted"),
                links.toggle("No answer yet", "is:unanswered"),
                links.toggle("No content note", "-has:note"),
            ),
            is_many=True,
        ),
        FilterGroup("Asking for", links.one_of("Anything", {f"intent:{wish}": _WISHES[wish] for wish in _WISHES})),
        FilterGroup("Time", links.one_of("Any time", {f"created:{age}": _PERIODS[age] for age in _PERIODS})),
    ]
    if viewer.is_authenticated:
        own = (("What you wrote", "is:mine"), ("Bookmarked", "is:bookmarked"), ("Followed", "is:followed"))
        groups.append(FilterGroup("Yours", tuple(links.toggle(*one) for one in own), is_many=True))
    return tuple(groups)


class _Links:
    """Makes the links of one search."""

    def __init__(self, search: Search, order: Order) -> None:
        self.search = search
        self.order = order

    def one_of(self, nothing: str, choices: Mapping[str, str]) -> tuple[FilterLink, ...]:
        """Return a link for each choice, each in place of the others, and one for none of them."""
        is_any = _is_any_of(choices)
        chosen = [segment.typed for segment in self.search.segments if is_any(segment)]
        return (
            FilterLink(nothing, self._url(is_any), not chosen),
            *(FilterLink(label, self._url(is_any, typed), typed in chosen) for typed, label in choices.items()),
        )

    def toggle(self, label: str, typed: str) -> FilterLink:
        """Return a link that turns a filter on, or off where it is on."""
        is_it = _is_any_of((typed,))
        is_on = any(map(is_it, self.search.segments))
        return FilterLink(label, self._url(is_it, "" if is_on else typed), is_on)

    def topic(self, label: str, typed: str, *, is_on: bool, is_nested: bool = False) -> FilterLink:
        """Return a link to the same search in another topic, or in all of them."""
        return FilterLink(label, self._url(_is_topic, typed), is_on, is_nested)

    def _url(self, is_left: Callable[[Segment], bool], typed: str = "") -> str:
        return search_url(f"{self.search.leaving(is_left).text} {typed}".strip(), self.order)


def _topics(links: _Links, tree: CategoryTree) -> FilterGroup:
    chosen = frozenset(
        topic.id
        for group in links.search.filters
        for one in group
        if one.name == "category" and not one.is_without
        for topic in find_topics(tree, one.value)
    )
    found = [links.topic("Any topic", "", is_on=not chosen)]
    found += _topic_links(links, tree.roots, chosen)
    return FilterGroup(
        "Topic", tuple(found[:_TOPICS_MOST]), more_url="" if len(found) <= _TOPICS_MOST else "/categories/"
    )


def _topic_links(links: _Links, topics: Iterable[CategoryLink], chosen: frozenset[int]) -> list[FilterLink]:
    """Return the top topics, and those below the one that is chosen."""
    found = []
    for topic in topics:
        typed = f"category:{topic_path(topic)}"
        found.append(links.topic(topic.name, typed, is_on=topic.id in chosen))
        if not chosen.isdisjoint(topic.own_and_below):
            found += [
                links.topic(child.name, f"category:{topic_path(child)}", is_on=child.id in chosen, is_nested=True)
                for child in topic.children
            ]
    return found


def _is_any_of(choices: Iterable[str]) -> Callable[[Segment], bool]:
    typed = frozenset(choices)
    return lambda segment: segment.typed in typed


def _is_topic(segment: Segment) -> bool:
    return any(one.name == "category" and not one.is_without for one in segment.filters)


def _label(one: Filter, tree: CategoryTree) -> str:
    typed = f"{one.name}:{one.meaning if isinstance(one.meaning, str) else one.value}"
    known = _LABELS.get(f"-{typed}" if one.is_without else typed)
    if known:
        return known
    if one.name == "category":
        topics = find_topics(tree, one.value)
        said = topics[0].name if topics else typed
    else:
        said = {"tag": f"#{one.value.lstrip('#')}", "user": f"By {one.value}"}.get(one.name) or _LABELS.get(
            typed, typed
        )
    return f"Not: {said}" if one.is_without else said
