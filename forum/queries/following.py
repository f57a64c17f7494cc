"""What a member follows: the buttons, the page of it, and the questions it comes to."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404

from forum.choices import Followable, TagChangeKind
from forum.limits import QUESTIONS_A_PAGE
from forum.models import Category, Follow, Person, Post, Question, Tag, TagChange
from forum.permissions.following import Followed
from forum.queries.paging import Page, Place, Tab, get_page, with_query

_COLUMNS = {Followable.QUESTION: "question", Followable.TOPIC: "category", Followable.TAG: "tag"}
_LONGEST_ID = 9
_GONE = {
    Followable.QUESTION: "This question is not here any more",
    Followable.TAG: "This tag is not in use any more",
}


@dataclass(frozen=True)
class Following:
    """What a member follows, by id; `categories` with everything below them."""

    questions: frozenset[int] = frozenset()
    categories: frozenset[int] = frozenset()
    tags: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.questions or self.categories or self.tags)


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
    """Return what `viewer` follows; one query, one more where topics and where merged tags are among it."""
    if not viewer.is_authenticated:
        return Following()
    columns = ("question_id", "category_id", "tag_id", "tag__removed_at")
    rows = list(Follow.objects.filter(member=viewer.pk).values_list(*columns))
    tags = {tag for _, _, tag, removed_at in rows if tag and removed_at is None}
    merged = {tag for _, _, tag, removed_at in rows if tag and removed_at is not None}
    return Following(
        questions=frozenset(question for question, *_ in rows if question),
        categories=_with_those_below({category for _, category, *_ in rows if category}),
        tags=frozenset(tags | _merged_into(merged)),
    )


def is_followed(kind: Followable, key: int, viewer: Person) -> bool:
    """Say whether `viewer` follows the thing; one query, none for a guest."""
    if not viewer.is_authenticated:
        return False
    return Follow.objects.filter(member=viewer.pk, **{_COLUMNS[kind]: key}).exists()


def get_followable_or_404(kind: Followable, key: int, *, viewer: Person) -> Followed:
    """Return what `viewer` may see or follows already, so that what went away since can leave their list."""
    mine = Follow.objects.filter(member=viewer.pk, **{_COLUMNS[kind]: key}).exists()
    found: Followed | None
    if kind == Followable.QUESTION:
        questions = Question.objects.all() if mine else Question.objects.visible_to(viewer)
        found = questions.filter(pk=key).first()
    elif kind == Followable.TOPIC:
        found = Category.objects.filter(pk=key).first()
    else:
        found = (Tag.objects.all() if mine else Tag.objects.standing()).filter(pk=key).first()
    if found is None:
        raise Http404("There is nothing here that could be followed.")
    return found


def get_follow_list(member: Person, *, show: str, place: Place, gone: str = "") -> FollowList:
    """Return one page of what `member` follows, the last first; three queries.

    `gone` (`tag-12`) names what they just stopped following: it stays on top, so that a slip is undone with one tap.
    """
    follows = Follow.objects.filter(member=member.pk)
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
    if thing is None or (isinstance(thing, Tag) and thing.removed_at is not None):
        return FollowRow(kind, key, _GONE[kind], "", "info", 0, is_followed)
    icon = thing.icon if isinstance(thing, Category) else "tag"
    return FollowRow(kind, key, thing.name, thing.get_absolute_url(), icon, thing.question_count, is_followed)


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


def _merged_into(ids: set[int]) -> set[int]:
    """Return what merged tags became part of."""
    if not ids:
        return set()
    merged = TagChange.objects.filter(tag__in=ids, kind=TagChangeKind.MERGED, lifted_at=None, target__removed_at=None)
    return set(merged.values_list("target_id", flat=True))
