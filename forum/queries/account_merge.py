"""What would go from one account to another, before anybody merges them."""

from dataclasses import dataclass

from accounts.models import User
from forum.bylines import Byline, member_byline
from forum.models import Bookmark, Person, Post, Vote


@dataclass(frozen=True)
class MergePreview:
    """Both accounts, and how much goes along; anonymous posts go too, and are not counted, lest a number tells."""

    source: Byline
    target: Byline
    posts: int
    saved: int
    points: int
    lost_votes: int


def get_merge_preview(source: User, target: User, viewer: Person) -> MergePreview:
    """Return what goes from `source` to `target`; three queries."""
    both = [source.pk, target.pk]
    own = Vote.objects.filter(voter__in=both, post__author__in=both, post__is_anonymous=False)
    return MergePreview(
        source=member_byline(source, viewer),
        target=member_byline(target, viewer),
        posts=Post.objects.listed().filter(author=source).count(),
        saved=Bookmark.objects.filter(member=source).count(),
        points=source.public_points,
        lost_votes=own.count(),
    )
