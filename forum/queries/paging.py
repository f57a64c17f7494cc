"""Keyset paging: a page begins beside a row, not at a number, so page 1,000 costs what page 2 costs."""

import base64
import binascii
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.db.models import (
    BooleanField,
    DateTimeField,
    Expression,
    F,
    Field,
    FloatField,
    Func,
    Model,
    Q,
    QuerySet,
    Value,
)
from django.db.models import IntegerField as WholeNumberField
from django.http import Http404

Row = TypeVar("Row")
Other = TypeVar("Other")

NO_SUCH_PAGE = "This page of the list doesn’t exist. The link may be incomplete."

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_CURSOR_LENGTH = 400
_LARGEST = 2**63
_MANY_PARTS = 5


@dataclass(frozen=True)
class Place:
    """Where a page of a list begins: at its top, or just older or just newer than a row."""

    older: str = ""
    newer: str = ""


TOP = Place()


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows of a list, and the addresses of its neighbours (empty where the list ends)."""

    rows: tuple[Row, ...]
    newer_url: str = ""
    older_url: str = ""

    @property
    def has_neighbours(self) -> bool:
        """Whether the list goes on beyond this page."""
        return bool(self.newer_url or self.older_url)

    def with_rows(self, rows: Sequence[Other]) -> "Page[Other]":
        """Return the same place of the list, its rows told in another way."""
        return Page(tuple(rows), self.newer_url, self.older_url)


@dataclass(frozen=True)
class Tab:
    """One of the orders of a list, with the address of the list in it."""

    label: str
    url: str
    is_current: bool


def read_place(query: Mapping[str, str]) -> Place:
    """Read `?older=` or `?newer=`; raise `Http404` when both are there or one is absurdly long."""
    place = Place(older=query.get("older", ""), newer=query.get("newer", ""))
    if (place.older and place.newer) or len(place.older) + len(place.newer) > _CURSOR_LENGTH:
        raise Http404(NO_SUCH_PAGE)
    return place


def with_query(path: str, **parameters: str) -> str:
    """Return `path` with those parameters that say something."""
    said = {name: value for name, value in parameters.items() if value}
    return f"{path}?{urlencode(said)}" if said else path


def get_page(queryset: QuerySet[Any], order: Sequence[str], size: int, place: Place, base_url: str) -> Page[int]:
    """Return the ids of one page of `queryset` in `order`, whose last name is `pk` or `-pk`.

    Asks once; twice where "Newer" reaches the top, which is then shown as the whole first page.
    `base_url` is the list's own address, to which the cursors are added.
    """
    keys = _keys(queryset, order, size, place)
    if place.newer and len(keys) <= size:
        place = TOP
        keys = _keys(queryset, order, size, place)
    has_more = len(keys) > size
    keys = keys[:size]
    if place.newer:
        keys.reverse()
    newer = older = ""
    if keys and (place.older or place.newer):
        newer = _add(base_url, "newer", write_cursor(keys[0]))
    elif place.older:
        newer = base_url
    if keys and (has_more or place.newer):
        older = _add(base_url, "older", write_cursor(keys[-1]))
    return Page(tuple(int(key[-1]) for key in keys), newer, older)


def write_cursor(key: Sequence[Any]) -> str:
    """Return the values a row is ordered by, as text for an address."""
    return "~".join(_write_value(value) for value in key)


def read_cursor(text: str, fields: Sequence["Field[Any, Any]"]) -> list[Any]:
    """Return the values that `write_cursor` wrote; raise `Http404` for anything it could not have written."""
    parts = text.split("~", _MANY_PARTS)
    if len(parts) != len(fields):
        raise Http404(NO_SUCH_PAGE)
    try:
        return [_read_value(part, field) for part, field in zip(parts, fields, strict=True)]
    except (ValueError, OverflowError, binascii.Error) as error:
        raise Http404(NO_SUCH_PAGE) from error


def _keys(queryset: QuerySet[Any], order: Sequence[str], size: int, place: Place) -> list[tuple[Any, ...]]:
    """Return the ordering values of one row more than a page, nearest first."""
    names = [name.removeprefix("-") for name in order]
    text = place.older or place.newer
    if text:
        values = read_cursor(text, [_field(queryset.model, name) for name in names])
        queryset = queryset.filter(_beyond(queryset.model, order, values, is_older=bool(place.older)))
    if place.newer:
        order = [name.removeprefix("-") if name.startswith("-") else f"-{name}" for name in order]
    return list(queryset.order_by(*order).values_list(*names)[: size + 1])


def _field(model: type[Model], name: str) -> "Field[Any, Any]":
    field = model._meta.pk if name == "pk" else model._meta.get_field(name)  # noqa: SLF001 - Django's documented name
    if not isinstance(field, Field):
        raise TypeError(f"{name} is not a column to order by.")
    return field


def _beyond(model: type[Model], order: Sequence[str], values: Sequence[Any], *, is_older: bool) -> Any:
    """Return the condition that a row stands beyond the one with `values`."""
    if len({name.startswith("-") for name in order}) == 1:
        goes_down = order[0].startswith("-") == is_older
        return _row_values(model, order, values, "<" if goes_down else ">")
    condition = Q()
    for position, name in enumerate(order):
        same = {earlier.removeprefix("-"): values[at] for at, earlier in enumerate(order[:position])}
        lookup = "lt" if name.startswith("-") == is_older else "gt"
        condition |= Q(**same, **{f"{name.removeprefix('-')}__{lookup}": values[position]})
    return condition


def _row_values(model: type[Model], order: Sequence[str], values: Sequence[Any], sign: str) -> Expression:
    """Return `(a, b) < (1, 2)`: written so, PostgreSQL seeks to the row in the index.

    SQLite 3.40 seeks to the first value and then walks those that share it: 24 ms for 200,000 of them, so it is
    felt only in the list of the most voted, where most have no vote.
    """
    names = [name.removeprefix("-") for name in order]
    columns = [F(name) for name in names]
    given = [Value(value, output_field=_field(model, name)) for name, value in zip(names, values, strict=True)]
    row = "(%(expressions)s)"
    return Func(
        Func(*columns, template=row, output_field=BooleanField()),
        Func(*given, template=row, output_field=BooleanField()),
        template="%(expressions)s",
        arg_joiner=f" {sign} ",
        output_field=BooleanField(),
    )


def _write_value(value: Any) -> str:
    if isinstance(value, datetime):
        return str((value - _EPOCH) // _MICROSECOND)
    if isinstance(value, str):
        return base64.urlsafe_b64encode(value.encode()).decode().rstrip("=")
    return repr(value)


def _read_value(text: str, field: "Field[Any, Any]") -> Any:
    """Return `text` as a value of `field`; raise `ValueError` for anything else."""
    if isinstance(field, DateTimeField):
        return _EPOCH + timedelta(microseconds=int(text))
    if isinstance(field, FloatField):
        number = float(text)
        if not math.isfinite(number):
            raise ValueError(text)
        return number
    if isinstance(field, WholeNumberField):
        whole = int(text)
        if abs(whole) >= _LARGEST:
            raise ValueError(text)
        return whole
    words = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True).decode()
    if "\x00" in words:
        raise ValueError(text)
    return words


def _add(url: str, name: str, cursor: str) -> str:
    return f"{url}{'&' if '?' in url else '?'}{urlencode({name: cursor})}"
