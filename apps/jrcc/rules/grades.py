"""How the floor colours a hit: by the thresholds in force."""

from apps.screening.queries.thresholds import at_hand

LIKELY = 0.75
"""From here a hit that is no match yet is coloured as likely (project default)."""


def grades() -> dict[str, tuple[float, float]]:
    """{grade: score from (with) and to (without)}, the highest first; 2 stands above every probability."""
    match = at_hand().match
    likely = min(LIKELY, match)
    return {"high": (match, 2), "mid": (likely, match), "low": (0, likely)}


def grade_of(score: float) -> str:
    """The grade of a score."""
    return next(grade for grade, (low, _high) in grades().items() if score >= low)


def of_grade(grade: str) -> dict[str, float] | None:
    """The filter for the hits of a grade; None for a word that is none."""
    low, high = grades().get(grade, (None, None))
    return None if low is None or high is None else {"score__gte": low, "score__lt": high}
