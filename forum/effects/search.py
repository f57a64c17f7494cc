"""Keep the search index true to the posts."""

from collections.abc import Iterable

from django.db.models import Q

from forum import search
from forum.choices import PostStatus
from forum.models import Post
from forum.search import entries

_AT_ONCE = 500


def refresh(post: Post) -> None:
    """Index the post's text as it is now, or forget it when others cannot see it."""
    if post.is_published:
        search.index(post)
    else:
        search.remove(post.pk)


def refresh_question(question: Post) -> None:
    """Index a question whose title or tags changed, and what stands below it: answers are found by its title too."""
    refresh_questions([question.pk])


def refresh_questions(question_ids: Iterable[int]) -> None:
    """Index these questions anew with everything below them that others can see."""
    ids = list(question_ids)
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        threads = Post.objects.filter(Q(pk__in=some) | Q(question__in=some), status=PostStatus.PUBLISHED)
        entries.write(threads.select_related("question").order_by("pk"))
