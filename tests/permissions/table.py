"""Everybody × every permission × every state, as text to read: `python -m tests.permissions` writes it anew."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import django

# The command reaches this module before Django is set up, and tests after that.
django.setup()

from accounts.models import User  # noqa: E402
from forum.choices import Ability, PostKind, PostStatus  # noqa: E402
from forum.limits import FOREVER, Rules  # noqa: E402
from forum.models import Guest, Post  # noqa: E402

TABLE = Path(__file__).with_name("table.txt")
LATER = datetime(2999, 1, 1, tzinfo=UTC)
YES = "yes"
HEAD = """Who may do what: each permission, each state, and what each person is told.

Under each state (several where the answers are the same) stands what is answered, and to whom.
Made by `python -m tests.permissions`; a test compares it with what the code answers now.
"""


@dataclass(frozen=True)
class Act:
    """One permission to ask of everybody: in each of `states`, as `(person, thing, rules)`.

    `things` makes what it is about for a given author, so that authors ask about their own; `points` are the numbers
    that matter here.
    """

    name: str
    ask: Callable[[Any, Any, Rules], Any]
    states: dict[str, Callable[[dict[str, Any]], Any]]
    points: tuple[int, ...] = ()


@dataclass(frozen=True)
class Somebody:
    """A person of the table, and the columns that say who wrote the post they ask about."""

    name: str
    person: Any
    wrote: dict[str, Any]


def _member(pk: int, **columns: Any) -> User:
    return User(pk=pk, username=f"member-{pk}", **{"reputation": 100, **columns})


STRANGER = {"author": _member(99)}
SUSPENDED = {"suspended_until": LATER}
WARNED = {"must_acknowledge": True}
BARRED = {"abilities_until": {str(one): LATER.isoformat() for one in Ability if one != Ability.EVERYTHING}}


@cache
def everybody(points: tuple[int, ...]) -> list[Somebody]:
    """Return the people of the table, with a member below and one at each of these numbers of points."""
    around = [number for needed in points for number in (needed - 1, needed)]
    guest, writing_guest, author = Guest(pk=1), Guest(pk=2), _member(2)
    suspended, warned = _member(3, **SUSPENDED), _member(4, **WARNED)
    return [
        Somebody("guest", Guest(), STRANGER),
        Somebody("guest who has posted", guest, STRANGER),
        Somebody("guest author", writing_guest, {"guest": writing_guest, "guest_name": "Gil"}),
        Somebody("newcomer", _member(1), STRANGER),
        Somebody("author", author, {"author": author}),
        *(
            Somebody(f"{number:,} points", _member(10 + at, reputation=number), STRANGER)
            for at, number in enumerate(around)
        ),
        Somebody("suspended author", suspended, {"author": suspended}),
        Somebody("suspended", _member(5, reputation=5_000, **SUSPENDED), STRANGER),
        Somebody("barred", _member(6, reputation=5_000, **BARRED), STRANGER),
        Somebody("warned author", warned, {"author": warned}),
        Somebody("warned", _member(7, reputation=5_000, **WARNED), STRANGER),
        Somebody("helper", _member(30, role="helper"), STRANGER),
        Somebody("moderator", _member(31, role="moderator"), STRANGER),
        Somebody("suspended moderator", _member(32, role="moderator", **SUSPENDED), STRANGER),
        Somebody("warned moderator", _member(33, role="moderator", **WARNED), STRANGER),
        Somebody("administrator", _member(34, role="administrator"), STRANGER),
        Somebody("owner", _member(35, role="owner"), STRANGER),
    ]


def question(**columns: Any) -> Callable[[dict[str, Any]], Post]:
    """Return how to make a question with these columns, by whoever asks about it."""
    return lambda wrote: Post(pk=10, kind=PostKind.QUESTION, title="How?", slug="how", **wrote, **columns)


def answer(*, to: dict[str, Any] | None = None, **columns: Any) -> Callable[[dict[str, Any]], Post]:
    """Return how to make an answer to a stranger's question with the columns `to`."""

    def make(wrote: dict[str, Any]) -> Post:
        asked = question(**to or {})(STRANGER)
        return Post(pk=20, kind=PostKind.ANSWER, question=asked, parent=asked, **wrote, **columns)

    return make


def comment(
    *, to: dict[str, Any] | None = None, on: dict[str, Any] | None = None, **columns: Any
) -> Callable[[dict[str, Any]], Post]:
    """Return how to make a comment on a stranger's answer with the columns `on`, to a question with those of `to`."""

    def make(wrote: dict[str, Any]) -> Post:
        above = answer(to=to, **on or {})(STRANGER)
        return Post(pk=30, kind=PostKind.COMMENT, question=above.question, parent=above, **wrote, **columns)

    return make


AWAY = {
    str(status): {"status": status}
    for status in (
        PostStatus.WAITING,
        PostStatus.HIDDEN,
        PostStatus.DELETED,
        PostStatus.WITHDRAWN,
        PostStatus.MERGED,
    )
}
LOCKED = {"locked_until": LATER}
HIDDEN = {"status": PostStatus.HIDDEN}
QUESTIONS = {
    "question": question(),
    "question, closed": question(is_closed=True),
    "question, protected": question(is_protected=True),
    "question, being checked": question(is_being_checked=True),
    "question, an urgent case about it": question(needs_care=True),
    "question, slow": question(slow_minutes=10),
    "question, locked": question(**LOCKED),
    "question, locked for good": question(locked_until=FOREVER),
    "question, its lock over": question(locked_until=datetime(2020, 1, 1, tzinfo=UTC)),
    **{f"question, {state}": question(**columns) for state, columns in AWAY.items()},
}
ANSWERS = {
    "answer": answer(),
    "answer, locked": answer(**LOCKED),
    **{f"answer, {state}": answer(**columns) for state, columns in AWAY.items() if state != "merged"},
    "answer to a closed question": answer(to={"is_closed": True}),
    "answer to a locked question": answer(to=LOCKED),
    **{f"answer to a question, {state}": answer(to=columns) for state, columns in AWAY.items()},
}
COMMENTS = {
    "comment": comment(),
    "comment, hidden": comment(**HIDDEN),
    "comment, deleted": comment(status=PostStatus.DELETED),
    "comment, withdrawn": comment(status=PostStatus.WITHDRAWN),
    "comment on a locked answer": comment(on=LOCKED),
    "comment on a hidden answer": comment(on=HIDDEN),
    "comment under a locked question": comment(to=LOCKED),
    "comment under a hidden question": comment(to=HIDDEN),
}
POSTS = QUESTIONS | ANSWERS | COMMENTS
ALONE: dict[str, Callable[[dict[str, Any]], Any]] = {"": lambda wrote: None}


def render(acts: list[Act], rules: Rules) -> str:
    """Return the table of `acts` by `rules`."""
    return "\n".join([HEAD, *(section(act, rules) for act in acts)])


def section(act: Act, rules: Rules) -> str:
    """Return one act: states with the same answers stand together."""
    together: dict[str, list[str]] = {}
    for state, make in act.states.items():
        together.setdefault(_answers(act, make, rules), []).append(state)
    lines = [act.name, "=" * len(act.name)]
    for answers, states in together.items():
        lines += [*_wrapped("; ".join(states), 0), answers] if any(states) else [answers]
    return "\n".join(lines) + "\n"


def _answers(act: Act, make: Callable[[dict[str, Any]], Any], rules: Rules) -> str:
    told: dict[str, list[str]] = {}
    for one in everybody(act.points):
        decision = act.ask(one.person, make(one.wrote), rules)
        sentence = getattr(decision, "reason", "") if not isinstance(decision, bool) else ("" if decision else "no")
        told.setdefault(sentence or YES, []).append(one.name)
    ordered = sorted(told.items(), key=lambda item: item[0] != YES)
    return "\n".join(f"  {sentence}\n" + "\n".join(_wrapped(", ".join(names), 6)) for sentence, names in ordered) + "\n"


def _wrapped(text: str, indent: int) -> list[str]:
    lines, width = [""], 110
    for word in text.split(" "):
        if len(lines[-1]) + len(word) > width:
            lines.append("")
        lines[-1] += f" {word}" if lines[-1] else word
    return [" " * indent + line for line in lines]
