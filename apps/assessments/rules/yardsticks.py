"""Yardsticks of likelihood: terms with their bands, and which of them a text uses.

Source: yardsticks.json (UK PHIA probability yardstick; US ODNI ICD 203).
"""

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

TABLES = json.loads((Path(__file__).parent / "yardsticks.json").read_text(encoding="utf-8"))
YARDSTICKS = {code: table["title"] for code, table in TABLES.items() if code != "confidence"}
CONFIDENCE = tuple(TABLES["confidence"])
NOT_GIVEN = "n/a"
"""The likelihood of a statement of the present, which has none."""

_NOT_A_TERM = {
    "remote": r"(?=\s*(?:[.,;:)(]|$|that\b|by\b|in \d))",  # a remote area is none
    "probable": r"(?!\s+cause\b)",
}


@dataclass(frozen=True, slots=True)
class Band:
    """A term with its band, in per cent."""

    term: str
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Use:
    """A term found in a text: where, its band there, and the yardsticks that have it."""

    start: int
    end: int
    term: str
    yardsticks: frozenset[str]


@cache
def bands(yardstick: str) -> tuple[Band, ...]:
    """The terms of a yardstick with their bands, the least likely first; KeyError for an unknown yardstick."""
    return tuple(Band(row["term"], row["from"], row["to"]) for row in TABLES[yardstick]["terms"])


def band_of(yardstick: str, term: str) -> Band | None:
    """The band of a term; None for a term that the yardstick does not have."""
    return next((one for one in bands(yardstick) if one.term == term), None)


@cache
def scale(yardstick: str) -> tuple[Band, ...]:
    """One band for each place of the scale, named by its first term: PHIA has seven with gaps, ICD 203 seven."""
    found: dict[tuple[int, int], Band] = {}
    for one in bands(yardstick):
        found.setdefault((one.low, one.high), one)
    return tuple(found.values())


@cache
def _pattern() -> re.Pattern[str]:
    words = {one.term for code in YARDSTICKS for one in bands(code)}
    longest_first = sorted(words, key=len, reverse=True)
    parts = [re.escape(term) + r"\b" + _NOT_A_TERM.get(term, "") for term in longest_first]
    return re.compile(r"\b(?:" + "|".join(parts) + ")", re.IGNORECASE)


def uses(text: str) -> list[Use]:
    """The terms of any yardstick in a text, the longest at each place, in order."""
    found = []
    for hit in _pattern().finditer(text):
        term = hit[0].lower()
        having = frozenset(code for code in YARDSTICKS if band_of(code, term))
        found.append(Use(hit.start(), hit.end(), term, having))
    return found
