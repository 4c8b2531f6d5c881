"""Personal data in a short text: what a pager shows to anybody who looks at it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pattern:
    """A dated pattern: its code and label, and the expression, case ignored."""

    code: str
    label: str
    expression: str


@dataclass(frozen=True, slots=True)
class Found:
    """A place in a text, from `start` to before `end`, that looks like personal data."""

    code: str
    label: str
    start: int
    end: int
    words: str


def found(text: str, patterns: Iterable[Pattern]) -> list[Found]:
    """Places that look like personal data, in reading order; of two that overlap the first pattern's."""
    places: list[Found] = []
    for pattern in patterns:
        for hit in re.finditer(pattern.expression, text, re.IGNORECASE):
            if all(hit.end() <= one.start or hit.start() >= one.end for one in places):
                places.append(Found(pattern.code, pattern.label, hit.start(), hit.end(), hit.group()))
    return sorted(places, key=lambda one: one.start)
