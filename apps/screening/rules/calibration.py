"""What the matcher does on a list of known truth: alerts at each threshold against true hits found.

The numbers are counted by `manage.py calibrate_matcher` and kept in seed/calibration.json with the matcher's version.
"""

import json
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from math import exp, log
from pathlib import Path

FILE = Path(__file__).parents[1] / "seed" / "calibration.json"


@dataclass(frozen=True, slots=True)
class Calibration:
    """Counts on generated lists; `odds` are thresholds in log-odds, rising, with what reached each of them.

    `alerted[i]`: of `others` (travellers who are on no list) those with an alert at `odds[i]`; `found[i]`: of `true`
    (travellers who are listed) those whose own entry was found.
    """

    matcher: str
    weights: str
    entries: int
    others: int
    true: int
    odds: list[float]
    alerted: list[int]
    found: list[int]

    def alerts_per_1000(self, score: float) -> float:
        """Alerts for each 1,000 travellers who are on no list, at a threshold (a probability)."""
        return 1000 * self._at(self.alerted, score) / self.others

    def share_found(self, score: float) -> float:
        """Share of the listed travellers whose entry is found at a threshold."""
        return self._at(self.found, score) / self.true

    def threshold_for(self, budget: float, least: float) -> float:
        """The lowest threshold of those counted, from `least` on, that keeps to so many alerts for each 1,000."""
        allowed = budget * self.others / 1000
        fitting = [odds for odds, alerts in zip(self.odds, self.alerted, strict=True) if alerts <= allowed]
        return max(least, probability(fitting[0] if fitting else self.odds[-1]))

    def _at(self, counts: list[int], score: float) -> float:
        """Between two counted thresholds in a straight line."""
        odds = log(score / (1 - score))
        place = bisect_left(self.odds, odds)
        if place == 0:
            return counts[0]
        if place == len(self.odds):
            return counts[-1]
        low, high = self.odds[place - 1], self.odds[place]
        return counts[place - 1] + (counts[place] - counts[place - 1]) * (odds - low) / (high - low)


def probability(odds: float) -> float:
    """The probability of log-odds."""
    return 1 / (1 + exp(-odds))


@lru_cache(1)
def calibration() -> Calibration:
    """The counts that ship with the matcher."""
    return Calibration(**json.loads(FILE.read_text(encoding="utf-8")))
