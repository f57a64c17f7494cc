"""What a search finds: one row for each question, by its best passage, with the words that were found marked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from types import MappingProxyType
from typing import Protocol, TypeAlias
from urllib.parse import quote

from forum import plaintext
from forum.limits import QUESTIONS_A_PAGE
from forum.models import Person, Post
from forum.queries.care import care_words
from forum.queries.category_tree import get_category_tree
from forum.queries.paging import Tab
from forum.queries.passages import Marks, beginning_of, best_passage, is_found, mark_words, marks_of
from forum.queries.question_rows import QuestionRow, load_rows, note_names
from forum.queries.search_filters import Filtered, filter_posts
from forum.queries.search_links import Chip, FilterGroup, get_chips, get_filter_groups, search_url
from forum.search import Found, Match, Order, Term, find_posts, rank_posts
from forum.search.spelling import suggest
from forum.search.synonyms import synonyms_of
from forum.search.syntax import Hint, Said, Search, read, say
from forum.search.words import tokens

_MANY = 300  # posts: from here on there may be more that nobody looked at
_SPELT_MOST = 8
_RELAXED_MOST = 10  # words of which one may be missing
_AS_TYPED: Mapping[str, str] = MappingProxyType({})
_ORDERS = {Order.RELEVANCE: "Closest", Order.NEWEST: "Newest", Order.VOTES: "Most voted"}
_PLACES = {"answer": "In an answer", "comment": "In a comment"}


Terms: TypeAlias = tuple[Term, ...]
Groups: TypeAlias = tuple[Terms, ...]


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
class Change:
    """How the words that were searched for differ from those that were typed.

    `also` are other names of tags; `corrected` pairs of a word that no post has and the one meant; `is_partial` says
    that no post has all the words. `exact_url` searches for nothing but what was typed.
    """

    also: tuple[str, ...] = ()
    corrected: tuple[tuple[str, str], ...] = ()
    is_partial: bool = False
    exact_url: str = ""


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
    change: Change = Change()
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


_Look: TypeAlias = Callable[..., list[Found]]


class _Finder(Protocol):
    def __call__(self, all_of: Groups, phrases: Sequence[str] = ()) -> tuple[list[Found], Match]: ...


@dataclass(frozen=True)
class _Result:
    found: list[Found]
    match: Match
    change: Change = Change()


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
    result = _find(search, filtered, order, viewer, careful=careful)
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
    result = _find(search, filtered, Order.NEWEST, viewer, rank_posts, careful=care_words(search.typed))
    return FoundPosts(
        query=search.typed,
        post_ids=() if result.change.is_partial else tuple(found.post_id for found in result.found),
        hints=tuple(hint.sentence for hint in (*search.hints, *filtered.hints)),
        needs_sign_in=filtered.needs_sign_in,
    )


def _find(
    search: Search,
    filtered: Filtered,
    order: Order,
    viewer: Person,
    look: _Look = find_posts,
    *,
    careful: frozenset[str],
) -> _Result:
    """Find with all the words; else with what was probably meant; else with most of the words.

    Of words in `careful`, which may say that somebody is in danger, none is taken for another.
    """
    groups = (*search.groups, *((said,) for text in filtered.words for said in say(text)))
    widened = synonyms_of([said.text for group in groups for said in group if not said.is_exact], viewer)
    wanted = tuple(_terms(group, widened) for group in groups)
    without = tuple(_term(said) for said in search.without)

    def find(all_of: Groups, phrases: Sequence[str] = ()) -> tuple[list[Found], Match]:
        match = Match(all_of, without)
        return look(
            match, filtered.posts, order, phrases=phrases, is_filtered=filtered.is_narrow, by_kind=filtered.by_kind
        ), match

    found, match = find(wanted, search.phrases)
    also = tuple(dict.fromkeys(name.replace("-", " ") for names in widened.values() for name in names))
    exact_url = search_url(search.exactly(), order)
    if found or not wanted:
        return _Result(found, match, Change(also=also, exact_url=exact_url if also else ""))
    meant = suggest(_spelt(groups, careful), Post.objects.listed_to(viewer))
    if meant:
        wanted = tuple(_terms(group, widened, meant) for group in groups)
        found, match = find(wanted, search.phrases)
        if found:
            return _Result(found, match, Change(also, tuple(meant.items()), exact_url=exact_url))
    return _find_partly(find, wanted, Change(corrected=tuple(meant.items()), is_partial=True, exact_url=exact_url))


def _find_partly(find: _Finder, wanted: Groups, change: Change) -> _Result:
    """Find what has the words of a phrase apart, or all words but one, or else any of them."""
    words = _apart(wanted)
    weaker = [words]
    if len(words) <= _RELAXED_MOST:
        weaker.append(tuple((*one, *other) for one, other in combinations(words, 2)))
    if len(words) > 1:
        weaker.append((tuple(term for group in words for term in group),))
    for groups in filter(None, weaker):
        found, match = find(groups)
        if found:
            return _Result(found, match, change)
    return _Result([], Match(wanted))


def _apart(groups: Groups) -> Groups:
    apart: list[Terms] = []
    for group in groups:
        alone = group[0] if len(group) == 1 else None
        apart += [(Term((token,), alone.in_title),) for token in alone.tokens] if alone else [group]
    return tuple(dict.fromkeys(apart))


def _terms(group: Sequence[Said], widened: Mapping[str, Sequence[str]], meant: Mapping[str, str] = _AS_TYPED) -> Terms:
    """Return the terms that a group comes to: its own, corrected where need be, and other names of its tags."""
    terms = [_term(replace(said, tokens=_tokens(said, meant))) for said in group]
    for said in group:
        if not said.is_exact:
            terms += [Term(tuple(tokens(name)), said.in_title) for name in widened.get(said.text, ())]
    return tuple(dict.fromkeys(terms))


def _term(said: Said) -> Term:
    return Term(said.tokens, said.in_title)


def _tokens(said: Said, meant: Mapping[str, str]) -> tuple[str, ...]:
    if said.is_exact or meant.keys().isdisjoint(said.words):
        return said.tokens
    return tuple(token for word in said.words for token in tokens(meant.get(word, word)))


def _spelt(groups: Sequence[Sequence[Said]], careful: frozenset[str]) -> list[str]:
    words = (word for group in groups for said in group if not said.is_exact for word in said.words)
    return [word for word in dict.fromkeys(words) if careful.isdisjoint(plaintext.words(word))][:_SPELT_MOST]


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
