"""A row's fields as the log keeps them, and back again."""

import json
from collections.abc import Iterable
from typing import Any

from django.db import models

from forum.effects.log import Facts


def read(thing: models.Model, names: Iterable[str]) -> Facts:
    """Return these fields in words and numbers that JSON holds."""
    return {name: _plain(_field(thing, name), thing) for name in names}


def write(thing: models.Model, facts: Facts) -> None:
    """Set the fields that `read` returned, for the caller to save."""
    for name, value in facts.items():
        field = _field(thing, name)
        if isinstance(field, models.JSONField):
            setattr(thing, field.attname, json.loads(value))
        else:
            setattr(thing, field.attname, value if value is None else field.to_python(value))


def difference(before: Facts, after: Facts) -> tuple[Facts, Facts]:
    """Return what differs, as it was and as it is."""
    names = [name for name in after if before.get(name) != after[name]]
    return {name: before.get(name) for name in names}, {name: after[name] for name in names}


def _field(thing: models.Model, name: str) -> Any:
    return thing._meta.get_field(name)  # noqa: SLF001 - Django's documented name


def _plain(field: Any, thing: models.Model) -> Any:
    value = field.value_from_object(thing)
    if isinstance(field, models.JSONField):
        return json.dumps(value, sort_keys=True)  # as text, for it may hold fractions
    if value is None or isinstance(value, bool | int):
        return value
    return str(value)
