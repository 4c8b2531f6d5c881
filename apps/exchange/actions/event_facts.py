"""What listeners are told of a request: desks, its number, how high it is marked; never a word of it."""

import datetime
from collections.abc import Iterable
from typing import Any

from apps.exchange.models import Addressee, Request


def of_request(row: Request, desks: Iterable[int | str], **more: Any) -> dict[str, Any]:
    """The payload of an event of a request, for desks that have it whole."""
    return _said(row, row.pk, desks, row.due_at, **more)


def of_part(row: Addressee, desks: Iterable[int | str], **more: Any) -> dict[str, Any]:
    """The payload of an event of the part of one desk."""
    return _said(row, row.pk, desks, row.due_at, **more)


def _said(row: Any, key: Any, desks: Iterable[int | str], due: datetime.datetime | None, **more: Any) -> dict[str, Any]:
    return {
        "id": str(key),
        "line": row.line,
        "number": row.number,
        "level": row.level,
        "desks": sorted(set(desks), key=str),
        "due": due.isoformat() if due else "",
        **more,
    }
