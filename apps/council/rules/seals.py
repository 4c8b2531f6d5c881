"""Seals: one way to write a record as bytes, and a chain of hashes over the records.

Portal rule, to be confirmed by the organ: a decision is sealed with SHA-256 (FIPS 180-4) over its canonical JSON, which
follows RFC 8785 in spirit (keys sorted by code point, no insignificant blanks, UTF-8) but admits no floating point
numbers.
"""

import hashlib
import json
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

PREVIOUS = "prev_seal"


class NotCanonical(ValueError):
    """A value that has no single written form; the message says where it stands."""


def canonical(content: Any) -> bytes:
    """The one written form of `content`: UTF-8 JSON, keys sorted, text in NFC, ISO dates, instants in UTC.

    Takes mappings with text keys, lists, tuples, text, integers, booleans, None, dates and instants with a zone. Raises
    `NotCanonical` for floats, instants without a zone, keys that are not text or that meet in NFC, and any other type.
    Portal rule, to be confirmed by the organ; normal form of Unicode Standard Annex 15.
    """
    plain = _plain(content, "content")
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def fingerprint(content: Any) -> str:
    """SHA-256 of the canonical form, 64 hexadecimal digits (FIPS 180-4)."""
    return hashlib.sha256(canonical(content)).hexdigest()


def seal(content: Mapping[str, Any], previous: str) -> str:
    """The seal of a record that follows the record sealed `previous` ("" for the first), 64 hexadecimal digits.

    The earlier seal is hashed with the content, under the key `prev_seal`, which the content must not use itself.
    Portal rule, to be confirmed by the organ.
    """
    if PREVIOUS in content:
        raise NotCanonical(f"content.{PREVIOUS}: this key is kept for the earlier seal")
    return fingerprint({**content, PREVIOUS: previous})


def text_hash(preamble: str, clauses: Iterable[tuple[str | int, str]]) -> str:
    """The hash of a text as voted on: the preamble and the (number, text) of each clause in order.

    A number is compared as written, so 1 and "1" are the same clause number. Any other change, a comma included,
    changes the hash. Portal rule, to be confirmed by the organ.
    """
    return fingerprint({"preamble": preamble, "clauses": [[str(number), text] for number, text in clauses]})


def first_break(chain: Sequence[tuple[Mapping[str, Any], str]], previous: str = "") -> int | None:
    """The position of the first record whose seal does not follow from its content and the seal before it, or None.

    `previous` is the seal before the first of the chain. Portal rule, to be confirmed by the organ.
    """
    for position, (content, written) in enumerate(chain):
        if seal(content, previous) != written:
            return position
        previous = written
    return None


def _plain(value: Any, place: str) -> Any:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, date):
        return _moment(value, place)
    if isinstance(value, Mapping):
        return _mapping(value, place)
    if isinstance(value, list | tuple):
        return [_plain(item, f"{place}[{i}]") for i, item in enumerate(value)]
    if isinstance(value, float):
        raise NotCanonical(f"{place}: a floating point number has no single written form; give an integer or text")
    raise NotCanonical(f"{place}: {type(value).__name__} cannot be sealed")


def _moment(value: date, place: str) -> str:
    if not isinstance(value, datetime):
        return value.isoformat()
    if value.tzinfo is None:
        raise NotCanonical(f"{place}: an instant needs its time zone")
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _mapping(value: Mapping[Any, Any], place: str) -> dict[str, Any]:
    plain: dict[str, Any] = {}
    for key, item in value.items():
        if not isinstance(key, str):
            raise NotCanonical(f"{place}: the key {key!r} is not text")
        name = unicodedata.normalize("NFC", key)
        if name in plain:
            raise NotCanonical(f"{place}.{name}: two keys are the same text")
        plain[name] = _plain(item, f"{place}.{name}")
    return plain
