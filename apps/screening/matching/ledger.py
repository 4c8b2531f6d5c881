"""The score as a ledger: prior plus one signed weight for each line of evidence."""

import math
from typing import NamedTuple

from . import wording
from .alignment import Alignment, align
from .features import Facts, NameSummary, Observation, gather, observe_facts, observe_names
from .identity import Identity
from .names import Name
from .tables import Weights, matcher_version, weights

CEILING = 18.0
# Of the names together, when they agree through a weak alias only.
WEAK_NAMES_MOST = 1.5
# With a weak alias and no birth date or document beside it: below any threshold for review.
WEAK_ALONE_MOST = -1.0
SECOND_FEATURE = frozenset(
    (
        *("date_equal", "date_swapped", "date_day_digit", "date_month_digit", "date_year_slip", "date_month_known"),
        *("document_same", "document_confusable", "document_same_no_issuer"),
    )
)

MATCHER_VERSION = matcher_version()
MATCH_THRESHOLD = weights().match
REVIEW_THRESHOLD = weights().review


class Evidence(NamedTuple):
    """One line of the ledger; `weight` in natural log-odds, positive for the same person; `text` empty if not asked."""

    feature: str
    text: str
    weight: float


class Comparison(NamedTuple):
    """The score of a pair: prior + the weights of `evidence` = ln(score / (1 - score))."""

    score: float
    decision: str
    prior: float
    evidence: tuple[Evidence, ...]


class Findings(NamedTuple):
    """The best pair of names with everything found about the two records."""

    ours: Name | None
    theirs: Name | None
    alignment: Alignment
    summary: NameSummary | None
    facts: Facts
    observations: list[Observation]
    date: str


_NO_NAMES = Alignment([], [], [])


def examine(a: Identity, b: Identity, using: Weights) -> Findings:
    """Compare two records; among aliases the pair of names that speaks most for one person is taken."""
    facts = gather(a, b)
    if a.names and b.names:
        ours, theirs, alignment, observed, summary = _best_names(a, b, using)
    else:
        ours = theirs = None
        alignment, observed, summary = _NO_NAMES, [("whole_name", "no_names", 1.0)], None
    observed = observed + observe_facts(facts, summary, a.sex == b.sex == "F")
    return Findings(ours, theirs, alignment, summary, facts, observed, facts.date_state)


def _best_names(a: Identity, b: Identity, using: Weights) -> tuple:
    if len(a.names) == len(b.names) == 1:
        return _names(a, 0, b, 0)
    every = [_names(a, i, b, j) for i in range(len(a.names)) for j in range(len(b.names))]
    return max(every, key=lambda found: _strength(found, using))


def _names(a: Identity, i: int, b: Identity, j: int) -> tuple:
    ours, theirs = a.names[i], b.names[j]
    alignment = align(ours, theirs)
    observed, summary = observe_names(alignment)
    if i or j or not (a.primary and b.primary):
        observed.append(("alias", "weak_alias" if ours.weak or theirs.weak else "alias", 1.0))
    return ours, theirs, alignment, observed, summary


def _strength(found: tuple, using: Weights) -> float:
    ours, theirs, _, observed, _ = found
    sum_of_names = sum([using.feature.get(feature, 0.0) * value for _, feature, value in observed])
    return min(sum_of_names, WEAK_NAMES_MOST) if ours.weak or theirs.weak else sum_of_names


def compare(a: Identity, b: Identity, *, texts: bool = True) -> Comparison:
    """Score a pair. Symmetric but for the order in which the texts name the values: a first."""
    using = weights()
    turned = b.order < a.order
    found = examine(b, a, using) if turned else examine(a, b, using)
    lines: dict[str, float] = {}
    coefficients = using.feature
    for line, feature, value in found.observations:
        weight = coefficients.get(feature)
        if weight:
            lines[line] = lines.get(line, 0.0) + weight * value
    total = using.prior + sum(lines.values())
    if found.ours and found.theirs and (found.ours.weak or found.theirs.weak):
        total = _hold_weak(found, lines, total)
    if not -CEILING <= total <= CEILING:
        held = math.copysign(CEILING, total)
        lines["ceiling"] = held - total
        total = held
    score = 1.0 / (1.0 + math.exp(-total))
    ordered = sorted(lines.items(), key=_by_size)
    if texts:
        say = wording.Wording(found, a, b, turned=turned).line
        evidence = [Evidence(line, say(line), weight) for line, weight in ordered if weight]
    else:
        evidence = [Evidence(line, "", weight) for line, weight in ordered if weight]
    return Comparison(score, _decision(score, using), using.prior, tuple(evidence))


def _by_size(item: tuple[str, float]) -> float:
    return -abs(item[1])


def _decision(score: float, using: Weights) -> str:
    if score >= using.match:
        return "match"
    return "review" if score >= using.review else "no"


NAME_LINES = ("surname", "given_names", "full_name", "name_order", "whole_name", "extra_names")


def _hold_weak(found: Findings, lines: dict[str, float], total: float) -> float:
    """A weak alias counts little, and nothing at all without a birth date or document that agrees beside it."""
    names = sum(lines.get(line, 0.0) for line in NAME_LINES)
    held = total - max(0.0, names - WEAK_NAMES_MOST)
    if not any(feature in SECOND_FEATURE for _, feature, _ in found.observations):
        held = min(held, WEAK_ALONE_MOST)
    if held != total:
        lines["weak_alias"] = held - total
    return held
