"""Words of the machine that a page shows to people.

A page is read as its reader does: what stands between the tags, without scripts, styles and pictures. In `code`,
`pre`, `kbd`, `samp` and `textarea` are names that programs use or that somebody types; they are not looked at, nor is
the code that stands second and small (`ref`).
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

SKIPPED = frozenset({"script", "style", "svg", "template", "code", "pre", "kbd", "samp", "textarea", "math"})
CODE = "ref"
"""The class of the code of a record or finding, where it stands second and small after its words."""
PROJECT = Path(__file__).resolve().parent.parent
APPS = "|".join(sorted(path.parent.name for path in (PROJECT / "apps").glob("*/manifest.py")))
CLASSES = {
    "module": re.compile(r"\b(?:apps|caricom_portal|demo|tests|bench)(?:\.\w+)+"),
    "file of the project": re.compile(r"\b(?:docs|templates|static|apps|tests)/[\w/.-]+|\b[\w/-]+\.(?:py|toml|po)\b"),
    "label of a model": re.compile(rf"(?<![\w.@])(?:{APPS})\.[a-z_]+\b(?![.@])"),
    "code": re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b"),
    "CODE": re.compile(r"\b[A-Z]+(?:_[A-Z0-9]+)+\b"),
    "issue": re.compile(r"(?<![\w&/])#\d+\b"),
}
"""What no page shows, by what it is called in a fault."""
ALLOWED: dict[str, str] = {}
"""{word: why a page may show it}."""


class _Text(HTMLParser):
    """What is between the tags, but those of SKIPPED."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Leave out what is within."""
        if tag in SKIPPED or CODE in (dict(attrs).get("class") or "").split():
            self.inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Read on after it."""
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        """A text."""
        if not self.inside:
            self.parts.append(data)


def visible(html: str) -> str:
    """The text of a page."""
    reader = _Text()
    reader.feed(html)
    return " ".join(" ".join(reader.parts).split())


def machine_words(text: str) -> Iterator[str]:
    """Each word of the machine in a text once, with what it is and what stands around it."""
    seen = set(ALLOWED)
    for kind, pattern in CLASSES.items():
        for found in pattern.finditer(text):
            if found[0] not in seen:
                seen.add(found[0])
                around = text[max(found.start() - 30, 0) : found.end() + 30]
                yield f"{kind} {found[0]} in “{around}”"


def faults(answer: Any) -> Iterator[str]:
    """Those of a page that was answered."""
    if answer.get("Content-Type", "").startswith("text/html") and not answer.streaming:
        yield from machine_words(visible(answer.content.decode(errors="replace")))
