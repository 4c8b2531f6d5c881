"""Measure the matcher on people it was not fitted on: `manage.py measure_matcher [FILE.jsonl…] [--seeds 901 902]`.

Prints the figures of the matching contract, section 6, that need no database, one JSON object for each file of labelled
pairs, each seed's generated pairs, and each seed's list. Seeds below 900 are for fitting.
"""

import json
import math
import time
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from apps.screening.matching import MATCHER_VERSION, Identity, compare, prepare
from apps.screening.matching.fitting import quality
from bench.fiction.samples import pairs, world
from bench.fiction.searching import Index

ALARMS = (0.01, 0.001)
UNFOUND = -99.0


class Command(BaseCommand):
    """Reads no database; some minutes for each list of 100,000."""

    help = "Measure the matcher on labelled pairs and on generated lists."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, help="JSON Lines with a, b and same")
        parser.add_argument("--seeds", nargs="*", type=int, default=[901], help="of the generated people")
        parser.add_argument("--pairs", type=int, default=4000, help="generated pairs for each seed")
        parser.add_argument("--entries", type=int, default=100_000, help="length of each seed's list; 0 for none")
        parser.add_argument("--travellers", type=int, default=3000, help="travellers for each list")
        parser.add_argument("--hit-rate", type=float, default=0.12, help="share of them that are on the list")

    def handle(self, *args: Any, **options: Any) -> None:
        for path in options["files"]:
            rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line]
            self._say(path.name, of_pairs(rows))
        for seed in options["seeds"]:
            self._say(f"pairs {seed}", of_pairs(pairs(options["pairs"], seed)))
            if options["entries"]:
                made = (options["entries"], options["travellers"], seed, options["hit_rate"])
                self._say(f"list {seed}", of_a_list(*made))

    def _say(self, what: str, figures: dict[str, Any]) -> None:
        self.stdout.write(json.dumps({"of": what, "matcher": MATCHER_VERSION, **figures}))
        self.stdout.flush()


def log_odds(a: Identity, b: Identity) -> float:
    """The sum of the ledger: unlike the score it does not run out of digits."""
    found = compare(a, b, texts=False)
    return found.prior + math.fsum([line.weight for line in found.evidence])


def of_pairs(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """Quality on all, full and bare pairs (names alone; names and a date), and pairs compared in a second."""
    ready = [(prepare(row["a"], strict=False), prepare(row["b"], strict=False)) for row in rows]
    started = time.perf_counter()
    scores = [log_odds(a, b) for a, b in ready]
    seconds = time.perf_counter() - started
    kinds: dict[str, list[tuple[bool, float]]] = {}
    for row, (a, b), score in zip(rows, ready, scores, strict=True):
        for kind in ("all", _kind(a, b)):
            kinds.setdefault(kind, []).append((bool(row["same"]), score))
    found = {
        kind: _rounded(quality([same for same, _ in held], [score for _, score in held])._asdict())
        for kind, held in kinds.items()
    }
    return {"pairs": len(rows), "pairs_per_s_prepared": round(len(rows) / seconds), **found}


def _kind(a: Identity, b: Identity) -> str:
    if any(one.sex or one.nationality for one in (a, b)):
        return "full"
    return "sparse" if a.dates or b.dates else "names_only"


def of_a_list(entries: int, travellers: int, seed: int, hit_rate: float) -> dict[str, Any]:
    """Recall at shares of the other travellers alerted, of the search and of the review threshold."""
    made = world(entries, travellers, seed, hit_rate)
    index, places = Index(made.entries), {entry["ref"]: place for place, entry in enumerate(made.entries)}
    hits, others, candidates = [], [], 0
    for traveller in made.travellers:
        who = prepare(traveller, strict=False)
        found = {place: log_odds(who, index.identities[place]) for place in index.candidates(who)}
        candidates += len(found)
        true = places.get(made.truth.get(traveller["ref"], ""))
        if true is None:
            others.append(max(found.values(), default=UNFOUND))
        else:
            hits.append(found.get(true, UNFOUND))
    return _rounded(
        {
            "entries": entries,
            "true": len(hits),
            "candidates_mean": candidates / travellers,
            "candidate_recall": _share(score > UNFOUND for score in hits),
            "recall_at_review": _share(score >= 0 for score in hits),
            "alerts_at_review": _share(score >= 0 for score in others),
            **{f"recall_at_{alarm}": recall_at(alarm, hits, others) for alarm in ALARMS},
        }
    )


def recall_at(alarm: float, hits: list[float], others: list[float]) -> float:
    """Share of the true hits above the score that a share `alarm` of the other travellers reaches."""
    threshold = sorted(others, reverse=True)[int(alarm * len(others))]
    return _share(score > threshold for score in hits)


def _share(found: Iterable[bool]) -> float:
    held = list(found)
    return sum(held) / max(1, len(held))


def _rounded(figures: dict[str, Any]) -> dict[str, Any]:
    return {name: round(value, 4) if isinstance(value, float) else value for name, value in figures.items()}
