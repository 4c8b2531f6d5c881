"""The score as a ledger: prior plus one signed weight for each line of evidence."""

import math
from itertools import product
from typing import NamedTuple

from . import wording
from .alignment import Alignment, align
from .features import Facts, NameSummary, gather, observe_facts, observe_names
from .identity import Identity
from .making import maker
from .names import Name
from .remarks import Told, remark
from .tables import matcher_version, weights

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
_PRIOR = weights().prior


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
    told: list[Told]
    date: str

    @property
    def observations(self) -> list[tuple[str, str, float]]:
        """(line, feature, value) of everything found, to be summed."""
        return [(one.line, feature, value * much) for one, much in self.told for feature, value in one.features]


_evidence = maker(Evidence)
_comparison = maker(Comparison)
_findings = maker(Findings)

_NO_NAMES = Alignment([], [], [])
NO_NAMES = remark("whole_name", "no_names")
ALIAS, WEAK_ALIAS = remark("alias", "alias"), remark("alias", "weak_alias")


def examine(a: Identity, b: Identity) -> Findings:
    """Compare two records; among aliases the pair of names that speaks most for one person is taken."""
    facts = gather(a, b)
    if a.names and b.names:
        ours, theirs, alignment, told, summary = _best_names(a, b)
    else:
        ours = theirs = summary = None
        alignment, told = _NO_NAMES, [(NO_NAMES, 1.0)]
    date = facts.date_state
    observe_facts(facts, date, summary, a.sex == b.sex == "F", told)
    return _findings((ours, theirs, alignment, summary, facts, told, date))


def _best_names(a: Identity, b: Identity) -> tuple:
    if len(a.names) == len(b.names) == 1:
        return _names(a, 0, b, 0)
    return max([_names(a, i, b, j) for i, j in product(range(len(a.names)), range(len(b.names)))], key=_strength)


def _names(a: Identity, i: int, b: Identity, j: int) -> tuple:
    ours, theirs = a.names[i], b.names[j]
    alignment = align(ours, theirs)
    told, summary = observe_names(alignment)
    if i or j or not (a.primary and b.primary):
        told.append((WEAK_ALIAS if ours.weak or theirs.weak else ALIAS, 1.0))
    return ours, theirs, alignment, told, summary


def _strength(found: tuple) -> float:
    ours, theirs, _, told, _ = found
    sum_of_names = sum([one.weight * much for one, much in told])
    return min(sum_of_names, WEAK_NAMES_MOST) if ours.weak or theirs.weak else sum_of_names


def compare(a: Identity, b: Identity, *, texts: bool = True) -> Comparison:
    """Score a pair. Symmetric but for the order in which the texts name the values: a first."""
    turned = b.order < a.order
    found, lines, total = _weighed(b, a) if turned else _weighed(a, b)
    score = 1.0 / (1.0 + math.exp(-total))
    ordered = sorted([(-abs(weight), line, weight) for line, weight in lines.items() if weight])
    if texts:
        say = wording.Wording(found, a, b, turned=turned).line
        evidence = [_evidence((line, say(line), weight)) for _, line, weight in ordered]
    else:
        evidence = [_evidence((line, "", weight)) for _, line, weight in ordered]
    decision = "match" if score >= MATCH_THRESHOLD else "review" if score >= REVIEW_THRESHOLD else "no"
    return _comparison((score, decision, _PRIOR, tuple(evidence)))


def likeness(a: Identity, b: Identity) -> float:
    """The score of `compare` alone, for the many pairs of which nobody asks why."""
    return 1.0 / (1.0 + math.exp(-(_weighed(b, a) if b.order < a.order else _weighed(a, b))[2]))


def _weighed(a: Identity, b: Identity) -> tuple[Findings, dict[str, float], float]:
    """What is found of a pair in its order, the weight of each line, and their sum with the prior."""
    found = examine(a, b)
    lines: dict[str, float] = {}
    for one, much in found.told:
        weight = one.weight
        if weight:
            line = one.line
            lines[line] = lines.get(line, 0.0) + weight * much
    total = _PRIOR + sum(lines.values())
    if found.ours and found.theirs and (found.ours.weak or found.theirs.weak):
        total = _hold_weak(found, lines, total)
    if not -CEILING <= total <= CEILING:
        held = math.copysign(CEILING, total)
        lines["ceiling"] = held - total
        total = held
    return found, lines, total


NAME_LINES = ("surname", "given_names", "full_name", "name_order", "whole_name", "extra_names")


def _hold_weak(found: Findings, lines: dict[str, float], total: float) -> float:
    """A weak alias counts little, and nothing at all without a birth date or document that agrees beside it."""
    # a list: without it compiled code adds plainly, which rounds another way than Python's own sum
    names = sum([lines.get(line, 0.0) for line in NAME_LINES])
    held = total - max(0.0, names - WEAK_NAMES_MOST)
    if not any(feature in SECOND_FEATURE for _, feature, _ in found.observations):
        held = min(held, WEAK_ALONE_MOST)
    if held != total:
        lines["weak_alias"] = held - total
    return held
