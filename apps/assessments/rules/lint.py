"""Checks of analytic writing, sentence by sentence (rules L01 to L22 of lint_rules.json). Advice with a reason.

Quoted words are nobody's judgement and are not looked at. L15 is no finding: "likely departed" is right.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from apps.assessments.rules import yardsticks

TABLE = json.loads((Path(__file__).parent / "lint_rules.json").read_text(encoding="utf-8"))
RULES: dict[str, dict[str, Any]] = {rule["id"]: rule for rule in TABLE["rules"]}
CONTEXTS = ("judgement", "text", "source_summary", "information")
JUDGEMENT = "judgement"
ERROR = "error"
LONGEST_SENTENCE = 40
PORTIONS = "URCS"

_SPLIT = re.compile(TABLE["sentence_split"])
_CONFIDENCE = re.compile(TABLE["confidence_pattern"], re.IGNORECASE)
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_PATTERNS = {
    code: re.compile(rule["pattern"], 0 if code == "L22" else re.IGNORECASE)
    for code, rule in RULES.items()
    if rule["pattern"]
}
_MONTH_BEFORE = re.compile(r"(?:\b(?:in|since|until|by|before|after|of|from|to|during|and|–|-)|\d)\s*$", re.IGNORECASE)
_PLAIN = ("L02", "L06", "L07", "L08", "L09", "L10", "L11", "L12", "L13", "L17", "L19", "L20", "L22")
"""Rules that are nothing but their pattern, but for what `_excused` says."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked at: a text in its context, and what is known about it. `portion` and `document` are U, R, C, S."""

    text: str
    context: str
    yardstick: str = "phia"
    cited: bool = False
    source_type_shown: bool = False
    pii_flag: bool = False
    portion: str | None = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A finding: the rule, where in the text (code points, half-open), how grave."""

    rule: str
    start: int
    end: int
    severity: str


def lint(asked: Asked) -> list[Found]:
    """What the rules find, in the order of the text. Linear in its length."""
    text = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), asked.text)
    found = [*_marking(asked, text)]
    spans = list(_sentences(text))
    terms = yardsticks.uses(text)
    for number, (start, end) in enumerate(spans):
        after = text[slice(*spans[number + 1])] if number + 1 < len(spans) else ""
        here = [use for use in terms if start <= use.start < end]
        found += _sentence(asked, text, (start, end), here, after)
    if _applies(asked, "L14") and text.strip() and not terms and not _PATTERNS["L14"].search(text):
        found.append(_finding(asked, "L14", 0, len(text)))
    return sorted(found, key=lambda one: (one.start, one.rule))


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for gap in _SPLIT.finditer(text):
        yield start, gap.start()
        start = gap.end()
    if text[start:].strip():
        yield start, len(text)


def _applies(asked: Asked, rule: str) -> bool:
    return asked.context in RULES[rule]["contexts"]


def _finding(asked: Asked, rule: str, start: int, end: int) -> Found:
    severity = RULES[rule]["severity"]
    grave = severity.get(asked.context, "warning") if isinstance(severity, dict) else severity
    return Found(rule, start, end, grave)


def _marking(asked: Asked, text: str) -> Iterator[Found]:
    """L16: a portion without a mark, or marked above its document. An empty `document` is none to compare with."""
    if not asked.document or not _applies(asked, "L16"):
        return
    if not asked.portion or PORTIONS.find(asked.portion) > PORTIONS.find(asked.document):
        yield _finding(asked, "L16", 0, len(text))


def _sentence(
    asked: Asked, text: str, span: tuple[int, int], terms: list[yardsticks.Use], after: str
) -> Iterator[Found]:
    start, end = span
    sentence = text[start:end]
    for rule in _PLAIN:
        if _applies(asked, rule):
            for hit in _PATTERNS[rule].finditer(sentence):
                if not _excused(asked, rule, sentence, hit):
                    yield _finding(asked, rule, start + hit.start(), start + hit.end())
    for check in (_confidence, _other_yardstick, _numbers, _shape):
        yield from check(asked, sentence, start, terms, after)


def _excused(asked: Asked, rule: str, sentence: str, hit: re.Match[str]) -> bool:
    if rule == "L02":
        return _is_month(sentence, hit)
    excuses = {"L08": asked.cited, "L11": asked.source_type_shown, "L17": asked.pii_flag}
    return excuses.get(rule, False)


def _is_month(sentence: str, hit: re.Match[str]) -> bool:
    """Whether the word is the fifth month: capital, beside a day, a year, or a word of time."""
    if hit[0] != "May":
        return False
    before, after = sentence[: hit.start()], sentence[hit.end() :]
    return bool(_MONTH_BEFORE.search(before) or re.match(r"\s+\d", after))


def _confidence(asked: Asked, sentence: str, start: int, terms: list[yardsticks.Use], after: str) -> Iterator[Found]:
    said = _CONFIDENCE.search(sentence)
    if said is None:
        return
    at = start + said.start(), start + said.end()
    if terms and _applies(asked, "L01"):
        yield _finding(asked, "L01", *at)
    basis = _PATTERNS["L05"]
    if _applies(asked, "L05") and not basis.search(sentence) and not basis.search(after):
        yield _finding(asked, "L05", *at)


def _other_yardstick(
    asked: Asked, _sentence: str, _start: int, terms: list[yardsticks.Use], _after: str
) -> Iterator[Found]:
    if _applies(asked, "L03"):
        for use in terms:
            if asked.yardstick not in use.yardsticks:
                yield _finding(asked, "L03", use.start, use.end)


def _numbers(asked: Asked, sentence: str, start: int, terms: list[yardsticks.Use], _after: str) -> Iterator[Found]:
    """L04: a number outside the band of the nearest term; in a judgement also one without a term."""
    if not _applies(asked, "L04"):
        return
    for hit in _PATTERNS["L04"].finditer(sentence):
        at = start + hit.start()
        near = min(terms, key=lambda use: abs(use.start - at), default=None)
        band = _band(near, asked.yardstick) if near else None
        values = [int(value) for value in hit.groups() if value]
        outside = band is not None and not all(band.low <= value <= band.high for value in values)
        if outside or (near is None and asked.context == JUDGEMENT):
            yield _finding(asked, "L04", at, start + hit.end())


def _band(use: yardsticks.Use, yardstick: str) -> yardsticks.Band | None:
    having = yardstick if yardstick in use.yardsticks else min(use.yardsticks)
    return yardsticks.band_of(having, use.term)


def _shape(asked: Asked, sentence: str, start: int, terms: list[yardsticks.Use], _after: str) -> Iterator[Found]:
    if len(terms) > 1 and _applies(asked, "L18"):
        yield _finding(asked, "L18", terms[1].start, terms[1].end)
    if len(sentence.split()) > LONGEST_SENTENCE and _applies(asked, "L21"):
        yield _finding(asked, "L21", start, start + len(sentence))
