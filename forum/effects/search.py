"""Keep the search index true to the posts."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from forum import search
from forum.choices import PostStatus
from forum.models import Post, SearchEntry
from forum.search import entries

_AT_ONCE = 500


def refresh(post: Post) -> None:
    """Index the post's text as it is now, or forget it when others cannot see it.

    What stands below a question is found by its title too, and follows when that changes.
    """
    if not post.is_published:
        search.remove(post.pk)
    elif post.is_question and _has_another_title(post):
        refresh_questions([post.pk])
    else:
        search.index(post)


def refresh_questions(question_ids: Iterable[int]) -> None:
    """Index these questions anew with everything below them that others can see."""
    ids = list(question_ids)
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        threads = Post.objects.filter(Q(pk__in=some) | Q(question__in=some), status=PostStatus.PUBLISHED)
        entries.write(threads.select_related("question").order_by("pk"))


def refresh_tags(questions: QuerySet[Any]) -> None:
    """Index the tags of these questions anew (a query of their ids), and nothing else of them: it may be thousands."""
    entries.write_tags(questions)


def _has_another_title(question: Post) -> bool:
    """Say whether something below the question is indexed under another title than it has now."""
    below = SearchEntry.objects.filter(post__question=question.pk)
    return below.exclude(context=entries.words_of_title(question)).exists()
