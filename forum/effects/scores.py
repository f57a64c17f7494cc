"""Recount the cached columns of posts, topics and tags from their rows."""

from collections.abc import Iterable
from math import log10

from django.db.models import Count, Q

from forum.choices import Audience, Direction, PostKind, PostStatus, RemovalKind
from forum.effects import notifications, panels
from forum.models import Category, Post, Question, Removal, Tag, TaggedPost, Vote

_STRONGEST_FIRST = (
    RemovalKind.MERGED,
    RemovalKind.WITHDRAWN,
    RemovalKind.UNDONE,
    RemovalKind.DELETED,
    RemovalKind.HIDDEN,
    RemovalKind.WAITING,
    RemovalKind.CHANGED,
)
_LEADS_TO: dict[str, str] = {RemovalKind.CHANGED: PostStatus.WAITING, RemovalKind.UNDONE: PostStatus.DELETED}
_HOT_SECONDS = 45_000  # 12.5 hours count as much as ten times the votes


def recount_votes(post: Post) -> None:
    """Set the post's votes, score and warmth from its vote rows; lock the post first."""
    votes = Vote.objects.filter(post_id=post.pk).aggregate(
        up=Count("pk", filter=Q(direction=Direction.UP)),
        down=Count("pk", filter=Q(direction=Direction.DOWN)),
    )
    post.up_count, post.down_count = votes["up"], votes["down"]
    post.score = post.up_count - post.down_count
    post.hot = hotness(post)
    Post.objects.filter(pk=post.pk).update(
        up_count=post.up_count, down_count=post.down_count, score=post.score, hot=post.hot
    )


def recount_children(post: Post) -> None:
    """Set how many published answers and comments stand directly below the post; lock it first."""
    children = Post.objects.filter(parent_id=post.pk, status=PostStatus.PUBLISHED).aggregate(
        answers=Count("pk", filter=Q(kind=PostKind.ANSWER)),
        comments=Count("pk", filter=Q(kind=PostKind.COMMENT)),
    )
    post.answer_count, post.comment_count = children["answers"], children["comments"]
    post.hot = hotness(post)
    Post.objects.filter(pk=post.pk).update(
        answer_count=post.answer_count, comment_count=post.comment_count, hot=post.hot
    )


def recount_status(post: Post) -> None:
    """Set who can see the post from its open removals, the strongest first; what was told of it follows."""
    before = post.status
    post.status = strongest(set(Removal.objects.open().filter(post_id=post.pk).values_list("kind", flat=True)))
    Post.objects.filter(pk=post.pk).update(status=post.status)
    if post.status != before:
        notifications.review(post)


def recount_surroundings(post: Post) -> None:
    """Set what counts the post: its parent's children, or its tags' and its topic's questions.

    Tags before topics, as everywhere: two that lock them in different orders would wait for each other.
    """
    if post.parent is not None:
        recount_children(post.parent)
        return
    recount_tags(Tag.objects.filter(tagged__content_object_id=post.pk))
    if post.category is not None:
        recount_categories([post.category])


def recount_categories(categories: Iterable[Category]) -> None:
    """Set how many published questions stand in each category, and in each above it."""
    paths: set[str] = set()
    for category in categories:
        parts = category.path.split("/")
        paths.update("/".join(parts[:end]) for end in range(1, len(parts) + 1))
    for above in Category.objects.select_for_update(no_key=True).filter(path__in=paths).order_by("pk"):
        within = Category.objects.within(above)
        count = Question.objects.filter(status=PostStatus.PUBLISHED, category__in=within).count()
        Category.objects.filter(pk=above.pk).update(question_count=count)


def recount_tags(tags: Iterable[Tag]) -> None:
    """Set how many published questions carry each tag, and how many of them guests may read."""
    ids = sorted(tag.pk for tag in tags)
    for tag in Tag.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk"):
        published = TaggedPost.objects.filter(tag=tag, content_object__status=PostStatus.PUBLISHED)
        counts = published.aggregate(
            question_count=Count("pk"),
            public_count=Count("pk", filter=~Q(content_object__audience=Audience.MEMBERS)),
        )
        Tag.objects.filter(pk=tag.pk).update(**counts)
        if any(getattr(tag, column) and not count for column, count in counts.items()):
            panels.forget_tags(ids)


def strongest(kinds: set[str]) -> str:
    """Return the status that open removals of these kinds lead to."""
    kind = next((kind for kind in _STRONGEST_FIRST if kind in kinds), None)
    if kind is None:
        return PostStatus.PUBLISHED.value
    return _LEADS_TO.get(kind, kind.value)


def hotness(post: Post) -> float:
    """Return a question's place in the hot list: younger and better liked is higher.

    log10 of score and answers, plus age: the formula of Reddit's hot list (2010), with answers counting double. It
    decays without rewriting any row, because everything posted later simply starts higher.
    """
    liked = max(1, post.score + 2 * post.answer_count)
    return round(log10(liked) + post.created_at.timestamp() / _HOT_SECONDS, 7)
