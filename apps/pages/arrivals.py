"""What arrived since a list was opened: told in a line above it, so that new rows never move those being read.

An open list asks for itself as of the moment at which it was made (`upto`). Records of time-ordered keys
(apps.access.ids) tell by their keys which are newer; of others the greatest key is remembered.
"""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import ngettext

from apps.access.pagination import no_place

MOST = 100


@dataclass(frozen=True, slots=True)
class Arrived:
    """The line above a list; `live` is the address by which an open list asks anew, "" for one that does not."""

    said: str = ""
    fresh: str = ""
    live: str = ""
    event: str = ""
    seen: str = ""


def up_to(rows: Any, place: str) -> Any:
    """The rows that were there at a moment; ValidationError for what is none."""
    if not place or not isinstance(rows, QuerySet):
        return rows
    return rows.filter(pk__lte=_key(rows.model, place))


def of(shown: Any, rows: Any, page: list[Any], body: str) -> Arrived:
    """What arrived since, and how the list goes on asking."""
    if not shown.live or not shown.of:
        return Arrived()
    asking, place = shown.asking, shown.asking.get("upto")
    n = rows.filter(pk__gt=_key(rows.model, place)).order_by()[:MOST].count() if place and _is_query(rows) else 0
    said = _said(n, place, shown.around.zone) if n else ""
    here = asking.url(stays=True, upto=place or _now(rows)) if _is_query(rows) else asking.url(stays=True)
    seen = hashlib.blake2b(f"{body}{said}{asking.url(stays=True)}".encode(), digest_size=9).hexdigest()
    event = f"{shown.of.replace('.', '-')}-changed"
    live = f"{shown.request.path}{here}{'&' if len(here) > 1 else ''}{asking.name('seen')}={seen}"
    return Arrived(said, asking.url(), live, event, seen)


def _is_query(rows: Any) -> bool:
    return isinstance(rows, QuerySet)


def _said(n: int, place: str, zone: str) -> str:
    """ "2 entries arrived since 16:50"."""
    since = datetime.fromtimestamp(_moment_ms(place) / 1000, ZoneInfo(zone))
    words = ngettext("%(n)d arrived since %(time)s", "%(n)d arrived since %(time)s", n)
    return words % {"n": n, "time": date_format(since, "H:i")}


def _now(rows: QuerySet[Any]) -> str:
    """This moment as a place: milliseconds, and the greatest key where keys do not tell the time."""
    stamp = int(timezone.now().timestamp() * 1000)
    if isinstance(rows.model._meta.pk, models.UUIDField):
        return str(stamp)
    last = rows.order_by("-pk").values_list("pk", flat=True).first()
    return f"{stamp}.{last if last is not None else 0}"


def _moment_ms(place: str) -> int:
    text = place.partition(".")[0]
    if not text.isdecimal() or len(text) > 14:
        raise no_place("upto")
    return int(text)


def _key(model: Any, place: str) -> Any:
    """The greatest key of a moment."""
    stamp, _dot, last = place.partition(".")
    if isinstance(model._meta.pk, models.UUIDField):
        # version and variant are the greatest of version 7 (RFC 9562, 5.7)
        return uuid.UUID(int=_moment_ms(stamp) << 80 | 0x7FFF << 64 | 0xBFFF << 48 | (1 << 48) - 1)
    _moment_ms(stamp)
    if not last.isdecimal() or len(last) > 18:
        raise no_place("upto")
    return int(last)
