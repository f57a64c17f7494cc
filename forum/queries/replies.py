"""The comment that another answers."""

from dataclasses import dataclass
from typing import Any

from forum.bylines import Byline, byline
from forum.choices import PostKind
from forum.models import Person, Post

_DIGITS = 18  # of a row's number


@dataclass(frozen=True)
class Replied:
    """A comment and who wrote it, as the viewer sees them."""

    post: Post
    byline: Byline


def get_replied(number: Any, *, viewer: Person) -> Replied | None:
    """Return the comment of this number that `viewer` may read; None for nonsense, which asks no query."""
    text = str(number or "")
    if not (text.isascii() and text.isdecimal() and len(text) <= _DIGITS):
        return None
    comments = Post.objects.visible_to(viewer).filter(kind=PostKind.COMMENT).select_related("author", "guest")
    post = comments.filter(pk=int(text)).first()
    return Replied(post, byline(post, viewer)) if post is not None else None
