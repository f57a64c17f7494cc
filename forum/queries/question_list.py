"""Lists of questions: home, a category, a tag, in seven orders."""

from dataclasses import dataclass

from forum.choices import Audience, Sort, Unanswered
from forum.limits import PINNED_MOST, QUESTIONS_A_PAGE
from forum.models import Person, Question, Tag
from forum.models.posts import QuestionQuerySet
from forum.queries.category_tree import CategoryLink
from forum.queries.list_filters import (
    NO_FILTERS,
    FilterPanel,
    ListFilters,
    apply_filters,
    apply_lack,
    get_filter_panel,
)
from forum.queries.muting import without_muted
from forum.queries.paging import TOP, Page, Place, Tab, get_page, with_query
from forum.queries.question_rows import QuestionRow, load_rows

# Orders whose list over the whole site has an address of its own, as on Question2Answer.
_ADDRESSES = {
    Sort.NEWEST: "/questions/",
    Sort.ACTIVE: "/activity/",
    Sort.UNANSWERED: "/unanswered/",
    Sort.HOT: "/hot/",
}
# The feed that brings a list to programs elsewhere; there is none by votes, as little in it would be new.
_FEEDS = {Sort.ACTIVE: "activity", Sort.UNANSWERED: "unanswered", Sort.HOT: "hot"}
# What other sites call their orders, and which of ours comes nearest.
_ELSEWHERE = {"featured": Sort.HOT, "recent": Sort.NEWEST}
ORDERS = {
    Sort.NEWEST: ("-created_at", "-pk"),
    Sort.ACTIVE: ("-last_activity_at", "-pk"),
    Sort.UNANSWERED: ("-created_at", "-pk"),
    Sort.VOTES: ("-score", "-pk"),
    Sort.ANSWERS: ("-answer_count", "-pk"),
    Sort.VIEWS: ("-view_count", "-pk"),
    Sort.HOT: ("-hot", "-pk"),
}


_NOTHING_LACKING: dict[str, str] = {
    Unanswered.ANSWER: "Every question here has an answer",
    Unanswered.SELECTED: "Every question here has a best answer",
    Unanswered.UPVOTES: "Every question here has an upvoted answer",
}


@dataclass(frozen=True)
class PinnedQuestion:
    """A question that a moderator pinned, as one line above the list."""

    title: str
    path: str
    answer_count: int
    is_unlisted: bool


@dataclass(frozen=True)
class QuestionList:
    """One page of a list of questions; `feed` is the address of its feed, without the ending."""

    page: Page[QuestionRow]
    pinned: tuple[PinnedQuestion, ...]
    sort: Sort
    tabs: tuple[Tab, ...]
    url: str
    filters: ListFilters
    panel: FilterPanel
    feed: str

    @property
    def shows_activity(self) -> bool:
        """Whether rows say when something last happened, not when they were asked."""
        return self.sort == Sort.ACTIVE

    @property
    def nothing_lacking(self) -> str:
        """What an empty list of the unanswered says."""
        return _NOTHING_LACKING[self.filters.by]

    @property
    def is_first_and_whole(self) -> bool:
        """Whether this is the one page of the list that search engines should know."""
        return not self.page.newer_url and not self.filters.are_set and not self.filters.by


def read_sort(text: str) -> Sort:
    """Return the order called `text`, by its name here or on other sites; the newest first where there is none."""
    return Sort(text) if text in Sort.values else _ELSEWHERE.get(text, Sort.NEWEST)


def get_question_list(
    viewer: Person,
    sort: Sort,
    *,
    category: CategoryLink | None = None,
    tag: Tag | None = None,
    place: Place = TOP,
    has_pinned: bool = False,
    filters: ListFilters = NO_FILTERS,
) -> QuestionList:
    """Return a page of questions of the whole site, of `category` and everything below it, or with `tag`.

    With `has_pinned` the first page of the newest names those that are pinned, which costs one query. What somebody
    follows costs one or two.
    """
    filters = filters.holding_for(viewer, sort)
    questions: QuestionQuerySet = Question.objects.listed_to(viewer)
    base = ""
    if category is not None:
        questions = questions.filter(category__in=category.own_and_below)
        base = category.path
    if tag is not None:
        questions = questions.tagged(tag)
        base = tag.get_absolute_url()
    if sort == Sort.UNANSWERED:
        questions = apply_lack(questions, filters.by)
    questions = apply_filters(without_muted(questions, viewer), filters, viewer)
    shows_pinned = has_pinned and sort == Sort.NEWEST and place == TOP
    pinned = _pinned(questions) if shows_pinned else ()
    url = _address(sort, base, filters)
    page = get_page(questions, ORDERS[sort], QUESTIONS_A_PAGE, place, url)
    return QuestionList(
        page=page.with_rows(load_rows(page.rows, viewer)),
        pinned=pinned,
        sort=sort,
        tabs=tuple(
            Tab(str(other.label), _address(other, base, filters.holding_for(viewer, other)), other == sort)
            for other in Sort
        ),
        url=url,
        filters=filters,
        panel=get_filter_panel(filters, viewer, sort, lambda other: _address(sort, base, other)),
        feed=_feed(sort, base),
    )


def _pinned(questions: QuestionQuerySet) -> tuple[PinnedQuestion, ...]:
    """Return the newest of those that are pinned; they stand in their own place of the list too."""
    rows = questions.filter(is_pinned=True).newest_first()
    found = rows.values_list("title", "pk", "slug", "answer_count", "audience")[:PINNED_MOST]
    return tuple(
        PinnedQuestion(title, f"/{pk}/{slug}/", answers, is_unlisted=audience == Audience.UNLISTED)
        for title, pk, slug, answers, audience in found
    )


def _address(sort: Sort, base: str, filters: ListFilters) -> str:
    if base:
        return with_query(base, sort="" if sort == Sort.NEWEST else sort.value, **filters.parameters)
    if sort in _ADDRESSES:
        return with_query(_ADDRESSES[sort], **filters.parameters)
    return with_query("/questions/", sort=sort.value, **filters.parameters)


def _feed(sort: Sort, base: str) -> str:
    if base.startswith("/tag/"):
        return f"/feed{base.removesuffix('/')}"
    return f"/feed/{_FEEDS.get(sort, 'questions')}/{base.removeprefix('/questions/')}".removesuffix("/")
