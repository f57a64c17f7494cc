"""Which posts stand in which feed, and what tells whether anything changed there, with a query or two."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from typing import Any
from urllib.parse import quote

from django.db.models import Q
from django.http import Http404

from forum.bylines import member_byline
from forum.choices import Audience, PostKind, Sort
from forum.models import Guest, Merge, Post, Question
from forum.models.posts import PostQuerySet, QuestionQuerySet
from forum.queries.category_tree import CategoryLink, get_category_tree
from forum.queries.members import get_member_or_404
from forum.queries.paging import with_query
from forum.queries.question_list import ORDERS
from forum.queries.search import find_newest
from forum.queries.tag_page import get_tag_or_404
from forum.queries.user_posts import public_posts

NO_SUCH_FEED = "There’s no feed at this address. The help page about feeds lists all of them."
FEED_ITEMS = 30
_NOTHING_YET = "No post has all these words yet. New ones will appear in this feed."
_NOT_YOURS = "A feed is the same for everyone, so it can’t include what you wrote, bookmarked or follow."
_NO_WORDS = "This address has no words to search for."
_ACTIVE_QUESTIONS = 200  # of a topic: below these its newest answers and comments are looked for
_FEW_QUESTIONS = 500  # a topic with no more than these is small
_EVERYONE = Q(audience=Audience.EVERYONE) & (Q(question=None) | Q(question__audience=Audience.EVERYONE))
# Whatever a reader of the feed could see change; texts are told by their version, so that none needs to be loaded.
_TELLING = (
    *("pk", "created_at", "edited_at", "is_anonymous", "guest_name", "text_version", "markup_version"),
    *("is_being_checked", "has_notice", "category__name", "question__text_version", "question__category__name"),
)
_IS_ANONYMOUS = _TELLING.index("is_anonymous")
_OF_AUTHOR = ("author__username", "author__closed_at", "author__role")


@dataclass(frozen=True)
class FeedHead:
    """What a feed is called, and which posts stand in it, in which state.

    `path` is the page that shows the same, `address` the feed's own, without its ending, and `query` what follows it.
    """

    title: str
    path: str
    address: str
    description: str = ""
    query: str = ""
    states: tuple[tuple[Any, ...], ...] = ()

    @property
    def post_ids(self) -> tuple[int, ...]:
        """The posts, in the feed's order."""
        return tuple(state[0] for state in self.states)

    @property
    def version(self) -> str:
        """A mark that changes with anything in the feed; names of tags and notes count from the next change on."""
        return blake2b(repr(self).encode(), digest_size=12).hexdigest()

    @property
    def changed_at(self) -> datetime | None:
        """When a text was last written or edited; None in an empty feed."""
        return max((at for state in self.states for at in state[1:3] if at is not None), default=None)


@dataclass(frozen=True)
class _Listing:
    """A feed of the whole site or of a topic: questions in an order, or what stands below them."""

    title: str
    sort: Sort
    path: str
    kinds: tuple[PostKind, ...] = (PostKind.QUESTION,)


_LISTINGS = {
    "questions": _Listing("Newest questions", Sort.NEWEST, "/questions/"),
    "unanswered": _Listing("Questions that need a first answer", Sort.UNANSWERED, "/unanswered/"),
    "hot": _Listing("Hot questions", Sort.HOT, "/hot/"),
    "answers": _Listing("Newest answers", Sort.ACTIVE, "/activity/", (PostKind.ANSWER,)),
    "comments": _Listing("Newest comments", Sort.ACTIVE, "/activity/", (PostKind.COMMENT,)),
    "qa": _Listing("Newest questions and answers", Sort.ACTIVE, "/activity/", (PostKind.QUESTION, PostKind.ANSWER)),
    "activity": _Listing("Recent activity", Sort.ACTIVE, "/activity/", tuple(PostKind)),
}


def get_listing_feed(name: str) -> FeedHead:
    """Return a feed of the whole site; one query for each kind of post in it. 404 for unknown names."""
    listing = _listing(name)
    return FeedHead(listing.title, listing.path, f"/feed/{name}", states=_states_of(listing, None))


def get_topic_feed(name: str, path: str) -> FeedHead:
    """Return a feed of a topic and everything below it, also for an address where the topic stood before."""
    listing = _listing(name)
    topic = get_category_tree().find(path)
    return FeedHead(
        title=f"{listing.title} in {topic.name}",
        path=with_query(topic.path, sort="" if listing.sort == Sort.NEWEST else listing.sort.value),
        address=f"/feed/{name}/{topic.path.removeprefix('/questions/').removesuffix('/')}",
        description=topic.description,
        states=_states_of(listing, topic),
    )


def get_tag_feed(name: str) -> FeedHead:
    """Return the newest questions that carry a tag; two queries."""
    tag = get_tag_or_404(name)
    return FeedHead(
        title=f"Questions about {tag.name}",
        path=tag.get_absolute_url(),
        address=f"/feed/tag/{quote(tag.slug)}",
        description=tag.excerpt,
        states=_newest(_questions(None).tagged(tag)),
    )


def get_member_feed(name: str) -> FeedHead:
    """Return what a member wrote under their name; two queries."""
    member = get_member_or_404(name)
    posts = public_posts(member, Guest()).filter(_EVERYONE)
    return FeedHead(
        title=f"Posts by {member_byline(member, Guest()).name}",
        path=member.get_absolute_url(),
        address=f"/feed/user/{quote(member.username)}",
        description="Posts under this name. Anonymous posts are never included.",
        states=_newest(posts),
    )


def get_question_feed(question_id: int) -> FeedHead:
    """Return the newest answers and comments of a question; two queries. 404 when not everybody may find it."""
    question = _questions(None).filter(pk=question_id).first()
    if question is None:
        raise Http404(NO_SUCH_FEED)
    return FeedHead(
        title=f"Answers to: {question.title}",
        path=question.get_absolute_url(),
        address=f"/feed/question/{question.pk}",
        description="Answers and comments, newest first.",
        states=_newest(_public_posts().filter(question=question.pk)),
    )


def get_merged_feed(question_id: int) -> str:
    """Return the address, without its ending, of the feed of what a question became part of; empty without one."""
    merge = Merge.objects.filter(source__in=Post.objects.filter(pk=question_id), lifted_at=None).first()
    is_public = merge is not None and _questions(None).filter(pk=merge.target_id).exists()
    return f"/feed/question/{merge.target_id}" if merge is not None and is_public else ""


def get_search_feed(text: str, *, is_in_path: bool) -> FeedHead:
    """Return the newest posts that the search for `text` finds."""
    found = find_newest(Guest(), text)
    nothing = _NO_WORDS if found.is_empty else _NOT_YOURS if found.needs_sign_in else _NOTHING_YET
    return FeedHead(
        title=f"Search: {found.query}" if found.query else "Search",
        path=with_query("/search/", q=found.query),
        address=f"/feed/search/{quote(text)}" if is_in_path else "/feed/search",
        description=" ".join(found.hints) or ("Results, newest first." if found.post_ids else nothing),
        query="" if is_in_path else with_query("", q=text),
        states=_newest(_public_posts().filter(pk__in=found.post_ids)) if found.post_ids else (),
    )


def read_public(ids: Sequence[int]) -> PostQuerySet:
    """Return those of `ids` that may stand in a feed."""
    return _public_posts().filter(pk__in=ids)


def _listing(name: str) -> _Listing:
    if name not in _LISTINGS:
        raise Http404(NO_SUCH_FEED)
    return _LISTINGS[name]


def _states_of(listing: _Listing, topic: CategoryLink | None) -> tuple[tuple[Any, ...], ...]:
    if listing.kinds == (PostKind.QUESTION,):
        questions = _questions(topic)
        if listing.sort == Sort.UNANSWERED:
            questions = questions.unanswered()
        return _states(questions.order_by(*ORDERS[listing.sort]))
    sources: list[PostQuerySet] = [_questions(topic)] if PostKind.QUESTION in listing.kinds else []
    below = [kind for kind in listing.kinds if kind != PostKind.QUESTION]
    sources += [_below(below, topic)] if topic else [_public_posts().filter(kind=kind) for kind in below]
    # One walk along an index for each kind: no index holds all kinds in the order of time.
    found = [state for source in sources for state in _newest(source)]
    return tuple(sorted(found, key=lambda state: (state[1], state[0]), reverse=True)[:FEED_ITEMS])


def _below(kinds: Sequence[PostKind], topic: CategoryLink) -> PostQuerySet:
    """Return what stands below the questions of a topic that were last active, so that a small one costs little."""
    active = _questions(topic).order_by("-last_activity_at", "-pk").values("pk")[:_ACTIVE_QUESTIONS]
    # Chosen before anything is asked of them: SQLite would walk through all answers of the site instead.
    near = Post.objects.filter(question__in=active, kind__in=kinds).newest_first().values("pk")[: 4 * FEED_ITEMS]
    return _public_posts().filter(pk__in=near)


def _questions(topic: CategoryLink | None) -> QuestionQuerySet:
    questions: QuestionQuerySet = Question.objects.listed_to(Guest()).filter(audience=Audience.EVERYONE)
    if topic is None:
        return questions
    if topic.question_count > _FEW_QUESTIONS:
        return questions.filter(category__in=topic.own_and_below)
    # Chosen by the topic's own index first: in the order of a list one would walk through the whole site for them.
    return questions.filter(pk__in=Post.objects.filter(category__in=topic.own_and_below).values("pk"))


def _public_posts() -> PostQuerySet:
    """Return what a guest may read, and search engines find: a feed goes where nobody knows."""
    posts: PostQuerySet = Post.objects.visible_to(Guest()).filter(_EVERYONE)
    return posts


def _newest(posts: PostQuerySet) -> tuple[tuple[Any, ...], ...]:
    return _states(posts.newest_first())


def _states(posts: PostQuerySet) -> tuple[tuple[Any, ...], ...]:
    """Return the state of the first posts; nothing of the account behind an anonymous one, whose changes would tell."""
    rows = posts.values_list(*_TELLING, *_OF_AUTHOR)[:FEED_ITEMS]
    return tuple(row[: len(_TELLING)] if row[_IS_ANONYMOUS] else row for row in rows)
