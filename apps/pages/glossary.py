"""The terms of the glossary (docs/reference/glossary.md): what a hard word means, and where on the page it is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

PAGE = "reference/glossary"
ROW = re.compile(r"^\| \*\*([^*|]+)\*\* \| ([^|]*?) \|", re.MULTILINE)
BETWEEN = re.compile(r"[;,] ")
NOT_OF_AN_ANCHOR = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Term:
    """A line of the glossary: its anchor on the page, and the meaning without marks."""

    anchor: str
    meaning: str


def anchor_of(names: str) -> str:
    """The anchor of a line, by its first name: term-silence-period."""
    return "term-" + NOT_OF_AN_ANCHOR.sub("-", BETWEEN.split(names)[0].lower()).strip("-")


def find_term(name: str) -> Term:
    """A term by one of the names of its line; LookupError for one that the glossary lacks."""
    path = settings.BASE_DIR / "docs" / f"{PAGE}.md"
    return _read(path, path.stat().st_mtime_ns)[name.lower()]


@lru_cache(maxsize=2)
def _read(path: Path, _changed: int) -> Mapping[str, Term]:
    found: dict[str, Term] = {}
    for row in ROW.finditer(path.read_text(encoding="utf-8")):
        term = Term(anchor_of(row[1]), row[2].replace("`", ""))
        for name in BETWEEN.split(row[1]):
            found.setdefault(name.lower(), term)
    return found
