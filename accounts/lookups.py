"""Hand a long list of ids to the database as one value: PostgreSQL takes 65,535 values a statement, SQLite 32,766."""

import json
from typing import Any, Final

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import ForeignObject, IntegerField
from django.db.models.fields.related_lookups import RelatedIn
from django.db.models.lookups import In
from django.db.models.sql.compiler import SQLCompiler

LONG: Final = 1_000  # from here on; what pages ask stays as Django writes it


class _OfManyIds:
    """What `__in` does with a long list of numbers; any other list is Django's."""

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        """Write the condition."""
        ids = _long_list(self.rhs) if self.rhs_is_direct_value() else None  # type: ignore[attr-defined]
        if ids is None:
            return super().as_sql(compiler, connection)  # type: ignore[misc, no-any-return]
        sql, params = self.process_lhs(compiler, connection)  # type: ignore[attr-defined]
        if connection.vendor == "postgresql":
            return f"{sql} = ANY(%s::bigint[])", [*params, ids]
        in_array = f"{sql} IN (SELECT value FROM json_each(%s))"  # noqa: S608 - a column of ours
        return in_array, [*params, json.dumps(ids)]


class InIds(_OfManyIds, In):
    """`id__in` of however many ids."""


class InRelatedIds(_OfManyIds, RelatedIn):
    """`question__in` of however many ids or rows."""


def register() -> None:
    """Let every `__in` on an id, or on a key that leads to one, be one of these."""
    IntegerField.register_lookup(InIds)
    ForeignObject.register_lookup(InRelatedIds)


def _long_list(rhs: Any) -> list[int] | None:
    if len(rhs) < LONG:
        return None
    ids = [each for each in rhs if each is not None]  # NULL is never equal to anything
    return ids if ids and all(isinstance(each, int) for each in ids) else None
