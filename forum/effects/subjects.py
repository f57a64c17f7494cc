"""Whether the subject of a post may be told in a mail, which others may see on a screen."""

from collections.abc import Iterable
from dataclasses import dataclass

from forum.models import Category, Post


@dataclass(frozen=True)
class Subjects:
    """Which topics are sensitive, by path, and which posts carry a content note."""

    sensitive: frozenset[str]
    noted: frozenset[int]

    def is_untold(self, post: Post) -> bool:
        """Say whether a mail about `post` keeps title, words and topic to itself; load what it stands below."""
        category = (post.question or post).category
        path = category.path if category else ""
        if any(path == above or path.startswith(f"{above}/") for above in self.sensitive):
            return True
        return bool(self.noted.intersection({post.pk, post.parent_id, post.question_id}))


def subjects_of(posts: Iterable[Post]) -> Subjects:
    """Return what is to be known of all `posts`, with two queries."""
    ids = {pk for post in posts for pk in (post.pk, post.parent_id, post.question_id) if pk is not None}
    if not ids:
        return Subjects(frozenset(), frozenset())
    return Subjects(
        frozenset(Category.objects.filter(is_sensitive=True).values_list("path", flat=True)),
        frozenset(Post.notes.through.objects.filter(post__in=ids).values_list("post_id", flat=True)),
    )
