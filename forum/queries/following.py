"""What a member follows: the buttons, the page of it, and the questions it comes to."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.http import Http404

from forum import permissions
from forum.choices import Followable
from forum.limits import QUESTIONS_A_PAGE
from forum.models import Category, Follow, Person, Post, Question, Tag, TaggedPost
from forum.models.posts import QuestionQuerySet
from forum.permissions.following import Followed
from forum.queries.paging import Page, Place, Tab, get_page, with_query

_COLUMNS = {Followable.QUESTION: "question", Followable.TOPIC: "category", Followable.TAG: "tag"}
_LONGEST_ID = 9
_FEW = 1_000
_GONE = "This question is not here any more"


@dataclass(frozen=True)
class Following:
    """What a member follows, by id; `categories` with everything below them; `size`: at most so many questions."""

    questions: frozenset[int] = frozenset()
    categories: frozenset[int] = frozenset()
    tags: frozenset[int] = frozenset()
    size: int = 0


@dataclass(frozen=True)
class FollowRow:
    """One thing somebody follows, as a line of the list; without a path it is not here any more."""

    kind: str
    id: int
    name: str
    path: str
    icon: str
    count: int
    is_followed: bool
    followed_at: datetime | None = None


@dataclass(frozen=True)
class FollowList:
    """One page of what a member follows, and the tabs of its kinds."""

    page: Page[FollowRow]
    tabs: tuple[Tab, ...]
    show: str


def following_of(viewer: Person) -> Following:
    """Return what `viewer` follows; one query, one more where topics are among it."""
    if not viewer.is_authenticated:
        return Following()
    columns = ("question_id", "category_id", "tag_id", "category__question_count", "tag__question_count")
    rows = list(_follows(viewer).values_list(*columns))
    return Following(
        questions=frozenset(question for question, *_ in rows if question),
        categories=_with_those_below({category for _, category, *_ in rows if category}),
        tags=frozenset(tag for _, _, tag, *_ in rows if tag),
        size=sum(1 if question else in_topic or tagged or 0 for question, _, _, in_topic, tagged in rows),
    )


def followed_among(questions: QuestionQuerySet, viewer: Person) -> QuestionQuerySet:
    """Return those of `questions` that `viewer` follows, with the topics and tags they follow; two or three queries.

    Few are looked up one by one, of many the next ones are soon met on the way through the list: so the database walks
    past some thousand rows at most, however many the site has.
    """
    followed = following_of(viewer)
    if followed.size > _FEW:
        return questions.about(categories=followed.categories, tags=followed.tags, questions=followed.questions)
    tagged = TaggedPost.objects.filter(tag__in=followed.tags).values_list("content_object_id", flat=True)
    placed = Question.objects.filter(category__in=followed.categories).values_list("pk", flat=True)
    return questions.filter(pk__in=followed.questions.union(tagged.union(placed)))


def is_followed(kind: Followable, key: int, viewer: Person) -> bool:
    """Say whether `viewer` follows the thing; one query, none for a guest."""
    if not viewer.is_authenticated:
        return False
    return Follow.objects.filter(member=viewer.pk, **{_COLUMNS[kind]: key}).exists()


def get_followable_or_404(kind: Followable, key: int, *, viewer: Person) -> Followed:
    """Return what `viewer` may see or follows already, so that what went away since can leave their list."""
    found: Followed | None
    if kind == Followable.QUESTION:
        # What no row can have finds nothing by its own key; asked of another table's column it fails.
        mine = Question.objects.filter(pk=key).exists() and is_followed(kind, key, viewer)
        questions = Question.objects.all() if mine else Question.objects.visible_to(viewer)
        found = questions.filter(pk=key).first()
    elif kind == Followable.TOPIC:
        found = Category.objects.filter(pk=key).first()
    else:
        found = Tag.objects.standing().filter(pk=key).first()
    if found is None:
        raise Http404("There is nothing here that could be followed.")
    return found


def get_follow_list(member: Person, *, show: str, place: Place, gone: str = "") -> FollowList:
    """Return one page of what `member` follows, the last first; three queries.

    `gone` (`tag-12`) names what they just stopped following: it stays on top, so that a slip is undone with one tap.
    """
    follows = _follows(member)
    kind = Followable(show) if show in Followable.values else None
    if kind:
        follows = follows.filter(**{f"{_COLUMNS[kind]}__isnull": False})
    page = get_page(follows, ("-pk",), QUESTIONS_A_PAGE, place, _address(kind))
    rows = Follow.objects.select_related("category", "tag").in_bulk(page.rows)
    ids = [row.question_id for row in rows.values() if row.question_id]
    questions = Post.objects.visible_to(member).in_bulk(ids)
    lines = [_row(rows[pk], questions) for pk in page.rows if pk in rows]
    tabs = (
        Tab("All", _address(None), kind is None),
        *(Tab(one.label, _address(one), one == kind) for one in Followable),
    )
    return FollowList(page.with_rows([*_gone(gone, member), *lines]), tabs, kind or "")


def row_of(kind: Followable, thing: Followed | None, key: int, *, is_followed: bool) -> FollowRow:
    """Return the line of one thing; `thing` is None where its reader may not see it any more."""
    if isinstance(thing, Post):
        return FollowRow(kind, key, thing.title, thing.get_absolute_url(), "chat", thing.answer_count, is_followed)
    if thing is None:
        return FollowRow(kind, key, _GONE, "", "info", 0, is_followed)
    icon = thing.icon if isinstance(thing, Category) else "tag"
    return FollowRow(kind, key, thing.name, thing.get_absolute_url(), icon, thing.question_count, is_followed)


def row_for(kind: Followable, thing: Followed, *, viewer: Person, is_followed: bool) -> FollowRow:
    """Return the line of one thing; what `viewer` may not read any more is not named."""
    is_hidden = isinstance(thing, Post) and not permissions.can_read(viewer, thing)
    return row_of(kind, None if is_hidden else thing, thing.pk, is_followed=is_followed)


def _follows(member: Person) -> QuerySet[Follow]:
    """Return what `member` follows, but for tags out of use; who followed a merged one follows its target as well."""
    return Follow.objects.filter(member=member.pk, tag__removed_at=None)


def _row(follow: Follow, questions: dict[int, Post]) -> FollowRow:
    for kind, column in _COLUMNS.items():
        key = getattr(follow, f"{column}_id")
        if key:
            thing = questions.get(key) if kind == Followable.QUESTION else getattr(follow, column)
            return row_of(kind, thing, key, is_followed=True)
    raise ValueError("Somebody follows nothing.")  # a constraint of the table forbids it


def _gone(named: str, member: Person) -> list[FollowRow]:
    kind, _, key = named.partition("-")
    if kind not in Followable.values or not key.isdecimal() or len(key) > _LONGEST_ID:
        return []
    try:
        thing = get_followable_or_404(Followable(kind), int(key), viewer=member)
    except Http404:
        return []
    if is_followed(Followable(kind), thing.pk, member):
        return []
    return [row_of(Followable(kind), thing, thing.pk, is_followed=False)]


def _address(kind: Followable | None) -> str:
    return with_query("/following/", show=kind or "")


def _with_those_below(ids: set[int]) -> frozenset[int]:
    if not ids:
        return frozenset()
    paths = dict(Category.objects.values_list("pk", "path"))
    tops = tuple(paths[key] for key in ids if key in paths)
    return frozenset(key for key, path in paths.items() if any(f"{path}/".startswith(f"{top}/") for top in tops))
