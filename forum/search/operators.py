"""Everything a search understands beside plain words: the one list that the parser reads and the help page shows."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from difflib import get_close_matches
from types import MappingProxyType
from typing import Final, TypeAlias

_DIGITS_MOST: Final = 9  # a column of the database could hold no more
_SIGNS: Final = str.maketrans({"≥": ">=", "≤": "<=", "＞": ">", "＜": "<", "…": "..", "−": "-", "–": "-"})
_COMPARISON: Final = re.compile(r"(>=|<=|=>|=<|>|<|=)?(-?\d{1,9})")
_FROM_TO: Final = re.compile(r"(-?\d{1,9})?\.\.+(-?\d{1,9})?")
_AGE: Final = re.compile(r"(>=|<=|>|<)?(\d{1,4})([hdwmy])[a-z]{0,6}", re.IGNORECASE)
_DATE: Final = re.compile(r"(\d{4})(?:[-/.](\d{1,2}))?(?:[-/.](\d{1,2}))?")
_UNITS: Final = {"h": 1, "d": 24, "w": 7 * 24, "m": 30 * 24, "y": 365 * 24}
_LAST_MONTH: Final = 12
_YEARS: Final = range(1970, 9000)
_CLOSE_NAME, _CLOSE_VALUE = 0.75, 0.6


@dataclass(frozen=True)
class Range:
    """Whole numbers between two, both included; None is no end."""

    least: int | None = None
    most: int | None = None


@dataclass(frozen=True)
class Age:
    """Younger than so many hours, or older."""

    hours: int
    is_younger: bool


@dataclass(frozen=True)
class Days:
    """From the beginning of a day to before the beginning of another; None is no end."""

    first: date | None = None
    end: date | None = None


Value: TypeAlias = str | Range | Age | Days


@dataclass(frozen=True)
class Operator:
    """A name with a colon: how what follows is read, and how it is told. `examples` are pairs: typed, what it finds."""

    name: str
    read: Callable[[str], Value | None]
    examples: tuple[tuple[str, str], ...]
    wants: str
    also: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)

    def nearest(self, text: str) -> str:
        """Return the value that was probably meant by `text`, if values are from a list."""
        meant = get_close_matches(text.lower(), self.values, 1, _CLOSE_VALUE)
        return f"{self.name}:{meant[0]}" if meant else ""


def _any_words(text: str) -> str | None:
    return text or None


def _one_of(values: Mapping[str, str], others: Mapping[str, str]) -> Callable[[str], str | None]:
    def read(text: str) -> str | None:
        wanted = text.lower()
        wanted = others.get(wanted, wanted)
        return wanted if wanted in values else None

    return read


def _number(text: str) -> Range | None:
    """Read `5`, `>5`, `>=5`, `<5`, `<=5`, `1..5`, `1..` and `..5`."""
    text = _plain_digits(text)
    between = _FROM_TO.fullmatch(text)
    if between and any(between.groups()):
        least, most = (int(end) if end else None for end in between.groups())
        return Range(most, least) if least is not None and most is not None and least > most else Range(least, most)
    compared = _COMPARISON.fullmatch(text)
    if compared is None:
        return None
    sign, number = compared[1] or "=", int(compared[2])
    if sign == "=":
        return Range(number, number)
    strictly = int(len(sign) == 1)
    return Range(least=number + strictly) if ">" in sign else Range(most=number - strictly)


def _age(text: str) -> Age | None:
    """Read `<1w`, `1w` (younger) and `>1y` (older)."""
    age = _AGE.fullmatch(_plain_digits(text))
    if age is None:
        return None
    return Age(int(age[2]) * _UNITS[age[3].lower()], is_younger=">" not in (age[1] or "<"))


def _days(text: str) -> Days | None:
    """Read a day, a month or a year."""
    parts = _DATE.fullmatch(_plain_digits(text))
    if parts is None or int(parts[1]) not in _YEARS:
        return None
    year, month, day = int(parts[1]), int(parts[2] or 1), int(parts[3] or 1)
    try:
        first = date(year, month, day)
    except ValueError:
        return None
    if parts[3]:
        return Days(first, first + timedelta(days=1))
    if parts[2]:
        return Days(first, date(year + month // _LAST_MONTH, month % _LAST_MONTH + 1, 1))
    return Days(first, date(year + 1, 1, 1))


def _created(text: str) -> Value | None:
    return _age(text) or _days(text)


def _after(text: str) -> Value | None:
    days, age = _days(text), _age(text)
    return Days(first=days.first) if days else Age(age.hours, is_younger=True) if age else None


def _before(text: str) -> Value | None:
    days, age = _days(text), _age(text)
    return Days(end=days.first) if days else Age(age.hours, is_younger=False) if age else None


def _plain_digits(text: str) -> str:
    """Return `text` with the digits and signs of ASCII, whatever script they were typed in."""
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in text.translate(_SIGNS)[: 2 * _DIGITS_MOST + 4])


def _listed(values: Mapping[str, str]) -> str:
    *others, last = values
    return f"{', '.join(others)} or {last}"


_IS: Final = MappingProxyType(
    {
        "question": "only questions themselves",
        "answer": "only answers",
        "comment": "only comments",
        "accepted": "questions with a best answer, and their answers and comments",
        "unanswered": "questions that need a first answer",
        "closed": "closed questions",
        "mine": "what you wrote, including anonymous posts; no one else can search for those",
        "bookmarked": "what you bookmarked",
        "followed": "questions, topics, tags and people that you follow",
    }
)
_IS_TOO: Final = {"questions": "question", "answers": "answer", "comments": "comment", "following": "followed"}
_HAS: Final = MappingProxyType({"image": "posts with a picture", "note": "posts with a content note"})
_HAS_TOO: Final = {"images": "image", "picture": "image", "pictures": "image", "photo": "image", "notes": "note"}
_INTENT: Final = MappingProxyType(
    {
        "advice": "questions that want advice",
        "listening": "questions that want someone to listen",
        "information": "questions that want information",
    }
)
# What people write for something that has another name here.
MEANT: Final = {
    **dict.fromkeys(("is:solved", "is:resolved", "is:best", "is:chosen", "has:accepted"), "is:accepted"),
    **dict.fromkeys(("is:unsolved", "is:unresolved"), "-is:accepted"),
    **dict.fromkeys(("is:answered", "has:answer", "has:answers"), "answers:>0"),
    **dict.fromkeys(("is:saved", "is:bookmark", "is:favourite", "is:favorite"), "is:bookmarked"),
    **dict.fromkeys(("is:my", "is:me", "is:own"), "is:mine"),
    **dict.fromkeys(("is:watched", "is:subscribed"), "is:followed"),
    **dict.fromkeys(("is:open",), "-is:closed"),
    **dict.fromkeys(("is:locked",), "is:closed"),
    **dict.fromkeys(("is:new",), "created:<1w"),
    **dict.fromkeys(("is:popular", "is:top"), "score:>5"),
    **dict.fromkeys(("intent:info",), "intent:information"),
    **dict.fromkeys(("intent:listen",), "intent:listening"),
}
SIGNS: Final = (
    ("sleep anxiety", "posts with both words, with any endings; an answer is also found by its question’s title"),
    ('"panic attack"', "exactly these words, next to each other"),
    ("sleep -baby", "“sleep” without “baby”; also works before a phrase or an operator"),
    ("sleep OR insomnia", "either one; OR in capitals"),
)
OPERATORS: Final = (
    Operator("title", _any_words, (("title:sleep", "“sleep” in the title of a question"),), "a word", ("intitle",)),
    Operator("tag", _any_words, (("tag:anxiety", "questions with this tag, or one of its other names"),), "a tag"),
    Operator(
        "category", _any_words, (("category:family", "questions in this topic, or below it"),), "a topic", ("topic",)
    ),
    Operator(
        "user",
        _any_words,
        (
            ("user:ann", "posts by this member; a name of two words in quotes. Never anonymous ones"),
            ("user:me", "your own posts, as is:mine"),
        ),
        "a name",
        ("author", "by"),
    ),
    Operator(
        "is", _one_of(_IS, _IS_TOO), tuple((f"is:{one}", said) for one, said in _IS.items()), _listed(_IS), (), _IS
    ),
    Operator(
        "score",
        _number,
        (("score:>5", "posts with a score above 5; also >=5, <5, 5 and 1..5"),),
        "a number, such as score:>5",
        ("votes",),
    ),
    Operator(
        "answers",
        _number,
        (("answers:0", "questions without an answer; also >3 and 1..5"),),
        "a number, such as answers:0",
    ),
    Operator(
        "views", _number, (("views:>100", "questions viewed more than 100 times"),), "a number, such as views:>100"
    ),
    Operator(
        "created",
        _created,
        (
            ("created:<1w", "posts younger than a week; h, d, w, m and y are hours to years"),
            ("created:>1y", "posts older than a year"),
        ),
        "an age, such as created:<1w",
        ("age",),
    ),
    Operator(
        "after",
        _after,
        (("after:2026-01-01", "posts from that day or later; a month or a year also works"),),
        "a date, such as after:2026-01-01",
        ("since",),
    ),
    Operator(
        "before",
        _before,
        (("before:2026", "posts from before that day, month or year"),),
        "a date, such as before:2026-01-01",
        ("until",),
    ),
    Operator(
        "has",
        _one_of(_HAS, _HAS_TOO),
        tuple((f"has:{one}", said) for one, said in _HAS.items()),
        _listed(_HAS),
        (),
        _HAS,
    ),
    Operator(
        "intent",
        _one_of(_INTENT, {}),
        tuple((f"intent:{one}", said) for one, said in _INTENT.items()),
        _listed(_INTENT),
        (),
        _INTENT,
    ),
)
BY_NAME: Final = {name: operator for operator in OPERATORS for name in (operator.name, *operator.also)}


def nearest_name(text: str) -> str:
    """Return the operator that was probably meant by a name that none has."""
    meant = get_close_matches(text.lower(), BY_NAME, 1, _CLOSE_NAME)
    return BY_NAME[meant[0]].name if meant else ""
