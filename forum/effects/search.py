"""Keep the search index true to the posts."""

from forum import search
from forum.models import Post


def refresh(post: Post) -> None:
    """Index the post's text as it is now, or forget it when others cannot see it."""
    if post.is_published:
        search.index(post)
    else:
        search.remove(post.pk)
