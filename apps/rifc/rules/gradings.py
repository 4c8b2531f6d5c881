"""Gradings of source and information, each in its own scheme; shown in another scheme only with what is lost.

6×6: AJP-2.1/STANAG 2511. 5×5×5: UK National Intelligence Model. 3×5×2: College of Policing APP. 4×4: Europol
Regulation (EU) 2016/794, Article 29, and Council document 6261/18. The conversion is a portal rule.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

COMMON = "nato6x6"
"""The scheme that others are shown in."""

Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Scheme:
    """A grading scheme as its dated row says. `display`: {source: {…}, information: {…}} in COMMON; `implies`:
    handling codes of the portal that a part of the grade brings with it."""

    code: str
    title: str
    pattern: str
    source: Words
    information: Words
    handling: Words = field(default_factory=dict)
    unknown: frozenset[str] = frozenset()
    display: Mapping[str, Words] = field(default_factory=dict)
    implies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Grade:
    """A grade taken apart. `unknown`: source or information cannot be judged, which is not the same as bad."""

    scheme: Scheme
    value: str
    source: str
    information: str
    handling: tuple[str, ...]

    @property
    def unknown(self) -> bool:
        """Whether one of the two parts cannot be judged."""
        return bool({self.source, self.information} & self.scheme.unknown)


def read_grading(scheme: Scheme, text: str) -> Grade | None:
    """The grade of a text in any case and spacing, None if it is none of this scheme."""
    value = " ".join(text.upper().split())
    if not re.fullmatch(scheme.pattern, value):
        return None
    rest = value[2:].split() if " " in value else list(value[2:])
    return Grade(scheme, value, value[0], value[1], tuple(rest))


def shown_in_common(grade: Grade) -> str:
    """The grade in 6×6 for display beside its own; empty where it is in 6×6 already."""
    display = grade.scheme.display
    if not display:
        return ""
    return display["source"][grade.source] + display["information"][grade.information]


def lost(grade: Grade) -> bool:
    """Whether others of the scheme's grades look the same in 6×6, or handling is left behind: nothing leads back."""
    display = grade.scheme.display
    if not display:
        return False
    alike = [
        part
        for name, key in (("source", grade.source), ("information", grade.information))
        for part, common in display[name].items()
        if common == display[name][key]
    ]
    return len(alike) > 2 or bool(grade.handling)


def implied(grade: Grade) -> frozenset[str]:
    """Handling codes of the portal that the grade's own handling brings with it."""
    return frozenset(code for part in grade.handling for code in grade.scheme.implies.get(part, ()))
