"""Pages of a list by key (value of the order, primary key): a page costs the same wherever it lies, and nothing moves
under a reader. Rows without a value come last in either direction. Of rows that are no query likewise, in memory.
"""

import base64
import binascii
import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import F, Q, QuerySet

from apps.access.pagination import no_place
from apps.pages.columns import value_at

ABSENT = "\x00"
"""Stands in a key for a value that is null."""


class Cut(NamedTuple):
    """The rows of a page, and the keys from which the pages before and after it go on; "" where there is none."""

    rows: list[Any]
    before: str
    after: str


def cut(rows: Any, order: str, size: int, *, after: str = "", before: str = "") -> Cut:
    """A page; ValidationError for a key that is no place of the list."""
    down, column = order.startswith("-"), order.removeprefix("-")
    key, back = after or before, bool(before)
    if isinstance(rows, QuerySet):
        found = _queried(rows, column, key, down != back, back, size)
    else:
        found = _listed(rows, column, key, down, back, size)
    more, found = len(found) > size, found[:size]
    found = found[::-1] if back else found
    earlier, later = (more if back else bool(key)), (True if back else more)
    return Cut(
        found,
        key_of(found[0], column) if found and earlier else "",
        key_of(found[-1], column) if found and later else "",
    )


def bound_of(rows: Any, order: str, after: str) -> Any:
    """The key below which a page lies that is read newest first; None for any other."""
    if not after or order != "-pk" or not isinstance(rows, QuerySet):
        return None
    return _read_key(rows.model, "pk", after)[1]


def in_order(rows: Any, order: str) -> Any:
    """The rows in an order."""
    down, column = order.startswith("-"), order.removeprefix("-")
    if isinstance(rows, QuerySet):
        return rows.order_by(*_ordering(column, down, last_first=False))
    return _sorted(rows, column, down)


def _queried(rows: QuerySet[Any], column: str, key: str, down: bool, back: bool, size: int) -> list[Any]:
    if key:
        rows = rows.filter(_beyond(column, _read_key(rows.model, column, key), down, back))
    return list(rows.order_by(*_ordering(column, down, back))[: size + 1])


def _ordering(column: str, down: bool, last_first: bool) -> list[Any]:
    """Order by a column and then by key; rows without a value come last, or first when the list is read backwards."""
    if column == "pk":
        return ["-pk" if down else "pk"]
    nulls = {"nulls_first": True} if last_first else {"nulls_last": True}
    return [F(column).desc(**nulls) if down else F(column).asc(**nulls), "-pk" if down else "pk"]


def _beyond(column: str, key: tuple[Any, Any], down: bool, last_first: bool) -> Q:
    """The rows that come after a key in this direction."""
    value, pk = key
    further = Q(**{f"pk__{'lt' if down else 'gt'}": pk})
    if column == "pk":
        return further
    if value is None:
        same = Q(**{f"{column}__isnull": True}) & further
        return same | Q(**{f"{column}__isnull": False}) if last_first else same
    beyond = Q(**{f"{column}__{'lt' if down else 'gt'}": value}) | (Q(**{column: value}) & further)
    return beyond if last_first else beyond | Q(**{f"{column}__isnull": True})


def _listed(rows: Sequence[Any], column: str, key: str, down: bool, back: bool, size: int) -> list[Any]:
    """The same of rows in memory; a key whose row is gone begins the list anew."""
    ordered = _sorted(rows, column, down)
    ordered = ordered[::-1] if back else ordered
    keys = [key_of(row, column) for row in ordered] if key else []
    start = keys.index(key) + 1 if key in keys else 0
    return ordered[start : start + size + 1]


def _sorted(rows: Sequence[Any], column: str, down: bool) -> list[Any]:
    if column in {"pk", ""}:
        return list(reversed(rows)) if down and column else list(rows)
    path = column.replace("__", ".")
    known = [row for row in rows if value_at(row, path) is not None]
    rest = [row for row in rows if value_at(row, path) is None]
    return sorted(known, key=lambda row: value_at(row, path), reverse=down) + rest


def pk_of(row: Any) -> Any:
    """The key of a record; of what was worked out from one, that record's."""
    return row.pk if hasattr(row, "pk") else getattr(row, "row", row).pk


def key_of(row: Any, column: str) -> str:
    """A place in a list, for an address: the value of the order and the primary key."""
    value = None if column in {"pk", ""} else value_at(row, column.replace("__", "."))
    text = json.dumps([ABSENT if value is None else str(value), str(pk_of(row))])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read_key(model: Any, column: str, text: str) -> tuple[Any, Any]:
    """(value, primary key) of a place; ValidationError for what is none."""
    try:
        value, pk = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        known = None if value == ABSENT else value
        return (None if column == "pk" or known is None else field_at(model, column).to_python(known)), (
            model._meta.pk.to_python(pk)
        )
    except (ValueError, TypeError, binascii.Error, ValidationError) as wrong:
        raise no_place("after") from wrong


def field_at(model: Any, column: str) -> Any:
    """The field of a model at "desk__party"."""
    *path, last = column.split("__")
    for name in path:
        model = model._meta.get_field(name).related_model
    return model._meta.get_field(last)
