"""What search engines may know of: every public page, in parts, with when something last happened there."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.conf import settings
from django.core.cache import cache
from django.db.models import F, Max, Q
from django.http import Http404
from django.utils.encoding import iri_to_uri

from forum.choices import Audience, PostStatus
from forum.effects.panels import SITEMAP_PART, sitemap_key
from forum.models import Category, Page, Question, Tag

"""Numbers a part spans, found by the key without counting; a sitemap may hold 50,000 addresses at most."""

_HOUR = 60 * 60
_LISTS = ("/", "/questions/", "/categories/", "/tags/", "/users/", "/privileges/", "/moderation/log/")


@dataclass(frozen=True)
class Address:
    """One page, and when something last happened there; the template of django.contrib.sitemaps names its fields."""

    path: str
    lastmod: datetime | None = None

    @property
    def location(self) -> str:
        """Where it is at the site's own address, whichever one it was asked at, in the letters of addresses."""
        return f"{settings.SITE_URL}{iri_to_uri(self.path)}"


@dataclass(frozen=True)
class PartLink:
    """One line of the index; the template of django.contrib.sitemaps names its fields."""

    location: str
    last_mod: datetime | None


def get_sitemap_index() -> list[PartLink]:
    """Return all parts of the sitemap; counted at most once an hour, as it reads every question."""
    parts: dict[str, datetime | None] | None = cache.get(sitemap_key("parts"))
    if parts is None:
        parts = _parts()
        cache.set(sitemap_key("parts"), parts, _HOUR)
    return [PartLink(f"{settings.SITE_URL}/sitemap-{name}.xml", at) for name, at in parts.items()]


def get_sitemap(name: str) -> list[Address]:
    """Return one part: `questions-3`, `tags-0`, `topics`, `pages`; 404 for any other, and for one without pages."""
    kind, _, number = name.partition("-")
    found: list[Address] = []
    if kind == "questions" and _is_number(number):
        found = _questions(int(number))  # never kept: what was hidden a moment ago is not in it
    elif kind == "tags" and _is_number(number):
        found = _kept(f"tags-{int(number)}", partial(_tags, int(number)))
    elif name == "topics":
        found = _kept(name, _topics)
    elif name == "pages":
        found = _pages()
    if not found:
        raise Http404("There is no such sitemap.")
    return found


def _parts() -> dict[str, datetime | None]:
    rows = Question.objects.indexed().annotate(part=F("pk") / SITEMAP_PART).order_by("part")
    questions = dict(rows.values_list("part").annotate(at=Max("last_activity_at")))
    numbers = sorted({tag // SITEMAP_PART for tag in Tag.objects.values_list("pk", flat=True)})
    tags = {part: _latest(_kept(f"tags-{part}", partial(_tags, part))) for part in numbers}
    newest = max(questions.values(), default=None)
    return {
        **{f"questions-{part}": at for part, at in questions.items()},
        **({"topics": newest} if newest else {}),
        **{f"tags-{part}": at for part, at in tags.items() if at},
        "pages": _latest(_pages()),
    }


def _questions(part: int) -> list[Address]:
    rows = (
        Question.objects.indexed().filter(pk__gte=part * SITEMAP_PART, pk__lt=(part + 1) * SITEMAP_PART).order_by("pk")
    )
    found = rows.values_list("pk", "slug", "last_activity_at")
    return [Address(f"/{pk}/{slug}/", at) for pk, slug, at in found]


def _tags(part: int) -> list[Address]:
    """Return the tags that a public question carries."""
    asked = Q(tagged__content_object__status=PostStatus.PUBLISHED) & Q(
        tagged__content_object__audience=Audience.EVERYONE
    )
    tags = Tag.objects.standing().filter(pk__gte=part * SITEMAP_PART, pk__lt=(part + 1) * SITEMAP_PART).order_by("pk")
    tags = tags.annotate(at=Max("tagged__content_object__last_activity_at", filter=asked)).exclude(at=None)
    return [Address(tag.get_absolute_url(), tag.at) for tag in tags]


def _topics() -> list[Address]:
    """Return the topics in which, or below which, a public question stands."""
    rows = Question.objects.indexed().order_by().values_list("category__path")
    newest: dict[str, datetime] = {}
    for path, at in rows.annotate(at=Max("last_activity_at")):
        steps = path.split("/")
        for above in ("/".join(steps[:end]) for end in range(1, len(steps) + 1)):
            newest[above] = max(at, newest.get(above, at))
    topics = Category.objects.filter(path__in=newest).order_by("path")
    return [Address(topic.get_absolute_url(), newest[topic.path]) for topic in topics]


def _pages() -> list[Address]:
    texts = Page.objects.order_by("position", "pk")
    return [*(Address(path) for path in _LISTS), *(Address(text.get_absolute_url(), text.updated_at) for text in texts)]


def _kept(name: str, load: Callable[[], list[Address]]) -> list[Address]:
    """Return what is the same for an hour: names of topics and tags, which their pages show to everybody."""
    found: list[Address] | None = cache.get(sitemap_key(name))
    if found is None:
        found = load()
        if found:  # invented names must not fill the cache, in which limits are counted
            cache.set(sitemap_key(name), found, _HOUR)
    return found


def _latest(addresses: Iterable[Address]) -> datetime | None:
    return max((one.lastmod for one in addresses if one.lastmod), default=None)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 12  # noqa: PLR2004  a part of the largest number an id can be
