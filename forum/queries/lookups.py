"""The one row an address names, if its visitor may read it; else 404."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.models import User
from forum.choices import Audience, PostKind, PostStatus
from forum.models import Person, Post

_ERASED = (PostStatus.WITHDRAWN, PostStatus.DELETED)
_NOT_HERE = "There is no such post here."


def get_post_or_404(post_id: int, *, viewer: Person) -> Post:
    """Return the question, answer or comment `viewer` may read, with what permissions and bylines ask of it."""
    posts = Post.objects.visible_to(viewer).select_related("author", "question", "parent")
    return get_object_or_404(posts, pk=post_id)


def find_post(post_id: int, *, viewer: Person) -> Post | None:
    """Return the post of this number that `viewer` may read, or None."""
    return Post.objects.visible_to(viewer).filter(pk=post_id).first()


def get_question_or_404(question_id: int, *, viewer: Person) -> Post:
    """Return the question `viewer` may read; an answer's number is 404."""
    return _of_kind(get_post_or_404(question_id, viewer=viewer), PostKind.QUESTION)


def find_question(question_id: int, *, viewer: Person) -> Post | None:
    """Return the question of this number that `viewer` may read, or None."""
    return Post.objects.visible_to(viewer).filter(pk=question_id, kind=PostKind.QUESTION).first()


def get_answer_or_404(answer_id: int, *, viewer: Person) -> Post:
    """Return the answer `viewer` may read, with its question."""
    return _of_kind(get_post_or_404(answer_id, viewer=viewer), PostKind.ANSWER)


def get_comment_or_404(comment_id: int, *, viewer: Person) -> Post:
    """Return the comment `viewer` may read, with its question and the post it stands below."""
    return _of_kind(get_post_or_404(comment_id, viewer=viewer), PostKind.COMMENT)


def get_saved_post_or_404(post_id: int, *, member: Person) -> Post:
    """Return a post `member` may read or has saved, so that what was hidden since can leave their list."""
    saved = Post.objects.filter(bookmarks__member=member.pk).select_related("author", "question", "parent")
    return saved.filter(pk=post_id).first() or get_post_or_404(post_id, viewer=member)


def is_erased(post_id: int, *, viewer: Person) -> bool:
    """Say whether the post, or what it stood below, was taken down by its author or deleted by a moderator.

    What is hidden or waits may come back and is nobody's business; so is what only members could read.
    """
    post = Post.objects.select_related("question", "parent").filter(pk=post_id).first()
    if post is None:
        return False
    question = post.question or post
    if question.audience == Audience.MEMBERS and not viewer.is_authenticated:
        return False
    return any(one is not None and one.status in _ERASED for one in (post, post.parent, question))


def get_member_or_404(name: str) -> User:
    """Return the member of that name, however it is written; closed accounts have no page."""
    try:
        member = User.objects.get_by_natural_key(name)
    except User.DoesNotExist:
        raise Http404("There is no member with that name.") from None
    if member.closed_at is not None:
        raise Http404("There is no member with that name.")
    return member


def _of_kind(post: Post, kind: PostKind) -> Post:
    if post.kind != kind:
        raise Http404(_NOT_HERE)
    return post
