"""Learn from what moderators decide: the words of posts that were spam, and of those that were kept.

The row of no word at all counts the posts. A post is learned as it was first sent, which no later edit changes, so that
forgetting it again leaves nothing behind.
"""

from collections.abc import Iterable

from django.db.models import F

from forum import spam
from forum.models import LearnedWord, Post

_POSTS = ""


def learn(post: Post, *, is_spam: bool) -> None:
    """Learn that `post` was spam, or was kept; call it once for each decision that changed something."""
    words = _words(post)
    _lock()
    LearnedWord.objects.bulk_create([LearnedWord(word=word) for word in words], ignore_conflicts=True)
    column = _column(is_spam=is_spam)
    LearnedWord.objects.filter(word__in=words).update(**{column: F(column) + 1})


def unlearn(post: Post, *, is_spam: bool) -> None:
    """Forget what was learned of `post` when that was decided."""
    words = _words(post)
    _lock()
    column = _column(is_spam=is_spam)
    known = LearnedWord.objects.filter(word__in=words)
    known.filter(**{f"{column}__gt": 0}).update(**{column: F(column) - 1})
    known.filter(spam_count=0, kept_count=0).delete()


def learned(words: Iterable[str]) -> spam.Learned:
    """Return what is known of `words`, with one query."""
    rows = LearnedWord.objects.filter(word__in=[_POSTS, *words])
    counts = {row.word: (row.spam_count, row.kept_count) for row in rows}
    spam_posts, kept_posts = counts.pop(_POSTS, (0, 0))
    return spam.Learned(spam_posts, kept_posts, counts)


def _words(post: Post) -> list[str]:
    first = post.revisions.filter(number=1).first()
    title, body = (first.title, first.body) if first else (post.title, post.body)
    return [_POSTS, *spam.features(f"{title}\n{body}")]


def _column(*, is_spam: bool) -> str:
    return "spam_count" if is_spam else "kept_count"


def _lock() -> None:
    """Let one learn after the other: two that share words could else wait for each other for ever."""
    LearnedWord.objects.get_or_create(word=_POSTS)
    LearnedWord.objects.select_for_update().get(word=_POSTS)
