"""Pages by key over any order: a cursor names the last row seen, so that a page never moves under its reader."""

import base64
import binascii
import datetime
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

FOREVER = datetime.date(9999, 12, 31)
"""Where a day is missing: sorted last."""
NOBODY = UUID(int=2**128 - 1)
"""Where a record is missing: sorted last."""
LONGEST = 600


@dataclass(frozen=True, slots=True)
class Key:
    """Something never null that rows are sorted by; `read` makes its value of the text in a cursor."""

    expression: Any
    read: Callable[[str], Any] = str


BY_ROW = Key(F("pk"), UUID)


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of one page from `place` on (0 is the first), and the queries of the pages beside it, if there are."""

    rows: list[Any]
    place: int
    newer: str
    older: str

    def said(self, total: int) -> str:
        """ "51 to 100 of 2000" """
        words = {"first": self.place + 1, "last": self.place + len(self.rows), "all": total}
        return pgettext("words, impacs", "%(first)s to %(last)s of %(all)s") % words if self.rows else ""


def day(text: str) -> datetime.date:
    """A day in a cursor."""
    return datetime.date.fromisoformat(text)


def cut(rows: Any, keys: Sequence[Key], params: Any, size: int, *, backwards: bool = False) -> Page:
    """The page of a queryset sorted by `keys` and at last by its primary key that `before` or `after` ask for.

    One query, and on later pages one for the place. A cursor that cannot be read is a ValidationError at its
    parameter.
    """
    all_keys = (*keys, BY_ROW)
    names = [f"sorted_{place}" for place in range(len(all_keys))]
    rows = rows.annotate(**{name: key.expression for name, key in zip(names, all_keys, strict=True)})
    after, before = _values(params, "after", all_keys), _values(params, "before", all_keys)
    forwards = before is None
    ascending = forwards != backwards
    mark = after or before
    narrowed = rows.filter(_beyond(names, mark, ascending)) if mark else rows
    found = list(narrowed.order_by(*(name if ascending else f"-{name}" for name in names))[: size + 1])
    more, found = len(found) > size, found[:size]
    found = found if forwards else found[::-1]
    place = 0
    if found and (after or (before and more)):
        first = [getattr(found[0], name) for name in names]
        place = rows.filter(_beyond(names, first, backwards)).order_by().count()
    rest = {name: value for name, value in params.items() if name not in {"after", "before"} and value}
    return Page(
        found,
        place,
        _query(rest, "before", names, found[0]) if place else "",
        _query(rest, "after", names, found[-1]) if found and (more or not forwards) else "",
    )


def _beyond(names: Sequence[str], values: Sequence[Any], ascending: bool) -> Q:
    """(a, b, c) > (x, y, z), or < when descending, in words that every column's index can use."""
    lookup = "gt" if ascending else "lt"
    found = Q()
    for place, name in enumerate(names):
        same = {earlier: value for earlier, value in zip(names[:place], values[:place], strict=True)}
        found |= Q(**same, **{f"{name}__{lookup}": values[place]})
    return found


def _query(rest: dict[str, str], name: str, names: Sequence[str], row: Any) -> str:
    texts = [str(getattr(row, one)) for one in names]
    sealed = base64.urlsafe_b64encode(json.dumps(texts).encode()).decode().rstrip("=")
    return "?" + urlencode({**rest, name: sealed})


def _values(params: Any, name: str, keys: Sequence[Key]) -> list[Any] | None:
    text = params.get(name, "")
    if not text:
        return None
    try:
        texts = json.loads(base64.urlsafe_b64decode(text[:LONGEST] + "=" * (-len(text[:LONGEST]) % 4)))
        if not isinstance(texts, list) or len(texts) != len(keys):
            raise ValueError(text)
        return [key.read(str(each)) for key, each in zip(keys, texts, strict=True)]
    except (ValueError, binascii.Error, RecursionError):
        raise ValidationError(
            {name: _("This position in the list is not known. Start again from the first page.")}
        ) from None
