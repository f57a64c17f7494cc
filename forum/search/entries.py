"""What the index holds of each post: its own words, and for what stands below a question the words of its title."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet

from forum.models import Post, SearchEntry, TaggedPost
from forum.search.words import tokens

_AT_ONCE = 200
_WRITTEN = ("title", "tags", "body", "context", "has_image")
# Where a Markdown link leads is not what somebody wrote; bounded, so that no text takes long.
_TARGET = re.compile(r"\]\([^)\n]{0,500}\)")
_IMAGE = re.compile(r"!\[[^\]\n]{0,500}\]\(")


def write(posts: Iterable[Post]) -> None:
    """Put these posts into the index as they are now; load the question of each with it."""
    posts = list(posts)
    tags = _tags([post.pk for post in posts if post.is_question])
    SearchEntry.objects.bulk_create(
        [entry_of(post, tags.get(post.pk, ())) for post in posts],
        update_conflicts=True,
        unique_fields=["post"],
        update_fields=_WRITTEN,
    )


def write_tags(questions: QuerySet[Any]) -> None:
    """Put the tags of these questions into the index as they are now (a query of their ids), and nothing else."""
    rows = list(SearchEntry.objects.filter(pk__in=questions).only("pk", "tags").order_by("pk"))
    for start in range(0, len(rows), _AT_ONCE):
        some = rows[start : start + _AT_ONCE]
        names = _tags([entry.pk for entry in some])
        for entry in some:
            entry.tags = " ".join(tokens(" ".join(names.get(entry.pk, ()))))
        SearchEntry.objects.bulk_update(some, ["tags"])


def remove(post_ids: Iterable[int]) -> None:
    """Forget these posts."""
    SearchEntry.objects.filter(pk__in=list(post_ids)).delete()


def entry_of(post: Post, tag_names: Iterable[str]) -> SearchEntry:
    """Return what the index should hold of `post`."""
    return SearchEntry(
        post_id=post.pk,
        title=words_of_title(post),
        tags=" ".join(tokens(" ".join(tag_names))),
        body=" ".join(tokens(_TARGET.sub("] ", post.body))),
        context=words_of_title(post.question) if post.question else "",
        has_image=_IMAGE.search(post.body) is not None,
    )


def words_of_title(post: Post) -> str:
    """Return the title as the index holds it."""
    return " ".join(tokens(post.title))


def _tags(question_ids: Sequence[int]) -> dict[int, list[str]]:
    names: dict[int, list[str]] = {}
    if question_ids:
        rows = TaggedPost.objects.filter(content_object_id__in=question_ids).order_by("tag__name")
        for post_id, name in rows.values_list("content_object_id", "tag__name"):
            names.setdefault(post_id, []).append(name)
    return names
