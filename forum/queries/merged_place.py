"""Where a question is now that became part of another one, and where what stood below it is."""

from forum import permissions
from forum.models import Merge, Person, Post
from forum.queries.question_page import get_post_place


def get_merged_place(post_id: int, *, viewer: Person) -> str:
    """Return the address where `viewer` finds what the post became part of; empty where there is none to read."""
    post = Post.objects.filter(pk=post_id).first()
    if post is None:
        return ""
    merged = Merge.objects.filter(source=post.question_id or post.pk, lifted_at=None).select_related("target").first()
    if merged is None or not permissions.can_read(viewer, merged.target):
        return ""
    return get_post_place(merged.target, viewer=viewer)
