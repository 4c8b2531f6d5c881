"""What a client asks of a collection: filters, a page, a place in the list (TAXII 2.1, sections 3.4 and 3.5)."""

import base64
import datetime
import hashlib
import hmac
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from apps.taxii.stix.ids import canonical, type_of
from apps.taxii.stix.times import moment, text

USUAL, MOST = 100, 1000
DIGITS = re.compile(r"[0-9]+", re.ASCII)
TYPE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
SPEC = re.compile(r"\d+\.\d+", re.ASCII)
MAC = 16
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
MICROSECOND = datetime.timedelta(microseconds=1)
Params = Mapping[str, Sequence[str]]


class BadAsk(ValueError):
    """A parameter that cannot be understood; says which and why."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Filters and page. `versions`: first, last, all or timestamps; `after`: strictly later than this moment."""

    limit: int = USUAL
    after: datetime.datetime | None = None
    ids: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    versions: tuple[str, ...] = ("last",)
    specs: tuple[str, ...] = ()


def asked(params: Params, *filters: str) -> Asked:
    """The parameters that count at an endpoint (id, type, version, spec_version); BadAsk for malformed ones."""
    _no_nul(params)
    given = {name: _words(params, name) if name in filters else () for name in ("id", "type", "version")}
    specs = _words(params, "spec_version") if "spec_version" in filters else ()
    if not all(type_of(one) for one in given["id"]):
        raise BadAsk("match[id] takes STIX identifiers.")
    if not all(TYPE.fullmatch(one) for one in given["type"]):
        raise BadAsk("match[type] takes types of objects.")
    if not all(one in {"first", "last", "all"} or moment(one) for one in given["version"]):
        raise BadAsk("match[version] takes first, last, all or timestamps.")
    if not all(SPEC.fullmatch(one) for one in specs):
        raise BadAsk("match[spec_version] takes versions such as 2.1.")
    return Asked(
        _limit(params), _after(params), given["id"], given["type"], given["version"] or ("last",), tuple(specs)
    )


def _no_nul(params: Params) -> None:
    if any("\x00" in part for name, values in params.items() for part in (name, *values)):
        raise BadAsk("NUL cannot be part of a parameter.")


def _words(params: Params, name: str) -> tuple[str, ...]:
    values = params.get(f"match[{name}]", ())
    found = [word.strip() for value in values for word in value.split(",")]
    if values and not all(found):
        raise BadAsk(f"match[{name}] has an empty value.")
    return tuple(sorted(set(found)))


def _one(params: Params, name: str) -> str | None:
    values = params.get(name, ())
    if len(set(values)) > 1:
        raise BadAsk(f"{name} stands twice.")
    return values[0] if values else None


def _limit(params: Params) -> int:
    given = _one(params, "limit")
    if given is None:
        return USUAL
    if not DIGITS.fullmatch(given) or not given.strip("0"):
        raise BadAsk("limit is a whole number above 0.")
    # a number of thousands of digits is clipped without being read
    return min(int(given), MOST) if len(given) <= 9 else MOST


def _after(params: Params) -> datetime.datetime | None:
    given = _one(params, "added_after")
    found = moment(given) if given is not None else None
    if given is not None and found is None:
        raise BadAsk("added_after is a timestamp such as 2026-03-01T10:00:00.000000Z.")
    return found


def place(params: Params, key: bytes, collection: object, filters: Asked) -> datetime.datetime | None:
    """Where the page before ended; None at the beginning; BadAsk for a `next` of another list or none of ours."""
    given = _one(params, "next")
    if given is None:
        return None
    try:
        raw = base64.b64decode(given.encode("ascii") + b"=" * (-len(given) % 4), altchars=b"-_", validate=True)
    except ValueError:
        raise BadAsk("next is not one of this list.") from None
    micros, mac = raw[:8], raw[8:]
    if not hmac.compare_digest(mac, _mac(key, collection, filters, micros)):
        raise BadAsk("next is not one of this list.")
    return EPOCH + int.from_bytes(micros) * MICROSECOND


def following(last: datetime.datetime, key: bytes, collection: object, filters: Asked) -> str:
    """The `next` after an entry: opaque, and good for this collection and these filters alone."""
    micros = ((last - EPOCH) // MICROSECOND).to_bytes(8)
    return base64.urlsafe_b64encode(micros + _mac(key, collection, filters, micros)).rstrip(b"=").decode()


def _mac(key: bytes, collection: object, filters: Asked, micros: bytes) -> bytes:
    after = text(filters.after) if filters.after else ""
    bound = [str(collection), after, filters.ids, filters.types, filters.versions, filters.specs]
    return hmac.new(key, canonical(bound).encode() + micros, hashlib.sha256).digest()[:MAC]
