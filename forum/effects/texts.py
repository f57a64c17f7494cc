"""The texts every site begins with, which an owner then edits: reasons, replies, words that call for care."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models

from forum.models import CarePhrase, CloseReason, FlagReason, Reply

_FIXTURES = Path(settings.BASE_DIR) / "fixtures"
_TABLES: tuple[tuple["models.Manager[Any]", str], ...] = (
    (FlagReason.objects, "flag_reasons.json"),
    (CloseReason.objects, "close_reasons.json"),
    (Reply.objects, "replies.json"),
    (CarePhrase.objects, "care_phrases.json"),
)


def add_missing() -> None:
    """Add each reason, reply and phrase that the site comes with and does not have; what is there stays as it is."""
    for table, name in _TABLES:
        _add(table, name)


def came_with_the_site(row: models.Model) -> bool:
    """Say whether `row` is one that `add_missing` would put back."""
    return any(isinstance(row, table.model) and getattr(row, "key", None) in _keys(name) for table, name in _TABLES)


@cache
def _keys(name: str) -> frozenset[str]:
    return frozenset(row["key"] for row in _rows(name))


def _rows(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((_FIXTURES / name).read_text(encoding="utf-8"))
    return rows


def _add(table: "models.Manager[Any]", name: str) -> None:
    there = set(table.values_list("key", flat=True))
    has_place = any(field.name == "position" for field in table.model._meta.fields)  # noqa: SLF001 - Django's documented name
    missing = [
        table.model(**row, **({"position": place} if has_place else {}))
        for place, row in enumerate(_rows(name))
        if row["key"] not in there
    ]
    table.bulk_create(missing)
