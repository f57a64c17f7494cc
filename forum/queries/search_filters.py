"""What the operators of a search mean: which posts they leave, for whom."""

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property, reduce
from operator import or_
from typing import Any
from urllib.parse import unquote

from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from accounts.names import name_key
from forum.choices import PostKind
from forum.models import Bookmark, Person, Post, SearchEntry, Tag, TaggedPost, TagSynonym
from forum.models.posts import PostQuerySet, found_by_name, own_posts
from forum.plaintext import tag_name
from forum.queries.category_tree import CategoryLink, CategoryTree
from forum.queries.following import Following, following_of
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

    `by_kind` are the same posts for each kind that is found by filters alone, empty where there are words too.
    """

    posts: PostQuerySet
    hints: tuple[Hint, ...]
    words: tuple[str, ...]
    is_narrow: bool
    by_kind: Mapping[str, PostQuerySet]
    needs_sign_in: bool


def filter_posts(search: Search, viewer: Person, tree: CategoryTree) -> Filtered:
    """Return the posts that lists may show `viewer`, of nobody they blocked, and every operator of `search` allows.

    Asks once for the members that are named, twice for the tags, and as `following_of` does for what is followed.
    """
    meaning = _Meaning(search, viewer, tree)
    posts = _posts(search, meaning)
    filters = [one for group in search.filters for one in group]
    strangers = [[one for one in group if meaning.of(one) is None] for group in search.filters]
    # Where nothing of a group is here, its values are looked for as words; nobody's posts are nobody's.
    asked = zip(search.filters, strangers, strict=True)
    unknown = [lost for group, lost in asked if lost == list(group) and not _names_nobody(lost)]
    kinds = () if search.groups else _kinds(filters)
    return Filtered(
        posts=posts,
        hints=tuple(_stranger(one) for lost in strangers for one in lost),
        words=tuple(one.value for lost in unknown for one in lost if not one.is_without),
        by_kind={kind: _posts(search, meaning.of_kind(kind)).filter(kind=kind) for kind in kinds},
        is_narrow=any(not one.is_without and one.meaning not in _KINDS for one in filters),
        needs_sign_in=not viewer.is_authenticated and any(map(_is_own, filters)),
    )


def _posts(search: Search, meaning: "_Meaning") -> PostQuerySet:
    posts = Post.objects.listed_to(meaning.viewer).unblocked_by(meaning.viewer)
    for group in search.filters:
        known = [condition for one in group if (condition := meaning.of(one)) is not None]
        if known:
            posts = posts.filter(reduce(or_, known))
        elif _names_nobody(group):
            posts = posts.filter(_NOTHING)
    return posts


def _names_nobody(strangers: Iterable[Filter]) -> bool:
    return any(one.name == "user" and not one.is_without for one in strangers)


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
    """Says what each filter of one search means; names are looked up for all of them at once.

    For posts of one kind it asks either the post or the question above it: an engine finds no index for both at once
    (`category:sleep is:accepted score:>5` among 480,000 posts: 350 ms on PostgreSQL, then 140).
    """

    def __init__(self, search: Search, viewer: Person, tree: CategoryTree) -> None:
        filters = [one for group in search.filters for one in group]
        self.viewer = viewer
        self.tree = tree
        self.kind = ""
        self.tags = _tags([one.value for one in filters if one.name == "tag"], viewer)
        self.members = _members([one.value for one in filters if one.name == "user" and not _is_own(one)])

    def of_kind(self, kind: str) -> "_Meaning":
        """Return what the filters mean for posts of this kind alone; nothing is looked up again."""
        meaning = copy(self)
        meaning.kind = kind
        return meaning

    def of(self, one: Filter) -> Q | None:
        """Return the condition, or None for a tag, topic or member that is not here."""
        condition = self._named(one) if one.name in {"tag", "category", "user"} else self._plain(one.name, one.meaning)
        return ~condition if condition is not None and one.is_without else condition

    def _named(self, one: Filter) -> Q | None:
        if one.name == "user":
            if _is_own(one):
                return own_posts(self.viewer)
            member = self.members.get(name_key(one.value.lstrip("@")))
            # Who hid their name, or closed their account, is not found by it, nor what they keep from their page.
            return None if member is None else _found_by_name(member, self.viewer)
        if one.name == "tag":
            tag = self.tags.get(tag_name(one.value))
            return None if tag is None else _below(TaggedPost.objects.filter(tag=tag).values("content_object"))
        topics = find_topics(self.tree, one.value)
        return self._thread(category__in=[key for link in topics for key in link.own_and_below]) if topics else None

    def _plain(self, name: str, value: Value) -> Q:
        if isinstance(value, Range):
            if name == "score":
                return Q(**_between("score", value))
            return self._thread(**_between("answer_count" if name == "answers" else "view_count", value))
        if isinstance(value, Age | Days):
            return _when(value)
        if name == "has":
            if value == "image":
                return Q(pk__in=SearchEntry.objects.filter(has_image=True).values("pk"))
            return _below(Post.notes.through.objects.values("post"))
        if name == "intent":
            return self._thread(intent=value)
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
            return self._thread(is_closed=True)
        if value == "unanswered":
            return self._thread(answer_count=0)
        return self._thread(accepted_answer__isnull=False)

    def _followed(self) -> Q:
        following = self._following
        if not following:
            return _NOTHING
        tagged = TaggedPost.objects.filter(tag__in=following.tags).values("content_object")
        named = found_by_name(following.people)
        in_topics = self._thread(category__in=following.categories)
        return _below(following.questions) | in_topics | _below(tagged) | named

    @cached_property
    def _following(self) -> Following:
        return following_of(self.viewer)

    def _thread(self, **asked: Any) -> Q:
        """Return the condition that this is so of the question that a post is, or stands below."""
        above = Q(**{f"question__{name}": value for name, value in asked.items()})
        if self.kind:
            return Q(**asked) if self.kind == PostKind.QUESTION else above
        return Q(question=None, **asked) | above


def _tags(names: Sequence[str], viewer: Person) -> Mapping[str, int]:
    wanted = {tag_name(name) for name in names}
    if not wanted:
        return {}
    others = TagSynonym.objects.approved().filter(name__in=wanted, tag__in=Tag.objects.visible_to(viewer))
    found = dict(others.values_list("name", "tag_id"))
    return found | dict(Tag.objects.visible_to(viewer).filter(name__in=wanted).values_list("name", "pk"))


def _members(names: Sequence[str]) -> Mapping[str, int]:
    wanted = {name_key(name.lstrip("@")) for name in names}
    if not wanted:
        return {}
    return dict(User.objects.filter(name_key__in=wanted, closed_at=None).values_list("name_key", "pk"))


def _found_by_name(member: int, viewer: Person) -> Q:
    """Return the condition that a post is found by the name of `member`, who finds all that stands under it."""
    is_own = viewer.is_authenticated and viewer.pk == member
    return Q(author=member, is_anonymous=False) if is_own else found_by_name([member])


def _is_own(one: Filter) -> bool:
    return one.meaning in _OWN if one.name == "is" else one.name == "user" and one.value.lower() == "me"


def _below(question_ids: Any) -> Q:
    """Return the condition that a post is one of these, or stands below one of them."""
    return Q(pk__in=question_ids) | Q(question__in=question_ids)


def _between(column: str, wanted: Range) -> dict[str, int]:
    ends = {f"{column}__gte": wanted.least, f"{column}__lte": wanted.most}
    return {name: end for name, end in ends.items() if end is not None}


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
        return Hint(typed, f"No one here is called “{one.value}”.")
    kind = "tag" if one.name == "tag" else "topic"
    end = "" if one.is_without else " We searched for its words instead."
    return Hint(typed, f"There is no {kind} “{one.value}”.{end}")
