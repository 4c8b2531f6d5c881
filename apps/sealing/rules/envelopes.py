"""The form of a sealed text, as a browser or program sends it. What is in it nobody here can tell.

    {"v": 1, "id": uuid, "body": bytes, "count": paragraphs, "author": {"public", "enc", "key"},
     "shares": {party: [{"key": id of the holder's key, "x": 1 to 255, "check": hex, "enc", "share"}]}}

Bytes are base64url without padding. A fault is a ValueError with a code of FAULTS.
"""

import re
import uuid
from dataclasses import dataclass
from typing import Any

from apps.sealing.rules.points import read_bytes, read_point

NEEDED = 2
"""Holders who open a text together: shares are on a line."""

LEAST_HOLDERS = 3
"""Of a State whose texts are sealed: one key may be lost, and two still open."""

MOST_HOLDERS = 12
LONGEST_BODY = 800_000
"""Characters; about 600 KB of text."""

NONCE, TAG, KEY_BYTES, BLOCK = 12, 16, 32, 1024
CHECK = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A share for one key: what was encapsulated, and the share under it."""

    enc: str
    share: str


@dataclass(frozen=True, slots=True)
class Share:
    """A share of one holder's key. `check` is a hash of the share by which it is known again once it is open."""

    key: uuid.UUID
    x: int
    check: str
    wrapped: Wrapped


@dataclass(frozen=True, slots=True)
class Envelope:
    """A sealed text: its body, how many paragraphs it says it has, shares by party, and its author's own way in."""

    id: uuid.UUID
    body: str
    count: int
    shares: dict[str, tuple[Share, ...]]
    author: dict[str, str]


def read_envelope(given: Any) -> Envelope:
    """An envelope of the right form; ValueError with the code of what is wrong."""
    if not isinstance(given, dict) or set(given) != {"v", "id", "body", "count", "shares", "author"} or given["v"] != 1:
        raise ValueError("form")
    count, body = given["count"], given["body"]
    if not isinstance(count, int) or isinstance(count, bool) or not isinstance(body, str) or len(body) > LONGEST_BODY:
        raise ValueError("form")
    whole = _bytes(body)
    if len(whole) <= NONCE + TAG or (len(whole) - NONCE - TAG) % BLOCK:
        raise ValueError("body")
    if not isinstance(given["shares"], dict):
        raise ValueError("form")
    shares = {str(party): read_shares(rows) for party, rows in given["shares"].items()}
    return Envelope(_id(given["id"]), body, count, shares, _author(given["author"]))


def read_shares(rows: Any) -> tuple[Share, ...]:
    """Shares of one party, each of another key and another place on the line; ValueError."""
    if not isinstance(rows, list) or len(rows) > MOST_HOLDERS:
        raise ValueError("shares")
    found = tuple(_share(row) for row in rows)
    if len({one.x for one in found}) < len(found) or len({one.key for one in found}) < len(found):
        raise ValueError("shares")
    return found


def read_wrapped(enc: Any, share: Any) -> Wrapped:
    """A share under a key; ValueError where it is not as long as one is."""
    if not isinstance(enc, str) or not isinstance(share, str):
        raise ValueError("shares")
    _point(enc)
    _bytes(share, KEY_BYTES + TAG)
    return Wrapped(enc, share)


def _share(row: Any) -> Share:
    if not isinstance(row, dict) or set(row) != {"key", "x", "check", "enc", "share"}:
        raise ValueError("shares")
    x, check = row["x"], row["check"]
    if not isinstance(x, int) or isinstance(x, bool) or not 1 <= x <= 255:
        raise ValueError("shares")
    if not isinstance(check, str) or not CHECK.fullmatch(check):
        raise ValueError("shares")
    return Share(_id(row["key"]), x, check, read_wrapped(row["enc"], row["share"]))


def _author(given: Any) -> dict[str, str]:
    if not isinstance(given, dict) or set(given) != {"public", "enc", "key"}:
        raise ValueError("author")
    _point(given["public"])
    wrapped = read_wrapped(given["enc"], given["key"])
    return {"public": given["public"], "enc": wrapped.enc, "key": wrapped.share}


def _id(given: Any) -> uuid.UUID:
    """An id written the one way there is: what is encrypted is bound to these very letters."""
    try:
        found = uuid.UUID(str(given))
    except ValueError:
        raise ValueError("form") from None
    if str(found) != given:
        raise ValueError("form")
    return found


def _bytes(text: Any, length: int = 0) -> bytes:
    try:
        return read_bytes(text, length)
    except (ValueError, TypeError):
        raise ValueError("bytes") from None


def _point(text: Any) -> None:
    try:
        read_point(text)
    except (ValueError, TypeError):
        raise ValueError("bytes") from None
