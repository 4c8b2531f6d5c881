"""Fit the matcher's weights: `manage.py fit_matcher PAIRS.jsonl… --seed S --name NAME --out FILE`.

Learns from labelled pairs (files, and generated ones) and from whole generated lists: true hits and the strangers that
the candidate search brings up beside them. What only pairs of relatives and namesakes teach is wrong in a long list
(docs/decisions/026-weights-from-pairs-and-lists.md).
"""

import json
import random
from argparse import ArgumentParser
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from django.core.management.base import BaseCommand

from apps.screening.matching import MATCH_THRESHOLD, REVIEW_THRESHOLD, Identity, prepare
from apps.screening.matching.fitting import OF_A_LIST, Fit, SparseRow, fit, quality
from apps.screening.matching.ledger import examine
from apps.screening.matching.tables import Weights, weights
from bench.fiction.samples import pairs, world
from bench.fiction.searching import Index

# What is known without the pairs, as (coefficient, strength of the pull towards it): generated records err in ways
# that real ones do not, and rare levels have few examples.
EXPECTED = {
    **{"token_looseness": (-1.0, 20.0), "token_misspelt": (-0.8, 20.0), "token_respelled": (-0.4, 20.0)},
    **{"token_familiar": (-0.8, 20.0), "token_sounded": (-0.6, 20.0), "token_cut": (-0.8, 12.0)},
    **{"token_initial": (-0.3, 12.0), "token_short": (-0.5, 12.0)},
    **{"token_shortened": (-1.0, 12.0), "short_tokens_resemble": (1.5, 12.0)},
    **{"date_swapped": (-0.8, 12.0), "date_year_slip": (-1.2, 12.0), "date_day_digit": (-1.2, 12.0)},
    **{"date_month_digit": (-1.2, 12.0), "date_equal_1_january": (-1.5, 12.0), "date_year_known": (-2.0, 5.0)},
    **{"date_in_range": (-3.0, 12.0), "document_confusable": (-0.7, 30.0), "document_same_no_issuer": (-1.0, 30.0)},
    **{"document_one_edit": (-3.0, 10.0), "document_same_other_issuer": (0.5, 30.0)},
    **{"document_national_id_differs": (-1.0, 10.0), "document_different_issuer": (-0.5, 60.0)},
    **{"surname_agrees": (0.5, 300.0), "given_agrees": (0.5, 300.0), "token_agrees": (0.5, 300.0)},
    **{
        "twins": (-1.0, 10.0),
        "document_neighbour": (-0.5, 30.0),
        "document_other_kind": (0.0, 60.0),
        OF_A_LIST: (0.0, 1e-6),
    },
}
# No pair to fit on lacks a name on one side; such a record may match by document and birth date together.
FIXED = {"no_names": -3.4}
# Of the strangers below log-odds of -4 one in THINNED is kept, and counts for more.
THINNED = 30
MOST_WEIGHT = 10.0
HITS = 0.4


class Sample(NamedTuple):
    """A pair to learn from; `weight` counts it more or less than once."""

    a: Identity
    b: Identity
    same: bool
    weight: float
    listed: bool


class Command(BaseCommand):
    """Writes a weights file in the form of data/weights.json; reads no database. Some ten minutes."""

    help = "Fit the matcher's weights on labelled pairs and on generated lists."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("pairs", nargs="*", type=Path, help="JSON Lines with a, b and same")
        parser.add_argument("--seed", type=int, default=306, help="of the generated people")
        parser.add_argument("--generated", type=int, default=8000, help="generated pairs to add")
        parser.add_argument("--entries", type=int, default=100_000, help="length of the generated lists")
        parser.add_argument("--travellers", type=int, default=3000, help="travellers for each list")
        parser.add_argument("--lists", type=int, default=2, help="generated lists")
        parser.add_argument("--name", default="fitted", help="version name of these weights")
        parser.add_argument("--out", type=Path, help="file to write; standard output without it")

    def handle(self, *args: Any, **options: Any) -> None:
        seed = options["seed"]
        samples = [_sample(pair) for pair in read_pairs(options["pairs"])]
        samples += [_sample(pair) for pair in pairs(options["generated"], seed)]
        for number in range(options["lists"]):
            samples += listed(options["entries"], options["travellers"], seed + 1 + number)
            self.stderr.write(f"{len(samples)} samples")
        # among aliases the weights that ship now choose the pair of names that counts
        rows = [_row(sample) for sample in samples]
        found = fit(rows, [s.same for s in samples], [s.weight for s in samples], EXPECTED)
        using = _as_weights(found, options["name"])
        scores = [log_odds(row, using) for row, s in zip(rows, samples, strict=True) if not s.listed]
        self.stderr.write(str(quality([s.same for s in samples if not s.listed], scores)))
        text = json.dumps(_as_json(using), indent=1) + "\n"
        if options["out"]:
            options["out"].write_text(text, "utf-8")
        else:
            self.stdout.write(text, ending="")


def read_pairs(paths: Iterable[Path]) -> list[dict]:
    """All lines of the files."""
    return [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines() if line]


def _sample(pair: dict) -> Sample:
    a, b = (prepare(pair[side], strict=False) for side in "ab")
    return Sample(a, b, bool(pair["same"]), 1.0, False)


def listed(entries: int, travellers: int, seed: int) -> Iterator[Sample]:
    """The true hits of a generated list, and what the search brings up beside them."""
    made, chance, using = world(entries, travellers, seed, HITS), random.Random(seed), weights()  # noqa: S311
    index = Index(made.entries)
    places = {entry["ref"]: place for place, entry in enumerate(made.entries)}
    for traveller in made.travellers:
        who = prepare(traveller, strict=False)
        true = places.get(made.truth.get(traveller["ref"], ""))
        for place in sorted(index.candidates(who)):
            other = index.identities[place]
            weight = 1.0
            if place != true and log_odds(_features(who, other), using) < -4:
                weight = MOST_WEIGHT
                if chance.randrange(THINNED):
                    continue
            yield Sample(who, other, place == true, weight, True)


def _row(sample: Sample) -> SparseRow:
    row = _features(sample.a, sample.b)
    return row | {OF_A_LIST: 1.0} if sample.listed else row


def _features(a: Identity, b: Identity) -> SparseRow:
    """The features of a pair, summed by name."""
    if b.order < a.order:
        a, b = b, a
    row: SparseRow = {}
    for _, feature, value in examine(a, b).observations:
        row[feature] = row.get(feature, 0.0) + value
    return row


def log_odds(row: SparseRow, using: Weights) -> float:
    """Score of a row without its ceiling."""
    return using.prior + sum([value * using.feature.get(feature, 0.0) for feature, value in row.items()])


def _as_weights(found: Fit, name: str) -> Weights:
    return Weights(name, found.prior, MATCH_THRESHOLD, REVIEW_THRESHOLD, found.feature | FIXED)


def _as_json(using: Weights) -> dict:
    rounded = {feature: round(w, 6) for feature, w in sorted(using.feature.items()) if round(w, 6)}
    return {
        "version": using.version,
        "match": using.match,
        "review": using.review,
        "prior": round(using.prior, 6),
        "weights": rounded,
    }
