"""The tree of categories: the rail, the page of all topics, and where in it a list of questions stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from django.http import Http404

from forum.models import Category

NO_SUCH_TOPIC = "There is no topic at this address. It may have been renamed. All topics are on the topics page."


@dataclass(frozen=True)
class CategoryLink:
    """One topic with everything a list says of it; `children` are the topics just below it."""

    id: int
    name: str
    path: str
    icon: str
    question_count: int
    description: str = ""
    guidance: str = ""
    children: tuple["CategoryLink", ...] = ()

    @property
    def own_and_below(self) -> tuple[int, ...]:
        """The ids of the topic and of everything below it."""
        return (self.id, *(key for child in self.children for key in child.own_and_below))


@dataclass(frozen=True)
class RailItem:
    """One line of the rail."""

    link: CategoryLink
    is_current: bool
    is_nested: bool


@dataclass(frozen=True)
class CategoryTree:
    """All topics of the site, loaded with one query."""

    roots: tuple[CategoryLink, ...]

    @property
    def question_count(self) -> int:
        """How many questions the site has."""
        return sum(root.question_count for root in self.roots)

    def rail(self, current: CategoryLink | None = None) -> tuple[RailItem, ...]:
        """Return the top topics, and below the one that `current` stands in the topics on the way and next to it."""
        way = {link.id for link in self.way_to(current)} if current else set()
        return tuple(self._rail(self.roots, way, current, is_nested=False))

    def way_to(self, wanted: CategoryLink) -> tuple[CategoryLink, ...]:
        """Return the topics from the top down to `wanted`, itself included."""
        return _way(self.roots, wanted.id)

    def find(self, path: str) -> CategoryLink:
        """Return the topic at `/questions/PATH/`; raise `Http404` when there is none."""
        address = f"/questions/{quote(path)}/"
        found = next((link for link in _all(self.roots) if link.path == address), None)
        if found is None:
            raise Http404(NO_SUCH_TOPIC)
        return found

    def _rail(
        self, links: Sequence[CategoryLink], way: set[int], current: CategoryLink | None, *, is_nested: bool
    ) -> list[RailItem]:
        items = []
        for link in links:
            items.append(RailItem(link, is_current=current is not None and link.id == current.id, is_nested=is_nested))
            if link.id in way:
                items += self._rail(link.children, way, current, is_nested=True)
        return items


def get_category_tree() -> CategoryTree:
    """Return all topics, siblings as the owner placed them."""
    below: dict[int | None, list[Category]] = {}
    for category in Category.objects.in_tree_order():
        below.setdefault(category.parent_id, []).append(category)
    return CategoryTree(_links(below, None))


def _links(below: dict[int | None, list[Category]], parent_id: int | None) -> tuple[CategoryLink, ...]:
    return tuple(
        CategoryLink(
            id=category.pk,
            name=category.name,
            path=category.get_absolute_url(),
            icon=category.icon,
            question_count=category.question_count,
            description=category.description,
            guidance=category.guidance,
            children=_links(below, category.pk),
        )
        for category in below.get(parent_id, ())
    )


def _all(links: Sequence[CategoryLink]) -> list[CategoryLink]:
    return [found for link in links for found in (link, *_all(link.children))]


def _way(links: Sequence[CategoryLink], wanted_id: int) -> tuple[CategoryLink, ...]:
    for link in links:
        if link.id == wanted_id:
            return (link,)
        below = _way(link.children, wanted_id)
        if below:
            return (link, *below)
    return ()
