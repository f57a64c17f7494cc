"""The help pages: what the owner wrote, the help lines, and every number of points and limits."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from forum.limits import NUMBERS, Rules
from forum.models import Page, Person
from forum.queries.help_lines import HelpChoice, get_help_choice
from forum.queries.privileges import Privilege, privileges_of

NO_SUCH_PAGE = "There’s no help page at this address. The help page lists all of them."

_CRISIS_WORDS = "If you or someone near you is in danger now, call your country’s emergency number."


@dataclass(frozen=True)
class HelpPage:
    """One page of help; `body_html` was made by the markup module when it was saved."""

    title: str
    body_html: str
    path: str
    updated_at: datetime | None = None


@dataclass(frozen=True)
class HelpLink:
    """One page in the index."""

    title: str
    path: str


@dataclass(frozen=True)
class CrisisPage:
    """The owner's words, and the help lines, the reader's country first."""

    page: HelpPage
    lines: HelpChoice


@dataclass(frozen=True)
class NumberRow:
    """One number of the rules, with its reason."""

    label: str
    number: int
    reason: str


@dataclass(frozen=True)
class PointsPage:
    """The owner's words, and the tables behind every point."""

    page: HelpPage
    points: tuple[NumberRow, ...]
    privileges: tuple[Privilege, ...]
    limits: tuple[NumberRow, ...]
    tags: tuple[NumberRow, ...]
    safety: tuple[NumberRow, ...]
    example_points: int


def get_help_index() -> tuple[HelpPage, tuple[HelpLink, ...]]:
    """Return the first page of help, and the others in the owner's order."""
    pages = list(Page.objects.order_by("position", "title", "pk"))
    first = next((page for page in pages if page.slug == "help"), None)
    links = tuple(HelpLink(page.title, page.get_absolute_url()) for page in pages if page is not first)
    return _page(first, "Help", "/help/"), links


def get_help_page(slug: str) -> HelpPage:
    """Return the page at `/help/SLUG/`; raise `Http404` when the owner has none there."""
    page = Page.objects.filter(slug=slug).first()
    if page is None:
        raise Http404(NO_SUCH_PAGE)
    return _page(page, page.title, page.get_absolute_url())


def get_crisis_page(country: str = "", languages: str = "") -> CrisisPage:
    """Return the crisis page, which is there even when an owner deleted its words; as `get_help_choice`."""
    page = Page.objects.filter(slug="crisis").first()
    return CrisisPage(
        page=_page(page, "Crisis help", "/help/crisis/", f"<p>{_CRISIS_WORDS}</p>"),
        lines=get_help_choice(country, languages),
    )


def get_points_page(rules: Rules, viewer: Person) -> PointsPage:
    """Return what every act brings and opens, by the numbers in force now."""
    page = Page.objects.filter(slug="points").first()
    up, down = 12, int(rules.has_downvotes)
    example = min(rules.points_answer_up_most, rules.points_answer_up * up) - min(
        rules.points_answer_down_most, rules.points_answer_down * down
    )
    return PointsPage(
        page=_page(page, "Points and privileges", "/help/points/"),
        points=_numbers(rules, "Points"),
        privileges=privileges_of(rules, "Privileges", viewer),
        limits=_numbers(rules, "Limits"),
        tags=_numbers(rules, "Tags"),
        safety=_numbers(rules, "Safety"),
        example_points=example,
    )


def _page(page: Page | None, title: str, path: str, body_html: str = "") -> HelpPage:
    if page is None:
        return HelpPage(title, body_html, path)
    return HelpPage(page.title, page.body_html, path, page.updated_at)


def _numbers(rules: Rules, group: str) -> tuple[NumberRow, ...]:
    return tuple(
        NumberRow(rule.metadata["label"], getattr(rules, name), rule.metadata["reason"])
        for name, rule in NUMBERS.items()
        if rule.metadata["group"] == group and (rules.has_downvotes or "_down" not in name)
    )
