"""What the readers of lists share: a line, a file that is refused, and words for countries, dates and documents."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

NAMES = Path(__file__).parent / "country_names.txt"
MONTHS = dict(jan=1, feb=2, mar=3, apr=4, may=5, jun=6, jul=7, aug=8, sep=9, oct=10, nov=11, dec=12)
CIRCA_YEARS = 2
"""Years on each side of a date that is stated as approximate (project default)."""
SEXES = {"male": "M", "female": "F"}


class Broken(Exception):
    """A file that is refused as a whole; `line` is the place, 0 where there is none."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.message, self.line = message, line


@dataclass(frozen=True, slots=True)
class Read:
    """A line of a file: where it begins, and its record; or what is wrong with it; both where the record is damaged."""

    line: int
    record: dict[str, Any] | None
    fault: str = ""


@lru_cache(1)
def _names() -> dict[str, str]:
    pairs = (line.split(" ", 1) for line in NAMES.read_text("utf-8").splitlines() if line and line[0] != "#")
    return {name.strip(): code for code, names in pairs for name in names.lower().split("|")}


def country(text: str) -> str | None:
    """Alpha-3 code of a country by its English name or code; None for what names none."""
    plain = " ".join(re.sub(r"[^\w\s']", " ", text).split()).lower()
    return _names().get(plain) or _names().get(plain.removeprefix("the "))


def countries(texts: list[str]) -> list[str]:
    """Codes of those that are known, each once."""
    return list(dict.fromkeys(code for text in texts if (code := country(text))))


def date(text: str) -> Any:
    """A birth date in the contract's form from "10 Dec 1948", "Dec 1948", "1948", "circa 1948", "1960 to 1965".

    None for what is none of these.
    """
    plain = " ".join(text.lower().replace(".", "").split())
    if " to " in plain:
        years = [_year(part) for part in plain.split(" to ", 1)]
        return {"from": years[0], "to": years[1]} if all(years) and years[0] <= years[1] else None
    if plain.startswith(("circa", "approximately", "c ")):
        return around(_year(plain))
    if found := re.fullmatch(r"(?:(\d{1,2}) )?([a-z]{3})[a-z]* (\d{4})", plain):
        day, month, year = found.groups()
        if month not in MONTHS:
            return None
        return f"{year}-{MONTHS[month]:02}" + (f"-{int(day):02}" if day else "")
    return plain if re.fullmatch(r"\d{4}(-\d{2}){0,2}", plain) else None


def around(year: int) -> Any:
    """The range that an approximate year stands for; None for 0."""
    return {"from": year - CIRCA_YEARS, "to": year + CIRCA_YEARS} if year else None


def _year(text: str) -> int:
    found = re.search(r"\b(\d{4})\b", text)
    return int(found.group(1)) if found else 0


def document_type(text: str) -> str | None:
    """Contract type of an identity document by its publisher's words; None for what identifies no person."""
    plain = text.lower()
    if "passport" in plain or "travel document" in plain:
        return "P"
    known = ("national id", "identification number", "cedula", "identity card", "personal id", "birth certificate")
    return "ID" if any(word in plain for word in known) else None


def without_empty(record: dict[str, Any]) -> dict[str, Any]:
    """The record without what is not known."""
    return {name: value for name, value in record.items() if value not in (None, "", [], {})}
