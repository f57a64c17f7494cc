"""Questions as lists show them: finished values, loaded for a whole page at once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from urllib.parse import quote

from django.db.models import OuterRef, Subquery

from forum.bylines import Byline, byline
from forum.choices import Audience, Intent
from forum.models import Person, Post, Question, ReadMark, TaggedPost

Value = TypeVar("Value")

_WISHES = {
    Intent.ADVICE: ("compass", "Wants advice"),
    Intent.LISTENING: ("ear", "Wants listening"),
    Intent.INFORMATION: ("book", "Wants information"),
}
_COLUMNS = (
    *("title", "slug", "kind", "excerpt", "created_at", "last_activity_at", "intent", "audience", "is_closed"),
    "is_being_checked",
    *("answer_count", "score", "view_count", "accepted_answer", "author", "guest", "guest_name", "is_anonymous"),
    *(
        "author__username",
        "author__picture",
        "author__reputation",
        "author__public_points",
        "author__closed_at",
        "author__role",
    ),
    *("category__name", "category__path"),
)


@dataclass(frozen=True)
class Wish:
    """What would help the person who asks, as a list says it."""

    icon: str
    label: str


@dataclass(frozen=True)
class TagLink:
    """A tag's name and the address of its questions; `is_found` where somebody searched for it."""

    name: str
    path: str
    is_found: bool = False


@dataclass(frozen=True)
class Words:
    """A piece of a text, and whether it is what somebody searched for."""

    text: str
    is_found: bool = False


@dataclass(frozen=True)
class QuestionRow:
    """One question of a list. `title_words` and `excerpt_words` are filled by a search only."""

    id: int
    path: str
    title: str
    excerpt: str
    byline: Byline
    created_at: datetime
    active_at: datetime
    category_name: str
    category_path: str
    answer_count: int
    has_accepted: bool
    is_closed: bool
    is_members_only: bool
    is_unlisted: bool
    score: int
    wish: Wish | None
    notes: tuple[str, ...]
    view_count: int
    tags: tuple[TagLink, ...]
    has_news: bool = False
    title_words: tuple[Words, ...] = ()
    excerpt_words: tuple[Words, ...] = ()


def load_rows(ids: Sequence[int], viewer: Person) -> tuple[QuestionRow, ...]:
    """Return the questions of `ids` that `viewer` may read, in that order, with three queries (none for none)."""
    if not ids:
        return ()
    visible = Question.objects.visible_to(viewer)  # who answered a question since hidden still finds the answer
    wanted = visible.filter(pk__in=ids).select_related("author", "category").only(*_COLUMNS)
    if viewer.is_authenticated:
        read = ReadMark.objects.filter(member=viewer.pk, question=OuterRef("pk"))
        wanted = wanted.annotate(seen_at=Subquery(read.values("seen_at")[:1]))
    questions = wanted.in_bulk()
    tags = read_tags(ids)
    notes = note_names(ids)
    return tuple(_row(questions[key], viewer, tags.get(key, ()), notes.get(key, ())) for key in ids if key in questions)


def note_names(post_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Return the names of the content notes on each of these posts; one query (none for none)."""
    if not post_ids:
        return {}
    rows = (
        Post.notes.through.objects.filter(post_id__in=post_ids)
        .order_by("contentnote__position", "contentnote__name")
        .values_list("post_id", "contentnote__name")
    )
    return _grouped(rows)


def tag_link(name: str, slug: str) -> TagLink:
    """Return a tag as a list shows it."""
    return TagLink(name, f"/tag/{quote(slug)}/")


def read_tags(ids: Iterable[int]) -> dict[int, tuple[TagLink, ...]]:
    """Return the tags of each of these questions."""
    rows = (
        TaggedPost.objects.filter(content_object_id__in=ids)
        .order_by("pk")
        .values_list("content_object_id", "tag__name", "tag__slug")
    )
    return _grouped((post_id, tag_link(name, slug)) for post_id, name, slug in rows)


def _grouped(pairs: Iterable[tuple[int, Value]]) -> dict[int, tuple[Value, ...]]:
    groups: dict[int, list[Value]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return {key: tuple(values) for key, values in groups.items()}


def _row(question: Post, viewer: Person, tags: tuple[TagLink, ...], notes: tuple[str, ...]) -> QuestionRow:
    wish = _WISHES.get(Intent(question.intent))
    seen_at = getattr(question, "seen_at", None)
    category = question.category
    return QuestionRow(
        id=question.pk,
        path=question.get_absolute_url(),
        title=question.title,
        excerpt="" if notes or question.is_being_checked else question.excerpt,
        byline=byline(question, viewer),
        created_at=question.created_at,
        active_at=question.last_activity_at,
        category_name=category.name if category else "",
        category_path=category.get_absolute_url() if category else "",
        answer_count=question.answer_count,
        has_accepted=question.accepted_answer_id is not None,
        is_closed=question.is_closed,
        is_members_only=question.audience == Audience.MEMBERS,
        is_unlisted=question.audience == Audience.UNLISTED,
        score=question.score,
        wish=Wish(*wish) if wish else None,
        notes=notes,
        view_count=question.view_count,
        tags=tags,
        has_news=seen_at is not None and question.last_activity_at > seen_at,
    )
