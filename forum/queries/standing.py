"""Whether somebody is new here."""

from django.db.models import Q

from forum.models import Person, Post
from forum.models.posts import own_posts


def has_posted(author: Person) -> bool:
    """Say whether anything was ever written by `author`."""
    return author.pk is not None and Post.objects.filter(own_posts(author)).exists()


def is_first_post(post: Post) -> bool:
    """Say whether `post` is all that its guest has written; a kept draft is no post."""
    return not Post.objects.filter(guest=post.guest).exclude(pk=post.pk).exists()


def is_anonymous_in(person: Person, question_id: int) -> bool:
    """Say whether `person`, a member, has written anonymously in this thread; one query."""
    if not person.is_authenticated:
        return False
    thread = Post.objects.filter(Q(pk=question_id) | Q(question=question_id))
    return thread.filter(author=person.pk, is_anonymous=True).exists()
