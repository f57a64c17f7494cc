"""Names behind an @ while somebody writes: whom they mean, and those that complete what was typed."""

from dataclasses import dataclass

from accounts.models import User
from accounts.names import MAX_LENGTH, name_key
from forum import mentions
from forum.models import Person, Post

_COMPLETIONS = 8


@dataclass(frozen=True)
class NameCompletion:
    """A name that completes what was typed; `is_here` says that its member wrote in this thread under it."""

    name: str
    is_here: bool


def get_names(text: str) -> mentions.Names:
    """Return whom the names in a text mean that is not saved yet; no query where nothing stands behind an @."""
    keys = mentions.keys_in(text)
    if not keys:
        return {}
    members = User.objects.open().filter(name_key__in=keys).values_list("name_key", "username")
    return {key: mentions.called(name) for key, name in members}


def get_name_completions(typed: str, viewer: Person, *, post_id: int = 0) -> list[NameCompletion]:
    """Return names that hold what was typed of people in the thread of a post, then names that begin so; three queries.

    Who wrote there anonymously is not among them. Nothing typed yet offers the people of the thread alone.
    """
    words = typed.replace("\x00", "").strip()[: MAX_LENGTH + 1]
    key = name_key(words) if words else ""
    if len(words) > MAX_LENGTH or not viewer.is_authenticated:
        return []
    members = User.objects.open().filter(is_active=True).exclude(pk=viewer.pk).by_points()
    found = list(members.filter(pk__in=_people_of(post_id, viewer), name_key__contains=key)[:_COMPLETIONS])
    here = {member.pk for member in found}
    if key and len(found) < _COMPLETIONS:
        found += members.filter(name_key__startswith=key).exclude(pk__in=here)[: _COMPLETIONS - len(found)]
    return [NameCompletion(member.username, member.pk in here) for member in found]


def _people_of(post_id: int, viewer: Person) -> list[int]:
    """Return the members whose names stand in the thread of a post, as far as `viewer` may read it."""
    post = Post.objects.filter(pk=post_id).only("question_id").first() if post_id else None
    if post is None:
        return []
    top = post.question_id or post.pk
    posts = Post.objects.listed_to(viewer).listed()
    thread = posts.filter(pk=top) | posts.filter(question=top)
    return list(thread.exclude(author=None).order_by().values_list("author_id", flat=True).distinct())
