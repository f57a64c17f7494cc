"""Keep the links of names good when a member is called otherwise, closes their account or comes back."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django_tasks import task

from accounts.models import User
from forum.effects import mentions, posts
from forum.models import Mention, Post

_BATCH = 200


def relink(member: User) -> None:
    """Have a worker render the posts that name `member` anew, in the caller's transaction."""
    if Mention.objects.filter(member=member).exists():
        relink_mentions.enqueue(member.pk)


@task()
def relink_mentions(member_id: int, after: int = 0) -> int:
    """Render posts that name a member anew, some hundred at a time; again changes nothing. Return how many."""
    with transaction.atomic():
        named = Mention.objects.filter(member=member_id, post__gt=after).values("post")
        batch = list(Post.objects.select_for_update(no_key=True).filter(pk__in=named).order_by("pk")[:_BATCH])
        render(batch)
        if len(batch) == _BATCH:
            relink_mentions.enqueue(member_id, batch[-1].pk)
    return len(batch)


def render(batch: list[Post]) -> None:
    """Render these posts anew; one that can no longer be rendered keeps its HTML, which an older version made safe."""
    for post, names in zip(batch, mentions.find_names(batch), strict=True):
        try:
            posts.set_text(post, names)
        except ValidationError:
            continue
        post.save(update_fields=["body_html", "excerpt", "markup_version"])
        mentions.follow_text(post, None)
