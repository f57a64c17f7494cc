"""What a member follows: the buttons, the page of it, and the questions it comes to."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404

from accounts.models import User
from forum import permissions
from forum.choices import Followable, FollowMode
from forum.limits import QUESTIONS_A_PAGE
from forum.models import Category, Follow, Person, Post, Preferences, Question, Tag, TaggedPost
from forum.models.posts import QuestionQuerySet
from forum.permissions.following import Followed
from forum.queries.paging import Page, Place, Tab, get_page, with_query

_COLUMNS = {
    Followable.QUESTION: "question",
    Followable.TOPIC: "category",
    Followable.TAG: "tag",
    Followable.MEMBER: "person",
}
_LONGEST_ID = 9
_FEW = 1_000
_MUTED = "muted"
_GONE = {Followable.QUESTION: "This question is no longer here", Followable.MEMBER: "This account is closed"}


@dataclass(frozen=True)
class Following:
    """What a member follows, by id, without what they muted and what they asked.

    `categories` are with everything below them; `size`: at most so many questions.
    """

    questions: frozenset[int] = frozenset()
    categories: frozenset[int] = frozenset()
    tags: frozenset[int] = frozenset()
    people: frozenset[int] = frozenset()
    size: int = 0


@dataclass(frozen=True)
class FollowRow:
    """One thing somebody follows or muted, as a line of the list; without a path it is not here any more."""

    kind: str
    id: int
    name: str
    path: str
    icon: str
    count: int
    mode: str


@dataclass(frozen=True)
class FollowList:
    """One page of what a member follows and muted, and the tabs of its kinds."""

    page: Page[FollowRow]
    tabs: tuple[Tab, ...]
    show: str


def following_of(viewer: Person) -> Following:
    """Return what `viewer` follows; one query, one more where topics are among it and one where people are.

    What they asked is not among it, as everybody follows their own: lists of it would show little else.
    """
    if not viewer.is_authenticated:
        return Following()
    columns = ("question_id", "category_id", "tag_id", "person_id", "category__question_count", "tag__question_count")
    follows = _follows(viewer).exclude(mode=FollowMode.MUTED).exclude(question__author=viewer.pk)
    rows = list(follows.values_list(*columns))
    people = frozenset(person for _, _, _, person, *_ in rows if person)
    size = sum(1 if question else in_topic or tagged or 0 for question, _, _, _, in_topic, tagged in rows)
    return Following(
        questions=frozenset(question for question, *_ in rows if question),
        categories=_with_those_below({category for _, category, *_ in rows if category}),
        tags=frozenset(tag for _, _, tag, *_ in rows if tag),
        people=people,
        size=size + (Question.objects.by_name_of(people).count() if people else 0),
    )


def followed_among(questions: QuestionQuerySet, viewer: Person) -> QuestionQuerySet:
    """Return those of `questions` that `viewer` follows, by themselves or with their topic, tags or author.

    Asks as `following_of` does, and once more. An author is one who asked under their name.

    Few are looked up one by one, of many the next ones are soon met on the way through the list: so the database walks
    past some thousand rows at most, however many the site has.
    """
    followed = following_of(viewer)
    if followed.size > _FEW:
        return questions.about(
            categories=followed.categories, tags=followed.tags, questions=followed.questions, people=followed.people
        )
    tagged = TaggedPost.objects.filter(tag__in=followed.tags).values_list("content_object_id", flat=True)
    placed = Question.objects.filter(category__in=followed.categories).values_list("pk", flat=True)
    found = followed.questions.union(tagged.union(placed))
    if followed.people:
        found = found.union(Question.objects.by_name_of(followed.people).values_list("pk", flat=True))
    return questions.filter(pk__in=found)


def mode_of(kind: Followable, key: int, viewer: Person) -> str:
    """Return how `viewer` hears of the thing, empty when they do not follow it; one query, none for a guest."""
    if not viewer.is_authenticated:
        return ""
    follows = Follow.objects.filter(member=viewer.pk, **{_COLUMNS[kind]: key})
    return follows.values_list("mode", flat=True).first() or ""


def tag_modes(viewer: Person) -> dict[int, str]:
    """Return how `viewer` hears of each tag they follow or muted; one query, none for a guest."""
    if not viewer.is_authenticated:
        return {}
    return dict(_follows(viewer).exclude(tag=None).values_list("tag_id", "mode"))


def get_followable_or_404(kind: Followable, key: int, *, viewer: Person) -> Followed:
    """Return what `viewer` may see or follows already, so that what went away since can leave their list."""
    found: Followed | None
    if kind == Followable.QUESTION:
        # What no row can have finds nothing by its own key; asked of another table's column it fails.
        mine = Question.objects.filter(pk=key).exists() and mode_of(kind, key, viewer)
        questions = Question.objects.all() if mine else Question.objects.visible_to(viewer)
        found = questions.filter(pk=key).first()
    elif kind == Followable.MEMBER:
        mine = User.objects.filter(pk=key).exists() and mode_of(kind, key, viewer)
        people = User.objects.all() if mine else User.objects.open().filter(is_active=True)
        found = people.filter(pk=key).first()
    elif kind == Followable.TOPIC:
        found = Category.objects.filter(pk=key).first()
    else:
        mine = Tag.objects.filter(pk=key).exists() and mode_of(kind, key, viewer)
        found = (Tag.objects.standing() if mine else Tag.objects.visible_to(viewer)).filter(pk=key).first()
    if found is None:
        raise Http404("There’s nothing to follow here.")
    return found


def get_follow_list(member: Person, *, show: str, place: Place, gone: str = "") -> FollowList:
    """Return one page of what `member` follows and muted, the last first; three queries.

    `show` is a kind or "muted". `gone` (`tag-12`) names what they just stopped following: it stays on top, so that a
    slip is undone with one tap.
    """
    follows = _follows(member)
    kind = Followable(show) if show in Followable.values else None
    shown = kind or (_MUTED if show == _MUTED else "")
    if kind:
        follows = follows.filter(**{f"{_COLUMNS[kind]}__isnull": False})
    elif shown:
        follows = follows.filter(mode=FollowMode.MUTED)
    page = get_page(follows, ("-pk",), QUESTIONS_A_PAGE, place, list_address(shown))
    rows = Follow.objects.select_related("category", "tag", "person").in_bulk(page.rows)
    ids = [row.question_id for row in rows.values() if row.question_id]
    questions = Post.objects.visible_to(member).in_bulk(ids)
    lines = [_row(rows[pk], questions) for pk in page.rows if pk in rows]
    labels = {"": "All", **dict(Followable.choices), _MUTED: "Muted"}
    tabs = tuple(Tab(str(label), list_address(each), each == shown) for each, label in labels.items())
    return FollowList(page.with_rows([*_gone(gone, member), *lines]), tabs, shown)


def get_muting(member: Person) -> tuple[str, bool]:
    """Return the words that `member` muted, one a line, and whether they leave lists too."""
    kept = Preferences.objects.filter(pk=member.pk).values_list("muted_words", "mutes_lists").first()
    return kept or ("", False)


def list_address(show: str, gone: str = "") -> str:
    """Return the address of the list, or of one of its tabs; `gone` names what has just left it."""
    is_known = show in Followable.values or show == _MUTED
    return with_query("/following/", show=show if is_known else "", gone=gone)


def row_for(kind: Followable, thing: Followed, *, viewer: Person, mode: str) -> FollowRow:
    """Return the line of one thing; what `viewer` may not read any more, and a closed account, is not named."""
    if isinstance(thing, Post) and not permissions.can_read(viewer, thing):
        return _row_of(kind, None, thing.pk, mode)
    return _row_of(kind, thing, thing.pk, mode)


def _row_of(kind: Followable, thing: Followed | None, key: int, mode: str) -> FollowRow:
    if isinstance(thing, Post):
        return FollowRow(kind, key, thing.title, thing.get_absolute_url(), "chat", thing.answer_count, mode)
    if isinstance(thing, User) and thing.is_active and thing.closed_at is None:
        return FollowRow(kind, key, thing.username, thing.get_absolute_url(), "user", 0, mode)
    if thing is None or isinstance(thing, User):
        return FollowRow(kind, key, _GONE[kind], "", "info", 0, mode)
    icon = thing.icon if isinstance(thing, Category) else "tag"
    return FollowRow(kind, key, thing.name, thing.get_absolute_url(), icon, thing.question_count, mode)


def _follows(member: Person) -> QuerySet[Follow]:
    """Return what `member` follows or muted, but for tags out of use; who followed a merged one follows its target."""
    return Follow.objects.filter(member=member.pk, tag__removed_at=None)


def _row(follow: Follow, questions: dict[int, Post]) -> FollowRow:
    for kind, column in _COLUMNS.items():
        key = getattr(follow, f"{column}_id")
        if key:
            thing = questions.get(key) if kind == Followable.QUESTION else getattr(follow, column)
            return _row_of(kind, thing, key, follow.mode)
    raise ValueError("A guest follows nothing.")  # a constraint of the table forbids it


def _gone(named: str, member: Person) -> list[FollowRow]:
    kind, _, key = named.partition("-")
    if kind not in Followable.values or not key.isdecimal() or len(key) > _LONGEST_ID:
        return []
    try:
        thing = get_followable_or_404(Followable(kind), int(key), viewer=member)
    except Http404:
        return []
    if mode_of(Followable(kind), thing.pk, member):
        return []
    return [_row_of(Followable(kind), thing, thing.pk, "")]


def _with_those_below(ids: set[int]) -> frozenset[int]:
    if not ids:
        return frozenset()
    paths = dict(Category.objects.values_list("pk", "path"))
    tops = tuple(paths[key] for key in ids if key in paths)
    return frozenset(key for key, path in paths.items() if any(f"{path}/".startswith(f"{top}/") for top in tops))
