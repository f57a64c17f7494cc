"""Let members follow what they asked, so that it stands among what they follow and can be muted there."""

from collections.abc import Iterable

from accounts.models import User
from forum.limits import OWN_FOLLOW_MODE
from forum.models import Follow, Person, Post


def follow_own(author: Person, posts: Iterable[Post]) -> None:
    """Let `author` follow those of `posts` that are questions; what they follow or muted already stays as it is.

    Anonymous questions too: nobody but the member sees what they follow, and no page counts who follows a question.
    """
    if not isinstance(author, User):
        return
    made = [Follow(member=author, question=post, mode=OWN_FOLLOW_MODE) for post in posts if post.is_question]
    Follow.objects.bulk_create(made, ignore_conflicts=True)
