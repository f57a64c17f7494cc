"""Reads `who_may_change.txt`, finds every address of the project, and sends what a line says to it."""

import re
import shlex
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.urls import get_resolver

from forum.forms.writing import sign_time

TABLE = Path(__file__).with_name("who_may_change.txt")
PEOPLE = ("guest", "member", "helper", "moderator", "administrator")
READS = "reads"  # nothing can be sent there: POST is 405 for everybody
SIGN_IN = "sign-in"  # 302 to the page for signing in
_VARIABLE = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")
# Which thing of the scene stands for a variable, unless a line says another.
_USUAL = {
    "post_id": "question",
    "question_id": "question",
    "draft_id": "draft",
    "number": "1",
    "conversation_id": "conversation",
    "bundle_id": "line",
    "message_id": "warning",
    "note_id": "note",
    "suggestion_id": "suggestion",
    "case_id": "case",
    "suspension_id": "suspension",
    "tag_id": "tag",
    "synonym_id": "synonym",
    "token": "guest_link",
    "name": "member",
    "slug": "help_slug",
    "path": "sleep_path",
    "app_label": "app",
    "url": "nowhere",
    "object_id": "question",
    "content_type_id": "0",
}


@dataclass(frozen=True)
class Line:
    """One address, what each of `PEOPLE` is answered, and what is sent there: fields, `?` ones, things in the address."""

    address: str
    answers: tuple[str, ...]
    fields: dict[str, str] = field(default_factory=dict)
    things: dict[str, str] = field(default_factory=dict)

    @property
    def changes(self) -> bool:
        """Whether anything can be sent there."""
        return self.answers != (READS,)


def lines() -> dict[str, Line]:
    """Return the table by address."""
    read = [_line(row) for row in TABLE.read_text(encoding="utf-8").splitlines() if row and not row.startswith("#")]
    assert len({line.address for line in read}) == len(read), "An address has two lines."
    return {line.address: line for line in read}


def addresses() -> list[str]:
    """Return every address of the project, as the resolver has it."""
    return list(_addresses(get_resolver().url_patterns, ""))


def path_of(line: Line, scene: dict[str, Any]) -> str:
    """Return an address of the scene that fits the line's."""

    def value(found: re.Match[str]) -> str:
        name = found[1] or found[2]
        thing = line.things.get(name, _USUAL.get(name, name))
        return str(scene.get(thing, thing))

    asked = "&".join(f"{name}={value}" for name, value in line.fields.items() if name.startswith("?"))
    return "/" + _VARIABLE.sub(value, line.address).replace("^", "").removesuffix("$") + asked


def fields_of(line: Line, scene: dict[str, Any]) -> dict[str, str]:
    """Return what is sent, as a person would who has the form open for a minute."""
    return {"started": sign_time(time.time() - 60)} | {
        name: value.format(**scene) for name, value in line.fields.items() if not name.startswith("?")
    }


def answer_to(client: Any, method: str, path: str, fields: dict[str, str]) -> str:
    """Return the status of one request, and leave everything as it was."""
    client.raise_request_exception = False
    with transaction.atomic():
        answer = getattr(client, method)(path, fields)
        transaction.set_rollback(True)
    is_sign_in = answer.status_code == 302 and answer["Location"].startswith("/accounts/login/")
    return SIGN_IN if is_sign_in else str(answer.status_code)


def written(line: Line, answers: tuple[str, ...]) -> str:
    """Return `line` with other answers, as it would stand in the table."""
    sent = [f"{name}={value}" for name, value in line.fields.items()]
    about = [f"{name}:{thing}" for name, thing in line.things.items()]
    statuses = " ".join(f"{answer:8}" for answer in answers)
    return f"{line.address or chr(34) * 2:58} {statuses} {shlex.join(sent + about)}".rstrip()


def _line(row: str) -> Line:
    address, *rest = shlex.split(row)
    width = 1 if rest[:1] == [READS] else len(PEOPLE)
    words = rest[width:]
    return Line(
        address,
        tuple(rest[:width]),
        dict(word.split("=", 1) for word in words if "=" in word),
        dict(word.split(":", 1) for word in words if "=" not in word),
    )


def _addresses(patterns: Any, before: str) -> Any:
    for pattern in patterns:
        address = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from _addresses(pattern.url_patterns, address)
        else:
            yield address
