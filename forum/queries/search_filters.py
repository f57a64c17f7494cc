"""What the operators of a search mean: which posts they leave, for whom."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import Any
from urllib.parse import unquote

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from accounts.names import name_key
from forum.choices import PostKind
from forum.models import Bookmark, Person, Post, SearchEntry, Tag, TaggedPost, TagSynonym
from forum.models.posts import PostQuerySet, own_posts
from forum.queries.category_tree import CategoryLink, CategoryTree
from forum.queries.following import following_of
from forum.search.operators import Age, Days, Range, Value
from forum.search.syntax import Filter, Hint, Search

_OWN = frozenset({"mine", "bookmarked", "followed"})
_KINDS = frozenset(PostKind.values)
_HOURS_MOST = 100 * 365 * 24  # before that there was no site, and soon no calendar
# What is asked of the very post, and not of the question it stands below.
_OF_POSTS = frozenset({*_KINDS, "user", "score", "created", "after", "before", "has", "mine", "bookmarked"})
_NOTHING = Q(pk__in=())


@dataclass(frozen=True)
class Filtered:
    """Posts that may be found; `words` are values of operators that name nothing here, and are looked for as words.

    `kinds` are those that can be found by filters alone: what is said of questions finds questions.
    """

    posts: PostQuerySet
    hints: tuple[Hint, ...]
    words: tuple[str, ...]
    is_narrow: bool
    kinds: tuple[str, ...]
    needs_sign_in: bool


def filter_posts(search: Search, viewer: Person, tree: CategoryTree) -> Filtered:
    """Return the posts that lists may show `viewer`, of nobody they blocked, and every operator of `search` allows.

    Asks once for the members that are named, twice for the tags, and as `following_of` does for what is followed.
    """
    meaning = _Meaning(search, viewer, tree)
    posts = Post.objects.listed_to(viewer).unblocked_by(viewer)
    hints: list[Hint] = []
    words: list[str] = []
    for group in search.filters:
        meant = [(one, meaning.of(one)) for one in group]
        known = [condition for _, condition in meant if condition is not None]
        strangers = [one for one, condition in meant if condition is None]
        hints += map(_stranger, strangers)
        if known:
            posts = posts.filter(reduce(or_, known))
        elif any(one.name == "user" and not one.is_without for one in strangers):
            posts = posts.filter(_NOTHING)
        else:
            words += [one.value for one in strangers if not one.is_without]
    filters = [one for group in search.filters for one in group]
    return Filtered(
        posts=posts,
        hints=tuple(hints),
        words=tuple(words),
        kinds=_kinds(filters),
        is_narrow=any(not one.is_without and one.meaning not in _KINDS for one in filters),
        needs_sign_in=not viewer.is_authenticated and any(map(_is_own, filters)),
    )


def _kinds(filters: Sequence[Filter]) -> tuple[str, ...]:
    """Return the kinds of posts that are asked for; questions alone unless something is asked of a post itself."""
    named = [str(one.meaning) for one in filters if one.meaning in _KINDS and not one.is_without]
    if named:
        return tuple(named)
    if any(one.name in _OF_POSTS or one.meaning in _OF_POSTS for one in filters):
        return tuple(PostKind.values)
    return (PostKind.QUESTION.value,)


def find_topics(tree: CategoryTree, text: str) -> tuple[CategoryLink, ...]:
    """Return the topics that are called `text`, or stand at this path."""
    wanted = text.strip("/").lower()
    return tuple(
        link
        for link in all_topics(tree.roots)
        if wanted in {topic_path(link).lower(), topic_path(link).rpartition("/")[2].lower(), link.name.lower()}
    )


def all_topics(links: Iterable[CategoryLink]) -> list[CategoryLink]:
    """Return these topics and everything below them."""
    return [found for link in links for found in (link, *all_topics(link.children))]


def topic_path(link: CategoryLink) -> str:
    """Return what stands after `category:` for this topic."""
    return unquote(link.path).removeprefix("/questions/").strip("/")


class _Meaning:
    """Says what each filter of one search means; names are looked up for all of them at once."""

    def __init__(self, search: Search, viewer: Person, tree: CategoryTree) -> None:
        filters = [one for group in search.filters for one in group]
        self.viewer = viewer
        self.tree = tree
        self.tags = _tags([one.value for one in filters if one.name == "tag"])
        self.members = _members([one.value for one in filters if one.name == "user" and not _is_own(one)])

    def of(self, one: Filter) -> Q | None:
        """Return the condition, or None for a tag, topic or member that is not here."""
        condition = self._named(one) if one.name in {"tag", "category", "user"} else self._plain(one.name, one.meaning)
        return ~condition if condition is not None and one.is_without else condition

    def _named(self, one: Filter) -> Q | None:
        if one.name == "user":
            if _is_own(one):
                return own_posts(self.viewer)
            member = self.members.get(name_key(one.value.lstrip("@")))
            # Who hid their name, or closed their account, is not found by it.
            return None if member is None else Q(author=member, is_anonymous=False)
        if one.name == "tag":
            tag = self.tags.get(_tag_name(one.value))
            return None if tag is None else _below(TaggedPost.objects.filter(tag=tag).values("content_object"))
        topics = find_topics(self.tree, one.value)
        return _in_topics([key for link in topics for key in link.own_and_below]) if topics else None

    def _plain(self, name: str, value: Value) -> Q:
        if isinstance(value, Range):
            if name == "score":
                return _between("score", value)
            return _of_thread("answer_count" if name == "answers" else "view_count", value)
        if isinstance(value, Age | Days):
            return _when(value)
        if name == "has":
            if value == "image":
                return Q(pk__in=SearchEntry.objects.filter(has_image=True).values("pk"))
            return _below(Post.notes.through.objects.values("post"))
        if name == "intent":
            return Q(question=None, intent=value) | Q(question__intent=value)
        return self._is(value)

    def _is(self, value: str) -> Q:
        if value in _KINDS:
            return Q(kind=value)
        if value == "mine":
            return own_posts(self.viewer)
        if value == "bookmarked":
            is_member = self.viewer.is_authenticated
            return Q(pk__in=Bookmark.objects.filter(member=self.viewer.pk).values("post")) if is_member else _NOTHING
        if value == "followed":
            return self._followed()
        if value == "closed":
            return Q(is_closed=True) | Q(question__is_closed=True)
        if value == "unanswered":
            return _of_thread("answer_count", Range(0, 0))
        return Q(accepted_answer__isnull=False) | Q(question__accepted_answer__isnull=False)

    def _followed(self) -> Q:
        following = following_of(self.viewer)
        if not following:
            return _NOTHING
        tagged = TaggedPost.objects.filter(tag__in=following.tags).values("content_object")
        named = Q(author__in=following.people, is_anonymous=False)
        return _below(following.questions) | _in_topics(following.categories) | _below(tagged) | named


def _tags(names: Sequence[str]) -> Mapping[str, int]:
    wanted = {_tag_name(name) for name in names}
    if not wanted:
        return {}
    others = TagSynonym.objects.approved().filter(name__in=wanted, tag__removed_at=None)
    found = dict(others.values_list("name", "tag_id"))
    return found | dict(Tag.objects.standing().filter(name__in=wanted).values_list("name", "pk"))


def _members(names: Sequence[str]) -> Mapping[str, int]:
    wanted = {name_key(name.lstrip("@")) for name in names}
    if not wanted:
        return {}
    return dict(User.objects.filter(name_key__in=wanted, closed_at=None).values_list("name_key", "pk"))


def _tag_name(text: str) -> str:
    return "-".join(text.lower().lstrip("#").split())


def _is_own(one: Filter) -> bool:
    return one.meaning in _OWN if one.name == "is" else one.name == "user" and one.value.lower() == "me"


def _below(question_ids: Any) -> Q:
    """Return the condition that a post is one of these, or stands below one of them."""
    return Q(pk__in=question_ids) | Q(question__in=question_ids)


def _in_topics(ids: Iterable[int]) -> Q:
    return Q(category__in=ids) | Q(question__category__in=ids)


def _of_thread(column: str, wanted: Range) -> Q:
    return Q(question=None) & _between(column, wanted) | _between(f"question__{column}", wanted)


def _between(column: str, wanted: Range) -> Q:
    condition = Q() if wanted.least is None else Q(**{f"{column}__gte": wanted.least})
    return condition if wanted.most is None else condition & Q(**{f"{column}__lte": wanted.most})


def _when(value: Age | Days) -> Q:
    if isinstance(value, Age):
        border = timezone.now() - timedelta(hours=min(value.hours, _HOURS_MOST))
        return Q(created_at__gt=border) if value.is_younger else Q(created_at__lte=border)
    condition = Q() if value.first is None else Q(created_at__gte=_midnight(value.first))
    return condition if value.end is None else condition & Q(created_at__lt=_midnight(value.end))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=timezone.get_current_timezone())


def _stranger(one: Filter) -> Hint:
    typed = f"{one.name}:{one.value}"
    if one.name == "user":
        return Hint(typed, f"Nobody here is called “{one.value}”.")
    kind = "tag" if one.name == "tag" else "topic"
    end = "" if one.is_without else " Its words were searched for instead."
    return Hint(typed, f"There is no {kind} “{one.value}”.{end}")
