"""Nationalities and issuing States: ISO 3166-1 alpha-3 and ICAO Doc 9303-3 special codes from what was sent."""

from __future__ import annotations

import csv
import unicodedata
from dataclasses import dataclass, field
from functools import cache, lru_cache

from .grade import DATA


@dataclass(frozen=True, slots=True)
class State:
    """A State's code and how it was found: `code`, `two_letter`, `name`, `old` or `unknown` (kept as sent)."""

    code: str
    how: str


@dataclass(slots=True)
class _Table:
    codes: set[str] = field(default_factory=set)
    two_letter: dict[str, str] = field(default_factory=dict)
    numeric: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    old: dict[str, str] = field(default_factory=dict)


def fold(name: str) -> str:
    """A place or country name for comparison: no accents or punctuation, SAINT for ST, AND for &."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name.upper()) if not unicodedata.combining(c))
    plain = plain.replace("&", " AND ").replace("'", "").replace("\u2019", "")
    words = "".join(c if c.isalnum() else " " for c in plain).split()
    return " ".join("SAINT" if word == "ST" else word for word in words)


@cache
def _table() -> _Table:
    table = _Table()
    with (DATA / "nationalities.csv").open(encoding="utf-8", newline="") as source:
        for row in csv.DictReader(source):
            code, target = row["code"], row["maps_to"] or row["code"]
            if row["kind"] == "specimen":
                continue  # never valid on a live list
            if row["kind"] in ("withdrawn", "alias") or row["maps_to"]:
                table.old[code] = target
                continue
            table.codes.add(code)
            table.names[fold(row["name"])] = code
            table.names.update((fold(name), code) for name in row["other_names"].split("|") if name)
            if row["alpha2"]:
                table.two_letter[row["alpha2"]] = code
            if row["numeric"]:
                table.numeric[row["numeric"]] = code
    with (DATA / "demonyms.csv").open(encoding="utf-8", newline="") as source:
        for row in csv.DictReader(source):
            for word in row["words"].split("|"):
                table.names.setdefault(fold(word), row["code"])
    table.two_letter["UK"] = "GBR"  # common in manifests, reserved in ISO 3166-1 for the United Kingdom
    return table


@lru_cache(maxsize=2048)
def read_state(value: str) -> State:
    """The State a sent value means; upper-case input without outer blanks."""
    table = _table()
    plain = value.replace("<", " ").strip()
    if plain in table.codes:
        return State(plain, "code")
    if plain in table.old:
        return State(table.old[plain], "old")
    if plain in table.two_letter:
        return State(table.two_letter[plain], "two_letter")
    named = table.numeric.get(plain) or table.names.get(fold(plain))
    return State(named, "name") if named else State(value, "unknown")


def is_state_prefix(code: str) -> bool:
    """True for an ISO alpha-2 code, as UN/LOCODEs begin with."""
    return code in _table().two_letter


def alpha3(code: str) -> str | None:
    """Alpha-3 for an alpha-2 code."""
    return _table().two_letter.get(code)
