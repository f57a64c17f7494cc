"""The texts every site begins with, which an owner then edits: reasons for reports and closures, replies."""

import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import models

from forum.models import CloseReason, FlagReason, Reply

_FIXTURES = Path(settings.BASE_DIR) / "fixtures"


def add_missing() -> None:
    """Add each reason and reply that the site comes with and does not have; what is there stays as it is."""
    for table, name in (
        (FlagReason.objects, "flag_reasons.json"),
        (CloseReason.objects, "close_reasons.json"),
        (Reply.objects, "replies.json"),
    ):
        _add(table, name)


def _add(table: "models.Manager[Any]", name: str) -> None:
    rows: list[dict[str, Any]] = json.loads((_FIXTURES / name).read_text(encoding="utf-8"))
    there = set(table.values_list("pk", flat=True))
    missing = [table.model(position=place, **row) for place, row in enumerate(rows) if row["key"] not in there]
    table.bulk_create(missing)
