"""Alerts against hits found, as a figure and a table: what the calibration says and what the portal's hits say."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import log10
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from apps.screening.queries import hit_outcomes
from apps.screening.queries.hit_outcomes import OPEN, RIGHT, WRONG, Feedback
from apps.screening.queries.thresholds import InForce
from apps.screening.rules.calibration import Calibration, probability

CUTS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999)
FEWEST = 30
"""Hits of known truth from which their shares are worth a look: of fewer, one more moves them by points."""
LEFT, WIDE, TOP, TALL = 44, 560, 12, 200
LEAST_ALERTS, MOST_ALERTS = 0.1, 1000.0
TICKS = (0.1, 1, 10, 100, 1000)


def percent(share: float) -> str:
    """A share in percent, with at most two decimals: "62", "99.75"."""
    return f"{share * 100:.2f}".rstrip("0").rstrip(".")


def alerts(counted: Calibration, threshold: float) -> str:
    """Alerts for each 1,000 at a threshold; below what one alert in the calibration would be, that is said."""
    one, found = 1000 / counted.others, counted.alerts_per_1000(threshold)
    return f"{found:.1f}" if found >= one else f"<{one:.1g}"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table; what the portal's own hits say is None below the threshold in force: nothing was shown."""

    cut: float
    marks: list[str]
    alerts: float
    alerts_words: str
    found: float
    right: int | None
    wrong: int | None
    own_alerts: float | None

    @property
    def percent(self) -> str:
        """The threshold."""
        return percent(self.cut)

    @property
    def found_percent(self) -> str:
        """Share of the true hits found, by the calibration."""
        return f"{self.found * 100:.1f}"

    @property
    def precise(self) -> str:
        """Share of the settled hits that were the listed person; empty where there are none."""
        if self.right is None or self.wrong is None or not self.right + self.wrong:
            return ""
        return f"{100 * self.right / (self.right + self.wrong):.0f}"


def read_calibration(actor: Any, marks: Mapping[float, Sequence[str]]) -> Feedback:
    """The feedback at the table's thresholds, those that are marked, and 0."""
    return hit_outcomes.of(actor, [0.0, *CUTS, *marks])


def make_threshold_table(
    counted: Calibration, told: Feedback, now: InForce, marks: Mapping[float, Sequence[str]]
) -> list[Line]:
    """A row for each threshold, marked ones among them, rising."""
    lines = []
    for cut in sorted({*CUTS, *marks}):
        shown = cut >= now.review
        right, wrong = (told.at(cut, RIGHT), told.at(cut, WRONG)) if shown else (None, None)
        lines.append(
            Line(
                cut,
                list(marks.get(cut, ())),
                counted.alerts_per_1000(cut),
                alerts(counted, cut),
                counted.share_found(cut),
                right,
                wrong,
                own_alerts(told, cut) if shown else None,
            )
        )
    return lines


def own_alerts(told: Feedback, cut: float) -> float | None:
    """Settled hits for each 1,000 travellers compared; None where nobody was."""
    if not told.travellers:
        return None
    return 1000 * (told.at(cut, RIGHT) + told.at(cut, WRONG)) / told.travellers


def figure(counted: Calibration, lines: Sequence[Line]) -> dict[str, Any]:
    """The table as two lines in an SVG: alerts for each 1,000 from left to right, each tenfold; share found upwards."""
    curve = [(counted.alerts_per_1000(p), counted.share_found(p)) for p in map(probability, counted.odds)]
    most = max((line.right or 0 for line in lines), default=0)
    own = [(line.own_alerts or 0, (line.right or 0) / most) for line in lines if line.own_alerts and most]
    marked = [
        {"x": _x(line.alerts), "y": _y(line.found), "label": _("%(n)s%%") % {"n": line.percent}}
        for line in lines
        if line.marks
    ]
    return {
        "curve": " ".join(f"{_x(alerts)},{_y(found)}" for alerts, found in curve),
        "own": [{"x": _x(alerts), "y": _y(found)} for alerts, found in own],
        "marked": marked,
        "ticks": [{"x": _x(n), "label": f"{n:g}"} for n in TICKS],
        "levels": [{"y": _y(n / 100), "label": f"{n}%"} for n in (0, 25, 50, 75, 100)],
        "left": LEFT,
        "right": LEFT + WIDE,
        "ground": TOP + TALL,
        "top": TOP,
        "width": LEFT + WIDE + 16,
        "height": TOP + TALL + 42,
        "label_y": TOP + TALL + 18,
        "caption_y": TOP + TALL + 36,
    }


def _x(alerts: float) -> int:
    held = min(MOST_ALERTS, max(LEAST_ALERTS, alerts))
    return LEFT + round(WIDE * log10(held / LEAST_ALERTS) / log10(MOST_ALERTS / LEAST_ALERTS))


def _y(share: float) -> int:
    return TOP + round(TALL * (1 - share))


@dataclass(frozen=True, slots=True)
class Change:
    """What other thresholds would bring: each number before and after."""

    rows: list[tuple[str, str, str]]
    lower: bool
    higher: bool
    open_below: int


def change(counted: Calibration, told: Feedback, now: InForce, review: float, match: float) -> Change:
    """What the two thresholds would change of those in force; `told` holds `review` among its cuts."""
    both = (now.review, review)
    words: list[tuple[str, Callable[[float], str], tuple[float, float]]] = [
        (pgettext("words, screening", "Display threshold"), lambda p: f"{percent(p)}%", both),
        (pgettext("words, screening", "Match threshold"), lambda p: f"{percent(p)}%", (now.match, match)),
        (_("Alerts per 1,000 travellers on no list"), lambda p: alerts(counted, p), both),
        (_("True hits found"), lambda p: f"{counted.share_found(p) * 100:.1f}%", both),
        (_("Own hits on the listed person, shown"), lambda p: str(told.at(max(p, now.review), RIGHT)), both),
        (_("Own hits on another person, shown"), lambda p: str(told.at(max(p, now.review), WRONG)), both),
    ]
    rows = [(what, say(before), say(after)) for what, say, (before, after) in words]
    open_below = told.at(0.0, OPEN) - told.at(review, OPEN)
    return Change(rows, review < now.review, review > now.review, open_below)
