"""Count the matcher's alerts and true hits at each threshold: `manage.py calibrate_matcher`.

For the page on which people choose thresholds by an alert budget (apps/screening/rules/calibration.py). Run it after
each new
fit of the weights. The generated people are not those of the fit: seeds below 900 are for fitting.
"""

import json
from argparse import ArgumentParser
from bisect import bisect_left
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from apps.screening.matching import MATCHER_VERSION, prepare
from apps.screening.matching.tables import weights
from apps.screening.rules.calibration import FILE
from bench.fiction.samples import world
from bench.fiction.searching import Index
from bench.management.commands.measure_matcher import UNFOUND, log_odds

ODDS = [tenth / 10 for tenth in range(-40, 180)]
"""Thresholds counted, in log-odds: from 2 % up to the ceiling of scores."""


class Command(BaseCommand):
    """Reads no database; about two minutes for each list of 100,000."""

    help = "Count alerts and true hits at each threshold on generated lists, for the page of thresholds."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seeds", nargs="*", type=int, default=[931, 932], help="one list each")
        parser.add_argument("--entries", type=int, default=100_000, help="length of each list")
        parser.add_argument("--travellers", type=int, default=4000, help="travellers for each list")
        parser.add_argument("--hit-rate", type=float, default=0.25, help="share of them that are on the list")
        parser.add_argument("--out", type=Path, default=FILE)

    def handle(self, *args: Any, **options: Any) -> None:
        others: list[float] = []
        true: list[float] = []
        for seed in options["seeds"]:
            compare_list(options["entries"], options["travellers"], seed, options["hit_rate"], others, true)
            self.stderr.write(f"list {seed}: {len(true)} of {len(true) + len(others)} travellers are listed")
        counts = {
            "matcher": MATCHER_VERSION,
            "weights": weights().version,
            "entries": options["entries"],
            "others": len(others),
            "true": len(true),
            "odds": ODDS,
            "alerted": reached(others),
            "found": reached(true),
        }
        options["out"].write_text(json.dumps(counts, indent=None) + "\n", "utf-8")


def compare_list(
    entries: int, travellers: int, seed: int, hit_rate: float, others: list[float], true: list[float]
) -> None:
    """Add what a generated list gives: the best log-odds of who is not on it, those of the true entry of who is."""
    made = world(entries, travellers, seed, hit_rate)
    index, places = Index(made.entries), {entry["ref"]: place for place, entry in enumerate(made.entries)}
    for traveller in made.travellers:
        who = prepare(traveller, strict=False)
        found = {place: log_odds(who, index.identities[place]) for place in index.candidates(who)}
        place = places.get(made.truth.get(traveller["ref"], ""))
        if place is None:
            others.append(max(found.values(), default=UNFOUND))
        else:
            true.append(found.get(place, UNFOUND))


def reached(scores: list[float]) -> list[int]:
    """How many of the scores reach each of ODDS."""
    ordered = sorted(scores)
    return [len(ordered) - bisect_left(ordered, odds) for odds in ODDS]
