"""Findings: the catalogue, their wording, and the grade that follows from the worst of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from .segments import Segment

DATA = Path(__file__).with_name("data")
GRADES = {
    "fatal": "unreadable",
    "error": "needs_correction",
    "warning": "accepted_with_warnings",
    "info": "accepted",
}
_KEPT_PER_CODE = 10_000  # more than the persons on the largest ship; bounds the answer to rubbish


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Findings by code: severity, text, and for errors what the carrier should do (`advice`).

    `advice_in_forms` says it to those who send a sheet, JSON or a form, where `advice` speaks of segments.
    """
    stored = json.loads((DATA / "findings.json").read_text(encoding="utf-8"))
    return {entry["code"]: entry for entry in stored["findings"]}


class _Blank(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def sentence(code: str, slots: dict[str, str] | None = None) -> str:
    """The catalogue's sentence for a code with its slots filled; unknown slots become empty."""
    text: str = catalogue()[code]["text"]
    return text.format_map(_Blank(slots or {})) if "{" in text else text


@dataclass(slots=True)
class Finding:
    """One finding before it is numbered; `traveller` is its draft, so that numbering can come last."""

    code: str
    segment: Segment | None = None
    traveller: object | None = None
    original: str | None = None
    recovered: str | None = None
    slots: dict[str, str] = field(default_factory=dict)

    @property
    def severity(self) -> str:
        """info, warning, error or fatal, as the catalogue says."""
        return catalogue()[self.code]["severity"]

    def as_object(self, number: int | None = None, name: str = "") -> dict[str, Any]:
        """The finding as it is sent out; `number` counts travellers from 1."""
        entry = catalogue()[self.code]
        text = sentence(self.code, self.slots)
        if number is not None:
            text = f"Traveller {number}{', ' + name if name else ''}: {text}"
        if "advice" in entry:
            text = f"{text} {entry['advice']}"
        segment = self.segment
        return {
            "code": self.code,
            "severity": entry["severity"],
            "segment": (segment.tag or None) if segment else None,
            "position": segment.position if segment else None,
            "line": segment.line if segment else None,
            "traveller": number,
            "text": text,
            "original": self.original,
            "recovered": self.recovered,
        }


class Findings:
    """Collects findings of one submission; a code beyond 10,000 times is no longer repeated."""

    def __init__(self) -> None:
        self.items: list[Finding] = []
        self._counts: dict[str, int] = {}

    def add(
        self,
        code: str,
        segment: Segment | None = None,
        /,
        *,
        traveller: object | None = None,
        original: str | None = None,
        recovered: str | None = None,
        **slots: object,
    ) -> None:
        """Record a finding; `slots` fill the catalogue's sentence."""
        count = self._counts.get(code, 0)
        if count >= _KEPT_PER_CODE:
            return
        self._counts[code] = count + 1
        words = {key: str(value) for key, value in slots.items()}
        self.items.append(Finding(code, segment, traveller, original, recovered, words))

    def has(self, code: str) -> bool:
        """True when the code was found."""
        return code in self._counts


def grade_of(severities: set[str]) -> str:
    """The grade that the worst severity gives; no finding is `accepted`."""
    return next((grade for severity, grade in GRADES.items() if severity in severities), "accepted")


def without_advice(finding: Mapping[str, Any]) -> str:
    """The sentence of a finding without what the carrier should do."""
    entry, text = catalogue()[finding["code"]], str(finding["text"])
    for name in ("advice", "advice_in_forms"):
        text = text.removesuffix(f" {entry.get(name, chr(0))}")
    return text


def in_words_of_forms(finding: dict[str, Any]) -> dict[str, Any]:
    """A finding about a sheet, JSON or a form, with its advice in their words."""
    advice = catalogue()[finding["code"]].get("advice_in_forms")
    return {**finding, "text": f"{without_advice(finding)} {advice}"} if advice else finding


def add_multiple_submissions(obj: dict[str, Any], count: int) -> dict[str, Any]:
    """The first object of a file with several lists, with the finding that says so and its new grade."""
    finding = Finding("MULTIPLE_SUBMISSIONS", slots={"n": str(count)}).as_object()
    findings = [*obj["findings"], finding]
    return {**obj, "findings": findings, "grade": grade_of({entry["severity"] for entry in findings})}
