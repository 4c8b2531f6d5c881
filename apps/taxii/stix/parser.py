"""JSON from strangers: UTF-8, no duplicate keys, no NaN, no half of a surrogate pair, no NUL, not too deep.

Python's own reader takes all of these; PostgreSQL and other consumers do not. Each object is also kept as it was
written, so that what goes out again is what came in.
"""

import json
import math
import re
from typing import Any

MOST_BYTES, DEEPEST, DIRECT = 4 * 2**20, 64, 500
"""Bytes of a request; levels of nesting; objects that are taken in at once."""

BLANK = re.compile(r"[ \t\n\r]*")
STRINGS = re.compile(r'"(?:[^"\\]|\\.)*"?', re.DOTALL)
SURROGATE = re.compile(r"[\ud800-\udfff]")
Item = tuple[Any, str]


class BadJson(ValueError):
    """What was sent cannot be read; says what is wrong, in words for the sender."""


def envelope(data: bytes) -> list[Item]:
    """[(object, its own text)] of an envelope or a bundle; BadJson for whatever is neither."""
    text = _text(data)
    try:
        found = _members(text)
    except RecursionError:
        raise BadJson(f"JSON is nested deeper than {DEEPEST} levels.") from None
    except json.JSONDecodeError as wrong:
        raise BadJson(f"This is not JSON: {wrong.msg} at character {wrong.pos}.") from None
    except ValueError as wrong:
        # an integer of thousands of digits is refused by Python itself
        raise wrong if isinstance(wrong, BadJson) else BadJson("A number is too long.") from None
    if not found:
        raise BadJson("Send an object with a list `objects` that holds at least one STIX object.")
    return found


def _text(data: bytes) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise BadJson("Send UTF-8.") from None
    if text.startswith("\ufeff"):
        raise BadJson("Leave the byte order mark out.")
    if depth(text) > DEEPEST:
        raise BadJson(f"JSON is nested deeper than {DEEPEST} levels.")
    return text


def depth(text: str) -> int:
    """How deep brackets nest outside of strings, without reading what they hold."""
    deepest = level = 0
    for mark in re.findall(r"[\[\]{}]", STRINGS.sub("", text)):
        level += 1 if mark in "[{" else -1
        deepest = max(deepest, level)
    return deepest


def _members(text: str) -> list[Item]:
    """Walk the keys of the envelope and keep the elements of `objects` with their texts."""
    place = _blank(text, 0)
    if text[place : place + 1] != "{":
        raise BadJson("Send a TAXII envelope: an object with a list `objects`.")
    found: list[Item] | None = None
    names: set[str] = set()
    place = _blank(text, place + 1)
    while text[place : place + 1] != "}":
        name, place = _READER.raw_decode(text, place)
        if not isinstance(name, str) or name in names:
            raise BadJson("A key stands twice, or is no text.")
        names.add(name)
        place = _expect(text, place, ":")
        if name == "objects":
            found, place = _elements(text, place)
        else:
            clean, place = _READER.raw_decode(text, place)
            _check_texts(clean)
        place = _blank(text, place)
        if text[place : place + 1] == ",":
            place = _blank(text, place + 1)
            if text[place : place + 1] != '"':
                raise BadJson("A comma is followed by no key.")
        elif text[place : place + 1] != "}":
            raise BadJson("The envelope does not end.")
    if _blank(text, place + 1) != len(text):
        raise BadJson("Something follows the end of the envelope.")
    return found or []


def elements(text: str) -> list[Item]:
    """[(object, its own text)] of a list that was read before."""
    return _elements(text, 0)[0]


def _elements(text: str, place: int) -> tuple[list[Item], int]:
    if text[place : place + 1] != "[":
        raise BadJson("`objects` is a list.")
    found: list[Item] = []
    place = _blank(text, place + 1)
    while text[place : place + 1] != "]":
        value, end = _READER.raw_decode(text, place)
        _check_texts(value)
        found.append((value, text[place:end]))
        place = _blank(text, end)
        if text[place : place + 1] == ",":
            place = _blank(text, place + 1)
            if text[place : place + 1] == "]":
                raise BadJson("A comma is followed by no object.")
        elif text[place : place + 1] != "]":
            raise BadJson("The list of objects does not end.")
    return found, place + 1


def _blank(text: str, place: int) -> int:
    found = BLANK.match(text, place)
    return found.end() if found else place


def _expect(text: str, place: int, mark: str) -> int:
    place = _blank(text, place)
    if text[place : place + 1] != mark:
        raise BadJson(f"`{mark}` is missing at character {place}.")
    return _blank(text, place + 1)


def unstorable(value: Any) -> bool:
    """Whether a text in it has NUL or half of a surrogate pair, which neither UTF-8 nor PostgreSQL has."""
    if isinstance(value, str):
        return "\x00" in value or bool(SURROGATE.search(value))
    if isinstance(value, dict):
        return any(unstorable(name) or unstorable(one) for name, one in value.items())
    return isinstance(value, list) and any(unstorable(one) for one in value)


def _check_texts(value: Any) -> None:
    if unstorable(value):
        raise BadJson("A text has NUL or half of a surrogate pair in it.")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise BadJson("A key stands twice in one object.")
    return found


def _no_constant(name: str) -> Any:
    raise BadJson(f"{name} is not JSON.")


def _finite(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise BadJson("A number is too large.")
    return value


_READER = json.JSONDecoder(object_pairs_hook=_once, parse_constant=_no_constant, parse_float=_finite)
