"""What the forms for questions and answers offer: topics and content notes."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from forum import permissions
from forum.models import Category, ContentNote, Person, Post

_ID_DIGITS = 18
_INDENT = "\N{EM SPACE}"


def get_category_choices() -> list[tuple[str, str]]:
    """Return every topic as (id, name), children indented below their parents; one query."""
    children: dict[int | None, list[Category]] = defaultdict(list)
    for category in Category.objects.in_tree_order():
        children[category.parent_id].append(category)
    return [(str(category.pk), _INDENT * (category.depth - 1) + category.name) for category in _walk(children, None)]


def get_category(category_id: int) -> Category | None:
    """Return the topic with this id, if it is still there."""
    return Category.objects.filter(pk=category_id).first()


def get_category_id(path: str) -> int | None:
    """Return the id of the topic at this path (`family/siblings`), as `?category=` names it."""
    return Category.objects.filter(path=path[:250]).values_list("pk", flat=True).first()


def get_guidance(category_id: str) -> str:
    """Return what the owner says to those who ask in this topic; the id is as it was sent."""
    number = _id(category_id)
    if number is None:
        return ""
    return Category.objects.filter(pk=number).values_list("guidance", flat=True).first() or ""


def get_note_choices() -> list[tuple[str, str]]:
    """Return the content notes an author may pick, as (slug, name); one query."""
    return list(ContentNote.objects.offered().values_list("slug", "name"))


def get_notes(slugs: Sequence[str]) -> list[ContentNote]:
    """Return the notes with these slugs."""
    return list(ContentNote.objects.filter(slug__in=slugs)) if slugs else []


def get_followed_answer(answer_id: str, *, viewer: Person) -> Post | None:
    """Return the answer that `?follow=` names, if `viewer` may read it."""
    number = _id(answer_id)
    if number is None:
        return None
    answer = Post.objects.visible_to(viewer).select_related("question").filter(pk=number).first()
    if answer is None or not answer.is_answer or not answer.is_published:
        return None
    return answer if answer.question and permissions.can_read(viewer, answer.question) else None


def _id(text: str) -> int | None:
    """Return the id that `text` is, if a column could hold it."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _ID_DIGITS else None


def _walk(children: dict[int | None, list[Category]], parent: int | None) -> Iterator[Category]:
    for category in children[parent]:
        yield category
        yield from _walk(children, category.pk)
