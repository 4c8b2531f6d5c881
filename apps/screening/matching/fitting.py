"""Sign-constrained ridge logistic regression on sparse features, in plain Python; and the measures of a fit.

A conflict never helps and an agreement never hurts: a coefficient with the wrong sign is set to nought and the rest is
fitted again. Seconds for some ten thousand pairs.
"""

import math
from typing import NamedTuple

type SparseRow = dict[str, float]

# Features that may only speak against one person, by how they begin ...
AGAINST = (
    *("surname_differs", "surname_part_differs", "given_differs", "given_part_differs", "tokens_differ", "extra_"),
    *("first_", "names_", "alias", "weak_alias", "sex_differs", "nationality_differs"),
    *(
        "token_respelled",
        "token_sounded",
        "token_familiar",
        "token_shortened",
        "token_misspelt",
        "token_cut",
        "token_initial",
    ),
    *(
        "token_looseness",
        "token_short",
        "rarity_of_one_syllable",
        "twins",
        "document_neighbour",
        "document_different",
        "document_national_id_differs",
    ),
    *("document_confusable", "document_same_no_issuer", "document_one_edit"),
    *("date_swapped", "date_day_digit", "date_month_digit", "date_year_slip", "date_equal_1_january"),
    *("date_default_1_january", "date_month_known", "date_in_range", "date_year_known", "date_year_differs"),
    *("date_year_far", "date_month_day_differ"),
)
# ... and that may only speak for one. The rest is free.
FOR = (
    "token_rarity",
    "tokens_resemble",
    "short_tokens_resemble",
    "rarity_",
    "sex_equal",
    "nationality_shared",
    "married_name",
)
EXACTLY_FOR = frozenset(("date_equal", "document_same", "surname_agrees", "given_agrees", "token_agrees"))
# A column of the rows that is no feature of a pair: what is not learnt from a labelled set's share of true pairs.
OF_A_LIST = "of_a_list"
ROUNDS = 20
RIDGE = 0.6


class Fit(NamedTuple):
    """Prior and coefficients in natural log-odds."""

    prior: float
    feature: dict[str, float]


def fit(rows: list[SparseRow], same: list[bool], weights: list[float], expected: dict[str, tuple[float, float]]) -> Fit:
    """Fit the coefficients; `weights` counts a row more or less than once.

    `expected` holds what is known beforehand of a feature: (coefficient, strength of the pull towards it); every other
    feature is pulled to nought with RIDGE.
    """
    names = sorted({feature for row in rows for feature in row})
    found = Fit(0.0, {})
    while True:
        pulls = [expected.get(name, (0.0, RIDGE)) for name in names]
        found = _newton(rows, same, weights, pulls, Fit(found.prior, {n: found.feature.get(n, 0.0) for n in names}))
        wrong = {n for n, w in found.feature.items() if _wrong_sign(n, w)}
        if not wrong:
            return Fit(found.prior, {n: w for n, w in found.feature.items() if n != OF_A_LIST})
        names = [n for n in names if n not in wrong]


def _wrong_sign(feature: str, weight: float) -> bool:
    if feature == OF_A_LIST:
        return False
    if feature.startswith(AGAINST):
        return weight > 0
    return weight < 0 and (feature in EXACTLY_FOR or feature.startswith(FOR))


def _newton(
    rows: list[SparseRow], same: list[bool], importance: list[float], pulls: list[tuple[float, float]], start: Fit
) -> Fit:
    names = list(start.feature)
    place = {name: i for i, name in enumerate(names)}
    size = len(names) + 1
    sparse = [[*((place[f], v) for f, v in sorted(row.items()) if f in place), (size - 1, 1.0)] for row in rows]
    pulls = [*pulls, (0.0, 1e-6)]
    solution = [*start.feature.values(), start.prior]
    for _ in range(ROUNDS):
        slope, curve = _derivatives(sparse, same, importance, solution)
        for i, (centre, strength) in enumerate(pulls):
            slope[i] -= strength * (solution[i] - centre)
            curve[i][i] += strength + 1e-9
        step = _solve(curve, slope)
        solution = [w + d for w, d in zip(solution, step, strict=True)]
        if max(map(abs, step)) < 1e-5:
            break
    return Fit(solution[-1], dict(zip(names, solution, strict=False)))


def _derivatives(
    sparse: list[list[tuple[int, float]]], same: list[bool], importance: list[float], solution: list[float]
) -> tuple[list[float], list[list[float]]]:
    size = len(solution)
    slope, curve = [0.0] * size, [[0.0] * size for _ in range(size)]
    for row, label, weight in zip(sparse, same, importance, strict=True):
        mean = probability(sum([v * solution[i] for i, v in row]))
        rest, spread = weight * (label - mean), weight * mean * (1 - mean)
        for k, (i, v) in enumerate(row):
            slope[i] += rest * v
            line, scaled = curve[i], spread * v
            for j, u in row[: k + 1]:
                line[j] += scaled * u
    return slope, curve


def probability(log_odds: float) -> float:
    """The probability of a log-odds, safe at both ends."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, log_odds))))


def _solve(lower: list[list[float]], right: list[float]) -> list[float]:
    """Solve A x = b by Cholesky's method; `lower` holds A's lower triangle and is overwritten."""
    size = len(right)
    for i in range(size):
        row = lower[i]
        for j in range(i):
            other = lower[j]
            row[j] = (row[j] - sum([row[k] * other[k] for k in range(j)])) / other[j]
        row[i] = math.sqrt(row[i] - sum([row[k] ** 2 for k in range(i)]))
    half: list[float] = []
    for i in range(size):
        half.append((right[i] - sum([lower[i][k] * half[k] for k in range(i)])) / lower[i][i])
    found = [0.0] * size
    for i in reversed(range(size)):
        found[i] = (half[i] - sum([lower[k][i] * found[k] for k in range(i + 1, size)])) / lower[i][i]
    return found


class Quality(NamedTuple):
    """Measures of scores against labels: best F1, F1 at even odds, average precision, calibration error."""

    f1_best: float
    f1_at_half: float
    average_precision: float
    calibration_error: float


def quality(same: list[bool], log_odds: list[float]) -> Quality:
    """Measure a list of scores; ties count as one threshold."""
    order = sorted(zip(log_odds, same, strict=True), reverse=True)
    positives, hits, place = sum(same), 0, 0
    best = area = recall_before = 0.0
    while place < len(order):
        here = order[place][0]
        while place < len(order) and order[place][0] == here:
            hits += order[place][1]
            place += 1
        precision, recall = hits / place, hits / max(1, positives)
        area += precision * (recall - recall_before)
        recall_before = recall
        best = max(best, 2 * hits / (place + positives))
    called = [label for score, label in order if score >= 0]
    at_half = 2 * sum(called) / max(1, len(called) + positives)
    return Quality(best, at_half, area, _calibration_error(order))


def _calibration_error(order: list[tuple[float, bool]]) -> float:
    """Mean gap between stated and true share in ten bins of equal count."""
    size = len(order)
    gap = 0.0
    for i in range(10):
        bin_ = order[i * size // 10 : (i + 1) * size // 10]
        gap += abs(sum(label for _, label in bin_) - sum(probability(score) for score, _ in bin_))
    return gap / size
