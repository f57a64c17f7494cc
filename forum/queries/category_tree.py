"""The tree of categories: the rail, the page of all topics, and where in it a list of questions stands."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import quote

from django.db.models import OuterRef, Subquery
from django.http import Http404

from forum.models import Category, CategoryAddress, Person, Question
from forum.models.categories import PATH_LENGTH

NO_SUCH_TOPIC = "There’s no topic at this address. It may have been renamed. The topics page lists all of them."


@dataclass(frozen=True)
class CategoryLink:
    """One topic with everything a list says of it; `children` are the topics just below it."""

    id: int
    name: str
    path: str
    icon: str
    question_count: int
    description: str = ""
    asking_level: str = ""
    is_sensitive: bool = False
    children: tuple["CategoryLink", ...] = ()

    def stands_at(self, path: str) -> bool:
        """Whether `/questions/PATH/` is its address, not one it had before."""
        return self.path == _address(path)

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
        """Return the topic that stands or stood at `/questions/PATH/`; raise `Http404` when there is none.

        One that stood there has another `path` now. Looking for it costs a query, only where none stands.
        """
        links = _all(self.roots)
        found = next((link for link in links if link.stands_at(path)), None)
        if found is None:
            moved = (
                CategoryAddress.objects.filter(path=path[:PATH_LENGTH]).values_list("category_id", flat=True).first()
            )
            found = next((link for link in links if link.id == moved), None)
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


@dataclass(frozen=True)
class TopicPanel:
    """A top topic on the page of all topics, and when somebody last asked in it or below it."""

    link: CategoryLink
    asked_at: datetime | None


def get_topic_panels(viewer: Person) -> tuple[TopicPanel, ...]:
    """Return the top topics with what stands below them; two queries, each topic's newest question by its index."""
    asked = Question.objects.listed_to(viewer).filter(category=OuterRef("pk")).newest_first().values("created_at")
    newest = dict(Category.objects.annotate(asked_at=Subquery(asked[:1])).values_list("pk", "asked_at"))
    return tuple(
        TopicPanel(root, max(filter(None, map(newest.get, root.own_and_below)), default=None))
        for root in get_category_tree().roots
    )


def get_category_tree() -> CategoryTree:
    """Return all topics, siblings as the owner placed them."""
    below: dict[int | None, list[Category]] = {}
    for category in Category.objects.in_tree_order():
        below.setdefault(category.parent_id, []).append(category)
    return CategoryTree(_links(below, None, None))


def _links(
    below: dict[int | None, list[Category]], parent_id: int | None, above: CategoryLink | None
) -> tuple[CategoryLink, ...]:
    links = []
    for category in below.get(parent_id, ()):
        link = CategoryLink(
            id=category.pk,
            name=category.name,
            path=category.get_absolute_url(),
            icon=category.icon,
            question_count=category.question_count,
            description=category.description,
            asking_level=category.level_to_ask or (above.asking_level if above else ""),
            is_sensitive=category.is_sensitive or bool(above and above.is_sensitive),
        )
        links.append(replace(link, children=_links(below, category.pk, link)))
    return tuple(links)


def _address(path: str) -> str:
    return f"/questions/{quote(path)}/"


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
