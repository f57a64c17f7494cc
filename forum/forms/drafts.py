"""The shape of a draft: whatever was typed, unchecked, but safe to keep."""

from dataclasses import dataclass
from uuid import UUID

from django.http import QueryDict

from forum.choices import DraftKind
from forum.forms.writing import read_number
from forum.plaintext import without_unsafe_characters

LONGEST = 80_000  # more than twice the longest body: what is too long to post is still worth keeping
_LINES = ("title", "body", "intent", "category", "tags", "audience", "guest_name", "guest_email", "reason")
_GUARDS = ("base_version", "begun", "follows")
_SWITCHES = ("is_anonymous",)
_LISTS = ("notes",)


@dataclass(frozen=True)
class DraftPlace:
    """Which form a draft belongs to, and the post it is about."""

    kind: str
    about_id: int | None


def draft_place(kind: str, about: str) -> DraftPlace | None:
    """Return the place these two words name, or None when there is no such place."""
    if kind not in DraftKind.values:
        return None
    if kind == DraftKind.QUESTION:
        return DraftPlace(kind, None)
    if not (about.isascii() and about.isdecimal() and len(about) < 19):  # noqa: PLR2004  fits the database's numbers
        return None
    return DraftPlace(kind, int(about))


def draft_fields(data: QueryDict) -> dict[str, object]:
    """Return what was typed, by the names of the fields, without characters no database keeps."""
    fields: dict[str, object] = {name: _kept(str(data[name])) for name in (*_LINES, *_GUARDS) if data.get(name)}
    if tags := ", ".join(filter(None, data.getlist("tags"))):  # those chosen already are fields of their own
        fields["tags"] = _kept(tags)
    # A switch that is off and a list without a choice are not sent, and are choices all the same.
    fields |= {name: bool(data.get(name)) for name in _SWITCHES if data.get(name) or data.get("signed_in")}
    lists = [name for name in _LISTS if name in data or "begun" in data]
    fields |= {name: [_kept(value) for value in data.getlist(name)[:50]] for name in lists}
    return fields


def sitting_of(data: QueryDict) -> tuple[UUID | None, UUID | None]:
    """Return the number of this sitting at a form, and that of the draft it goes on from."""
    return read_number(data.get("submission_id", "")), read_number(data.get("continues", ""))


def is_worth_keeping(fields: dict[str, object]) -> bool:
    """Say whether somebody has typed words, rather than only chosen from lists."""
    return any(str(fields.get(name, "")).strip() for name in ("title", "body"))


def _kept(text: str) -> str:
    return without_unsafe_characters(text.replace("\r\n", "\n"))[:LONGEST]
