"""What a member wrote under their name: recent activity, their questions, their answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from accounts.models import User
from forum.choices import Audience, MemberPart, PostKind, PostStatus
from forum.limits import QUESTIONS_A_PAGE
from forum.models import Category, Person, Post
from forum.models.posts import PostQuerySet
from forum.queries.paging import Page, Place, get_page
from forum.queries.visibility import visibility_of

_ORDER = ("-created_at", "-pk")
_PUBLIC = (
    Q(status=PostStatus.PUBLISHED)
    & (Q(question=None) | Q(question__status=PostStatus.PUBLISHED))
    & (Q(parent=None) | Q(parent__status=PostStatus.PUBLISHED))
)


@dataclass(frozen=True)
class ActivityRow:
    """One post of a member, told in a line. `is_best` is an answer that was chosen."""

    id: int
    kind: PostKind
    verb: str
    icon: str
    tone: str
    title: str
    path: str
    created_at: datetime
    score: int
    answer_count: int
    is_best: bool
    is_unlisted: bool


@dataclass(frozen=True)
class PostCounts:
    """How much a member has written that `viewer` may see."""

    answers: int
    best_answers: int
    questions: int


def public_posts(member: User, viewer: Person) -> PostQuerySet:
    """Return what stands on the member's public lists: published, and never anything written anonymously.

    Others see what the member lets them: nothing from sensitive topics unless the member says so, or nothing at all.
    """
    posts: PostQuerySet = Post.objects.by(member).listed().visible_to(viewer).filter(_PUBLIC)
    visible = visibility_of(member, viewer)
    if not visible.shows(MemberPart.POSTS):
        return posts.none()
    if visible.shows_sensitive:
        return posts
    sensitive = Category.objects.sensitive().values("pk")
    return posts.exclude(Q(category__in=sensitive) | Q(question__category__in=sensitive))


def own_anonymous_posts(member: User, viewer: Person) -> PostQuerySet:
    """Return what `member` wrote without their name, to themself alone, and to no moderator."""
    posts: PostQuerySet = Post.objects.by(member).visible_to(viewer).filter(is_anonymous=True)
    if not viewer.is_authenticated or viewer.pk != member.pk:
        return posts.none()
    return posts.filter(Q(kind=PostKind.QUESTION) | _PUBLIC)


def get_own_anonymous(member: User, viewer: Person, place: Place, url: str) -> Page[ActivityRow]:
    """Return a page of what `member` wrote without their name, newest first."""
    page = get_page(own_anonymous_posts(member, viewer), _ORDER, QUESTIONS_A_PAGE, place, url)
    return page.with_rows(activity_rows(page.rows))


def count_posts(member: User, viewer: Person) -> PostCounts:
    """Return how many questions and answers are on the member's public lists."""
    counts = public_posts(member, viewer).aggregate(
        answers=Count("pk", filter=Q(kind=PostKind.ANSWER)),
        best_answers=Count("pk", filter=Q(kind=PostKind.ANSWER, accepted_for__isnull=False)),
        questions=Count("pk", filter=Q(kind=PostKind.QUESTION)),
    )
    return PostCounts(**counts)


def get_activity(
    member: User, viewer: Person, place: Place, url: str, kind: PostKind | None = None
) -> Page[ActivityRow]:
    """Return a page of the member's public posts, all of them or of one kind, newest first."""
    posts = public_posts(member, viewer)
    if kind is not None:
        posts = posts.filter(kind=kind)
    page = get_page(posts, _ORDER, QUESTIONS_A_PAGE, place, url)
    return page.with_rows(activity_rows(page.rows))


def activity_rows(ids: Sequence[int]) -> tuple[ActivityRow, ...]:
    """Return these posts as lines, in that order, with one query (none for none)."""
    if not ids:
        return ()
    posts = (
        Post.objects.filter(pk__in=ids)
        .select_related("question")
        .only(
            *("kind", "title", "slug", "created_at", "score", "answer_count"),
            *("question__kind", "question__title", "question__slug", "question__accepted_answer"),
            *("audience", "question__audience"),
        )
        .in_bulk()
    )
    return tuple(_row(posts[key]) for key in ids if key in posts)


def _row(post: Post) -> ActivityRow:
    question = post.question or post
    is_best = post.question is not None and post.question.accepted_answer_id == post.pk
    verb, icon, tone = {
        PostKind.QUESTION: ("Asked", "book", "honey"),
        PostKind.ANSWER: ("Answered", "check-c" if is_best else "chat", "leaf" if is_best else "brand"),
        PostKind.COMMENT: ("Commented on", "quote", "fill"),
    }[PostKind(post.kind)]
    return ActivityRow(
        id=post.pk,
        kind=PostKind(post.kind),
        verb=verb,
        icon=icon,
        tone=tone,
        title=question.title,
        path=question.get_absolute_url() + ("" if post.is_question else f"#{post.anchor}"),
        created_at=post.created_at,
        score=post.score,
        answer_count=post.answer_count if post.is_question else 0,
        is_best=is_best,
        is_unlisted=question.audience == Audience.UNLISTED,
    )
