"""Believable sentences on the site's subjects for sites of any size; the same number always says the same."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final, TypeVar

from django.conf import settings

from forum.choices import PostKind

_FIXTURES: Final = Path(settings.BASE_DIR) / "fixtures"
_PLAIN_SENTENCE: Final = re.compile(r"[A-Z][A-Za-z ,’'?;:–—-]{20,200}[.?!]")
_SLOT: Final = re.compile(r"\{(\w+)\}")
_OWN: Final = ("subject", "trouble", "help")  # slots whose words are the topic's
# The demo community's own sentences among the made ones, and a slip of the finger now and then, as on every real site.
_QUOTED, _MISTYPED = 0.35, 0.03
_T = TypeVar("_T")
_SENTENCES: Final = {PostKind.QUESTION: (3, 11), PostKind.ANSWER: (3, 10), PostKind.COMMENT: (1, 3)}


@dataclass(frozen=True)
class Topic:
    """What questions of one topic are made of; lists stand in the order of how often they are used."""

    slug: str
    words: dict[str, list[str]]
    tags: list[str]
    sentences: list[str]


def topics() -> list[str]:
    """Return the slugs of the topics that have words."""
    return list(_vocabulary()["topics"])


def tag_names() -> list[str]:
    """Return every tag that a question may carry."""
    used = [name for slug in topics() for name in _vocabulary()["topics"][slug]["tags"]]
    return sorted({*used, *_vocabulary()["rare_tags"]})


def title(topic: str, numbers: Random) -> str:
    """Return the title of a question, with a capital and at most 120 characters."""
    return _capital(_filled(pick(_vocabulary()["titles"], numbers, 6), _topic(topic), numbers))[:120]


def body(kind: PostKind, topic: str, numbers: Random) -> list[str]:
    """Return the paragraphs of a post: letters, spaces and the signs of sentences alone, so that nothing is markup."""
    about = _topic(topic)
    frames = _vocabulary()[{PostKind.QUESTION: "questions", PostKind.ANSWER: "answers"}.get(kind, "comments")]
    least, most = _SENTENCES[kind]
    sentences = list(dict.fromkeys(_sentence(frames, about, numbers) for _ in range(numbers.randint(least, most))))
    if numbers.random() < _MISTYPED:
        sentences[0] = _mistyped(sentences[0], numbers)
    size = numbers.randint(2, 5)
    return [" ".join(sentences[start : start + size]) for start in range(0, len(sentences), size)]


def tags(topic: str, numbers: Random) -> list[str]:
    """Return one to four tags: mostly the topic's usual ones, now and then one that few questions carry."""
    found = {pick(_topic(topic).tags, numbers, 3) for _ in range(numbers.randint(1, 4))}
    if numbers.random() < 0.1:  # noqa: PLR2004
        found.add(pick(_vocabulary()["rare_tags"], numbers))
    return sorted(found)


def member_name(number: int) -> str:
    """Return the name of member `number`; no two look alike, and nobody else is called by three words."""
    parts = _vocabulary()["members"]
    number, last = divmod(number, len(parts["last"]))
    number, first = divmod(number, len(parts["first"]))
    more = parts["more"]
    beyond = f"_{more[number // len(more) % len(more)]}" if number >= len(more) else ""
    return f"{parts['first'][first]}_{parts['last'][last]}_{more[number % len(more)]}{beyond}"


def pick(ranked: Sequence[_T], numbers: Random, evenness: float = 1) -> _T:
    """Return one of `ranked`, the n-th about 1/n as often as the first (Zipf's law); `evenness` flattens the top."""
    at = evenness * ((len(ranked) + evenness) / evenness) ** numbers.random() - evenness
    return ranked[min(int(at), len(ranked) - 1)]


def _sentence(frames: list[str], topic: Topic, numbers: Random) -> str:
    if topic.sentences and numbers.random() < _QUOTED:
        return pick(topic.sentences, numbers, 10)
    return _capital(_filled(pick(frames, numbers, 6), topic, numbers))


def _filled(frame: str, topic: Topic, numbers: Random) -> str:
    pieces = _pieces(frame)
    words = "".join(_word(piece, topic, numbers) if at % 2 else piece for at, piece in enumerate(pieces))
    return words.replace("my my ", "my ").replace("My my ", "My ")


def _word(slot: str, topic: Topic, numbers: Random) -> str:
    if slot == "town":
        return pick(_towns(), numbers)
    if slot == "doctor":
        return f"Doctor {pick(_doctors(), numbers)}"
    name, _, starts = slot.partition("_")
    words = topic.words[name] if name in _OWN else _vocabulary()["slots"][name]
    word = pick(words, numbers, 2)
    return _capital(word) if starts else word


def _mistyped(sentence: str, numbers: Random) -> str:
    """Return the sentence with two letters of its longest word the wrong way round."""
    longest = max(re.findall(r"[a-z]+", sentence), key=len)
    at = numbers.randrange(1, max(2, len(longest) - 1))
    return sentence.replace(longest, longest[: at - 1] + longest[at] + longest[at - 1] + longest[at + 1 :], 1)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@cache
def _pieces(frame: str) -> list[str]:
    return _SLOT.split(frame)


@cache
def _vocabulary() -> dict[str, Any]:
    words: dict[str, Any] = json.loads((_FIXTURES / "generated" / "vocabulary.json").read_text(encoding="utf-8"))
    return words


@cache
def _topic(slug: str) -> Topic:
    words = _vocabulary()["topics"][slug]
    file = _FIXTURES / "demo" / f"{slug}.json"
    written = json.loads(file.read_text(encoding="utf-8"))["questions"]
    bodies = [post["body"] for question in written for post in (question, *question["answers"])]
    found = [part for text in bodies for part in re.split(r"\n+|(?<=[.?!]) (?=[A-Z])", text)]
    plain = list(dict.fromkeys(part for part in found if _PLAIN_SENTENCE.fullmatch(part)))
    Random(slug).shuffle(plain)  # noqa: S311
    return Topic(slug, {name: words[name] for name in _OWN}, words["tags"], plain)


@cache
def _towns() -> list[str]:
    return _names("towns")


@cache
def _doctors() -> list[str]:
    return _names("doctors")


def _names(kind: str) -> list[str]:
    parts = _vocabulary()[kind]
    names = [first + last for first in parts["first"] for last in parts["last"]]
    Random(kind).shuffle(names)  # noqa: S311
    return names
