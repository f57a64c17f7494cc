"""What the forms for questions and answers offer: topics and content notes."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from forum import permissions
from forum.limits import Rules
from forum.models import Category, CategoryAddress, ContentNote, Person, Post
from forum.models.categories import PATH_LENGTH
from forum.queries.tag_rules import required_names

_ID_DIGITS = 18
_INDENT = "\N{EM SPACE}"
_ONLY = {
    "member": "members only",
    "helper": "helpers only",
    "moderator": "moderators only",
    "administrator": "administrators only",
}


@dataclass(frozen=True)
class TopicOffer:
    """The topics of a form: all of them as (id, name), and those in which one may not ask, with what is missing."""

    choices: Sequence[tuple[str, str]] = ()
    refused: Mapping[str, str] = field(default_factory=dict)


NO_TOPICS = TopicOffer()


@dataclass(frozen=True)
class TopicHelp:
    """What to know of a chosen topic: the owner's words to those who ask, the tags it requires, who may ask."""

    guidance: str = ""
    required: tuple[str, ...] = ()
    refusal: str = ""


def get_topic_offer(viewer: Person, rules: Rules, *, stands_in: int | None = None) -> TopicOffer:
    """Return every topic, with the reason where `viewer`, who may ask elsewhere, may not ask; one query.

    A question can stay where it stands (`stands_in`), and moderators move every question anywhere.
    """
    topics = _topics()
    asked = topics if permissions.can_ask(viewer, rules) else []
    if stands_in is not None:
        asked = [] if viewer.is_moderator else [topic for topic in asked if topic.pk != stands_in]
    reasons = {str(topic.pk): permissions.can_ask_in(viewer, topic, rules).reason for topic in asked}
    refused = {pk: reason for pk, reason in reasons.items() if reason}
    return TopicOffer([_choice(topic, is_refused=str(topic.pk) in refused) for topic in topics], refused)


def get_category_choices() -> list[tuple[str, str]]:
    """Return every topic as (id, name), children indented below their parents; one query."""
    return [_choice(topic) for topic in _topics()]


def get_category(category_id: int) -> Category | None:
    """Return the topic with this id and those above it, if it is still there."""
    return Category.objects.with_those_above().filter(pk=category_id).first()


def get_category_id(address: str) -> int | None:
    """Return the id of the topic that `?category=` names: by its path (`family/siblings`), a former path, its id."""
    path = address.strip("/")[:PATH_LENGTH]
    found = Category.objects.filter(path=path).values_list("pk", flat=True).first()
    found = found or CategoryAddress.objects.filter(path=path).values_list("category_id", flat=True).first()
    number = None if found else read_id(path)
    return found if number is None else Category.objects.filter(pk=number).values_list("pk", flat=True).first()


def get_topic_help(category_id: str, *, viewer: Person, rules: Rules) -> TopicHelp:
    """Return what `viewer` should know of a topic before asking there; the id is as it was sent."""
    number = read_id(category_id)
    topic = None if number is None else get_category(number)
    if topic is None:
        return TopicHelp()
    return TopicHelp(
        guidance=topic.nearest("guidance"),
        required=required_names(topic.pk),
        refusal=permissions.can_ask_in(viewer, topic, rules).reason,
    )


def get_tags_help(category_id: str) -> TopicHelp:
    """Return which tags a question in this topic carries, for somebody who did not ask it; the id is as it was sent."""
    number = read_id(category_id)
    return TopicHelp() if number is None else TopicHelp(required=required_names(number))


def get_answer_guidance(category_id: int) -> str:
    """Return what the owner says to those who answer in this topic; one query."""
    topic = get_category(category_id)
    return topic.nearest("answer_guidance") if topic else ""


def get_note_choices() -> list[tuple[str, str]]:
    """Return the content notes an author may pick, as (slug, name); one query."""
    return list(ContentNote.objects.offered().values_list("slug", "name"))


def get_notes(slugs: Sequence[str]) -> list[ContentNote]:
    """Return the notes with these slugs."""
    return list(ContentNote.objects.filter(slug__in=slugs)) if slugs else []


def get_followed_answer(answer_id: str, *, viewer: Person) -> Post | None:
    """Return the answer that `?follow=` names, if `viewer` may read it."""
    number = read_id(answer_id)
    if number is None:
        return None
    answer = Post.objects.visible_to(viewer).select_related("question").filter(pk=number).first()
    if answer is None or not answer.is_answer or not answer.is_published:
        return None
    return answer if answer.question and permissions.can_read(viewer, answer.question) else None


def read_id(text: str) -> int | None:
    """Return the id that `text` is, if a column could hold it."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= _ID_DIGITS else None


def _topics() -> list[Category]:
    """Return all topics in the order of the tree, each with those above it."""
    topics = {topic.pk: topic for topic in Category.objects.in_tree_order()}
    children: dict[int | None, list[Category]] = defaultdict(list)
    for topic in topics.values():
        topic.parent = topics.get(topic.parent_id or 0)
        children[topic.parent_id].append(topic)
    return list(_walk(children, None))


def _choice(topic: Category, *, is_refused: bool = False) -> tuple[str, str]:
    level = topic.asking_level if is_refused else ""
    note = f" ({_ONLY.get(level) or f'from {int(level):,} points'})" if level else ""
    return str(topic.pk), f"{_INDENT * (topic.depth - 1)}{topic.name}{note}"


def _walk(children: dict[int | None, list[Category]], parent: int | None) -> Iterator[Category]:
    for category in children[parent]:
        yield category
        yield from _walk(children, category.pk)
