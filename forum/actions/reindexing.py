"""Build the search index anew, and count the words that posts use."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone

from accounts.transactions import atomic_with_retry
from forum.choices import PostStatus
from forum.models import Post, SearchBuild, SearchEntry
from forum.models.posts import PostQuerySet
from forum.search import entries, spelling

BATCH = 1_000


@dataclass(frozen=True)
class Progress:
    """How many posts the index is made of, and how many of them were done before."""

    total: int
    done: int


def is_needed() -> bool:
    """Say whether a build was stopped half way, or posts are here and no index is."""
    is_open = SearchBuild.objects.filter(finished_at=None).exists()
    return is_open or (Post.objects.exists() and not SearchEntry.objects.exists())


def progress() -> Progress:
    """Return how far the build that `build_index` would go on with has come."""
    posts = Post.objects.filter(status=PostStatus.PUBLISHED)
    build = SearchBuild.objects.filter(finished_at=None).order_by("pk").last()
    done = posts.filter(pk__lte=build.last_post_id).count() if build else 0
    return Progress(posts.count(), done)


def build_index() -> Iterator[int]:
    """Index every published post anew, in small transactions; yield how many each time.

    Stopped and started again, it goes on where it was. People search and write meanwhile: what they write is indexed
    with it.
    """
    build = _open_build()
    while ids := _index_batch(build):
        yield len(ids)
    _finish(build)


def learn_words() -> int:
    """Count the words of posts that came since they were last counted, in small transactions; return how many posts."""
    learnt = 0
    while count := _learn_batch():
        learnt += count
    return learnt


@atomic_with_retry
def _learn_batch() -> int:
    build = SearchBuild.objects.select_for_update().order_by("pk").last()
    if build is None:
        build = SearchBuild.objects.create(finished_at=timezone.now())
    if build.finished_at is None:
        return 0  # whoever builds the index counts the words with it
    posts = list(_published_after(build.last_post_id)[:BATCH])
    spelling.learn(posts)
    if posts:
        SearchBuild.objects.filter(pk=build.pk).update(last_post_id=posts[-1].pk)
    return len(posts)


@atomic_with_retry
def _open_build() -> SearchBuild:
    build = SearchBuild.objects.filter(finished_at=None).order_by("pk").last()
    if build is None:
        spelling.begin_anew()
        build = SearchBuild.objects.create()
    return build


@atomic_with_retry
def _index_batch(build: SearchBuild) -> list[int]:
    """Index the posts that come next, forget those between that nobody may see, and remember how far we are.

    The posts are locked, so that nobody changes one between reading it and writing its entry.
    """
    posts = list(_published_after(build.last_post_id).select_for_update(of=("self",), no_key=True)[:BATCH])
    ids = [post.pk for post in posts]
    last = ids[-1] if len(ids) == BATCH else None
    # By its state, not by what was read above: a post that was written since has its entry.
    unseen = SearchEntry.objects.filter(pk__gt=build.last_post_id).exclude(post__status=PostStatus.PUBLISHED)
    (unseen.filter(pk__lt=last) if last else unseen).delete()
    entries.write(posts)
    spelling.learn(posts)
    if posts:
        build.last_post_id = ids[-1]
        build.save(update_fields=["last_post_id"])
    return ids


@atomic_with_retry
def _finish(build: SearchBuild) -> None:
    spelling.forget_unused()
    build.finished_at = timezone.now()
    build.save(update_fields=["finished_at"])
    SearchBuild.objects.filter(pk__lt=build.pk).delete()


def _published_after(post_id: int) -> PostQuerySet:
    posts = Post.objects.filter(status=PostStatus.PUBLISHED, pk__gt=post_id).select_related("question").order_by("pk")
    return posts.only("kind", "title", "body", "question__title")
