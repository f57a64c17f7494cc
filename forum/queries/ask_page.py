"""What the forms for questions and answers offer: topics, content notes, and questions that were asked before."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from forum import permissions, search
from forum.models import Category, ContentNote, Person, Post, Question

SIMILAR_MOST = 3
_SIMILAR_FROM = 6  # letters: less says nothing
_TITLE_READ = 300  # a title that was never checked may be a megabyte, and its marks take quadratic time
_TRIES = 4
_CANDIDATES = 30
_SHORTEST_WORD = 4
_ID_DIGITS = 18
_INDENT = "\N{EM SPACE}"


@dataclass(frozen=True)
class SimilarQuestion:
    """A question that was asked before, as one line of a list."""

    title: str
    url: str
    answers: str


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


def get_similar(title: str, *, viewer: Person) -> list[SimilarQuestion]:
    """Return a few questions `viewer` can read whose words are most like those of `title`."""
    title = title[:_TITLE_READ].strip()
    if len(title) < _SIMILAR_FROM:
        return []
    words = [word for word in search.words_of(title) if len(word) >= _SHORTEST_WORD]
    words.sort(key=len, reverse=True)
    found: dict[int, None] = {}
    # All the words at first, then without the shortest ones, which say least.
    for count in range(min(len(words), _TRIES), 0, -1):
        found |= dict.fromkeys(search.find(" ".join(words[:count]), _CANDIDATES))
        if len(found) >= SIMILAR_MOST:
            break
    questions = {question.pk: question for question in Question.objects.listed_to(viewer).filter(pk__in=found)}
    nearest = [questions[pk] for pk in found if pk in questions][:SIMILAR_MOST]
    return [SimilarQuestion(one.title, f"/{one.pk}/{one.slug}/", _answers(one.answer_count)) for one in nearest]


def _id(text: str) -> int | None:
    """Return the id that `text` is, if a column could hold it."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _ID_DIGITS else None


def _walk(children: dict[int | None, list[Category]], parent: int | None) -> Iterator[Category]:
    for category in children[parent]:
        yield category
        yield from _walk(children, category.pk)


def _answers(count: int) -> str:
    if count == 0:
        return "Needs a first answer"
    return "1 answer" if count == 1 else f"{count:,} answers"
