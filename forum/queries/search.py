"""What a search finds: one row for each question, by its best passage, with the words that were found marked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from forum.limits import QUESTIONS_A_PAGE
from forum.models import Person, Post
from forum.queries.care import care_words
from forum.queries.category_tree import get_category_tree
from forum.queries.paging import Tab
from forum.queries.passages import Marks, beginning_of, best_passage, is_found, mark_words, marks_of
from forum.queries.question_rows import QuestionRow, load_rows, note_names
from forum.queries.search_filters import filter_posts
from forum.queries.search_finding import UNCHANGED, Change, find
from forum.queries.search_links import Chip, FilterGroup, get_chips, get_filter_groups, search_url
from forum.search import Found, Match, Order, rank_posts
from forum.search.syntax import Hint, Search, read

_MANY = 300  # posts: from here on there may be more that nobody looked at
_ORDERS = {Order.RELEVANCE: "Closest", Order.NEWEST: "Newest", Order.VOTES: "Most voted"}
_PLACES = {"answer": "In an answer", "comment": "In a comment"}


@dataclass(frozen=True)
class FoundRow:
    """One question that was found. `place` says where the words stand, when not in the question itself."""

    question: QuestionRow
    place: str
    path: str


@dataclass(frozen=True)
class HintLine:
    """What was not understood, and the address of what was probably meant."""

    sentence: str
    instead: str = ""
    url: str = ""


@dataclass(frozen=True)
class SearchPage:
    """One page of what a search found; `words` is what was typed but operators, `is_empty` says nothing was."""

    query: str
    is_empty: bool
    words: str = ""
    order: Order = Order.RELEVANCE
    rows: tuple[FoundRow, ...] = ()
    total: int = 0
    is_many: bool = False
    has_words: bool = False
    change: Change = UNCHANGED
    hints: tuple[HintLine, ...] = ()
    chips: tuple[Chip, ...] = ()
    groups: tuple[FilterGroup, ...] = ()
    tabs: tuple[Tab, ...] = ()
    unfiltered_url: str = ""
    needs_sign_in: bool = False
    calls_for_care: bool = False
    previous_url: str = ""
    next_url: str = ""

    @property
    def feed(self) -> str:
        """The address of the feed of what everybody finds, without its ending; empty where there is none."""
        return "" if self.is_empty or self.needs_sign_in else f"/feed/search/{quote(self.query)}"


@dataclass(frozen=True)
class FoundPosts:
    """What a feed of a search holds; `hints` say what was not understood, `is_empty` that nothing was asked for."""

    query: str
    post_ids: tuple[int, ...] = ()
    hints: tuple[str, ...] = ()
    is_empty: bool = False
    needs_sign_in: bool = False


def read_order(text: str) -> Order:
    """Return the order called `text`; the closest first when there is none."""
    return Order(text) if text in list(Order) else Order.RELEVANCE


def get_search_page(viewer: Person, text: str, *, order: Order = Order.RELEVANCE, page: int = 1) -> SearchPage:
    """Return a page of the questions closest to `text` that `viewer` may read; beyond the last page the last.

    A fixed number of queries for the same operators; a few more when all the words together find nothing.
    """
    search = read(text)
    query = search.typed
    if not search.segments:
        return SearchPage(query, is_empty=True, order=order, hints=_hint_lines(search.hints, search, order))
    tree = get_category_tree()
    filtered = filter_posts(search, viewer, tree)
    careful = care_words(query)
    result = find(search, filtered, order, viewer, careful=careful)
    pages = max(1, -(-len(result.found) // QUESTIONS_A_PAGE))
    page = min(max(page, 1), pages)
    has_words = bool(result.match.all_of)
    order = Order.NEWEST if order == Order.RELEVANCE and not has_words else order
    return SearchPage(
        query=query,
        is_empty=False,
        words=_words(search).text,
        order=order,
        rows=_rows(result.found[(page - 1) * QUESTIONS_A_PAGE : page * QUESTIONS_A_PAGE], result.match, viewer),
        total=len(result.found),
        is_many=sum(1 + found.others for found in result.found) >= _MANY,
        has_words=has_words,
        change=result.change,
        hints=_hint_lines((*search.hints, *filtered.hints), search, order),
        chips=get_chips(search, order, tree),
        groups=get_filter_groups(search, order, tree, viewer),
        tabs=_tabs(search, order, has_words=has_words),
        unfiltered_url=_unfiltered_url(search, order),
        needs_sign_in=filtered.needs_sign_in,
        calls_for_care=bool(careful),
        previous_url=search_url(query, order, page - 1) if page > 1 else "",
        next_url=search_url(query, order, page + 1) if page < pages else "",
    )


def find_newest(viewer: Person, text: str) -> FoundPosts:
    """Return the newest posts that a search finds: those with all the words, or none."""
    search = read(text)
    if not search.segments:
        return FoundPosts(search.typed, hints=tuple(hint.sentence for hint in search.hints), is_empty=True)
    filtered = filter_posts(search, viewer, get_category_tree())
    result = find(search, filtered, Order.NEWEST, viewer, rank_posts, careful=care_words(search.typed))
    return FoundPosts(
        query=search.typed,
        post_ids=() if result.change.is_partial else tuple(found.post_id for found in result.found),
        hints=tuple(hint.sentence for hint in (*search.hints, *filtered.hints)),
        needs_sign_in=filtered.needs_sign_in,
    )


def _rows(found: Sequence[Found], match: Match, viewer: Person) -> tuple[FoundRow, ...]:
    """Load what a page shows of these, with four queries, or five when an answer or a comment is among them."""
    if not found:
        return ()
    columns = ("kind", "question", "body", "is_being_checked")
    posts = Post.objects.only(*columns).in_bulk([one.post_id for one in found])
    questions = {row.id: row for row in load_rows([one.question_id for one in found], viewer)}
    noted = note_names([pk for pk, post in posts.items() if not post.is_question])  # rows have those of questions
    marks = marks_of(match.terms)
    rows = []
    for one in found:
        post, question = posts.get(one.post_id), questions.get(one.question_id)
        if post is not None and question is not None:
            is_folded = bool(question.notes or noted.get(post.pk) or post.is_being_checked)
            rows.append(_row(post, question, marks, is_folded=is_folded))
    return tuple(rows)


def _row(post: Post, question: QuestionRow, marks: Marks, *, is_folded: bool) -> FoundRow:
    """Tell a find; a text under a content note stays folded here as everywhere."""
    passage = "" if is_folded else best_passage(post.body, marks)
    if not passage and not is_folded:
        passage = question.excerpt if post.is_question else beginning_of(post.body)
    marked = replace(
        question,
        tags=tuple(replace(tag, is_found=is_found(tag.name, marks)) for tag in question.tags),
        excerpt="" if is_folded else question.excerpt,
        title_words=mark_words(question.title, marks),
        excerpt_words=mark_words(passage, marks),
    )
    return FoundRow(marked, _PLACES.get(post.kind, ""), question.path + ("" if post.is_question else f"#{post.anchor}"))


def _hint_lines(hints: Sequence[Hint], search: Search, order: Order) -> tuple[HintLine, ...]:
    return tuple(_hint_line(hint, search, order) for hint in hints)


def _hint_line(hint: Hint, search: Search, order: Order) -> HintLine:
    if not hint.instead:
        return HintLine(hint.sentence)
    # What was dropped is not in the search any more; what was kept is, as words.
    kept = f"{search.text} {hint.instead}".strip()
    better = search.typed.replace(hint.typed, hint.instead, 1) if hint.typed in search.typed else kept
    return HintLine(hint.sentence, hint.instead, search_url(better, order))


def _tabs(search: Search, order: Order, *, has_words: bool) -> tuple[Tab, ...]:
    orders = [one for one in _ORDERS if has_words or one != Order.RELEVANCE]
    return tuple(Tab(_ORDERS[one], search_url(search.typed, one), one == order) for one in orders)


def _unfiltered_url(search: Search, order: Order) -> str:
    """Return the address of the words alone; empty where there is nothing but words, or nothing but filters."""
    words = _words(search)
    return search_url(words.text, order) if search.filters and words.segments else ""


def _words(search: Search) -> Search:
    return search.leaving(lambda segment: bool(segment.filters))
