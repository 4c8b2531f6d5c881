"""Fit the matcher's weights on labelled pairs: `manage.py fit_matcher PAIRS.jsonl… --held OTHER.jsonl --out FILE`."""

import copy
import json
import random
from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from apps.screening.matching import MATCH_THRESHOLD, REVIEW_THRESHOLD, prepare
from apps.screening.matching.fitting import Fit, SparseRow, fit, quality
from apps.screening.matching.ledger import examine
from apps.screening.matching.tables import Weights, weights

# What is known without the pairs, as (coefficient, strength). In labelled sets relatives and namesakes are so many
# that a rare name seems to prove nothing, and errors in dates are so frequent that they seem to cost nothing; among
# the strangers that a list of 100,000 brings up both count.
EXPECTED = {
    **{"token_rarity": (0.3, 60.0), "whole_name_rarity": (0.3, 60.0), "token_looseness": (-1.0, 60.0)},
    **{"token_misspelt": (-0.5, 60.0), "token_respelled": (-0.3, 60.0), "token_familiar": (-0.5, 60.0)},
    **{"token_sounded": (-0.4, 60.0)},
    **{"token_cut": (-0.5, 12.0), "token_initial": (-0.3, 12.0), "one_token_agrees": (-0.5, 12.0)},
    **{"names_swapped": (-0.3, 18.0), "alias": (-0.3, 12.0)},
    **{"sex_differs": (-1.0, 40.0), "sex_equal": (0.2, 60.0), "nationality_shared": (0.3, 60.0)},
    **{"date_swapped": (-0.4, 12.0), "date_year_slip": (-0.7, 12.0), "date_day_digit": (-0.7, 12.0)},
    **{"date_month_digit": (-0.7, 12.0), "date_equal_1_january": (-1.0, 12.0), "date_month_known": (-0.8, 12.0)},
    **{"date_default_1_january": (-1.0, 12.0), "date_in_range": (-1.5, 12.0), "date_year_known": (-1.2, 12.0)},
    **{"date_day_month_only": (0.0, 12.0), "date_month_differs": (0.0, 12.0)},
    **{"document_confusable": (-0.7, 30.0), "document_same_no_issuer": (-1.0, 30.0)},
    **{"document_one_edit": (-2.0, 30.0), "document_same_other_issuer": (0.5, 30.0)},
    **{"document_national_id_differs": (-1.0, 30.0)},
}
# No pair to fit on lacks a name on one side; such a record may match by document and birth date together.
FIXED = {"no_names": -5.0}
# Share of the true pairs repeated with a date altogether wrong: registries have such, generated pairs have not.
WRONG_DATES = 0.03
# The alias that counts is chosen by the weights of the round before.
ROUNDS = 2


class Command(BaseCommand):
    """Writes a weights file in the form of data/weights.json; reads no database."""

    help = "Fit the matcher's weights on labelled pairs (lines with a, b and same)."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("pairs", nargs="+", type=Path, help="JSON Lines with a, b and same")
        parser.add_argument("--held", nargs="*", type=Path, default=[], help="pairs to measure on, not to fit")
        parser.add_argument("--name", default="fitted", help="version name of these weights")
        parser.add_argument("--out", type=Path, help="file to write; standard output without it")

    def handle(self, *args: Any, **options: Any) -> None:
        pairs = read_pairs(options["pairs"])
        pairs += with_wrong_dates(pairs)
        using = weights()
        for _ in range(ROUNDS):
            found = fit(feature_rows(pairs, using), [p["same"] for p in pairs], [1.0] * len(pairs), EXPECTED)
            using = _as_weights(found, options["name"])
        for path in options["held"]:
            self.stderr.write(f"{path.name}: {measure(read_pairs([path]), using)._asdict()}")
        text = json.dumps(_as_json(using), indent=1) + "\n"
        if options["out"]:
            options["out"].write_text(text, "utf-8")
        else:
            self.stdout.write(text, ending="")


def read_pairs(paths: Iterable[Path]) -> list[dict]:
    """All lines of the files."""
    return [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines() if line]


def with_wrong_dates(pairs: list[dict]) -> list[dict]:
    """Copies of some true pairs: half with another person's birth date, half with two digits mistyped."""
    chance = random.Random(5)  # noqa: S311 - repeatable, not secret
    dated = [p for p in pairs if p["same"] and all(len(str(p[side].get("birth_date"))) == 10 for side in "ab")]
    found = []
    for pair in chance.sample(dated, int(WRONG_DATES * len(dated))):
        wrong = copy.deepcopy(pair)
        if chance.random() < 0.5:
            wrong["b"]["birth_date"] = chance.choice(dated)["b"]["birth_date"]
        else:
            digits = list(wrong["b"]["birth_date"])
            for place in chance.sample((2, 3, 5, 6, 8, 9), 2):
                digits[place] = str(chance.randrange(10))
            wrong["b"]["birth_date"] = "".join(digits)
        found.append(wrong)
    return found


def feature_rows(pairs: list[dict], using: Weights) -> list[SparseRow]:
    """The features of each pair, summed by name."""
    rows = []
    for pair in pairs:
        a, b = sorted((prepare(pair[side], strict=False) for side in "ab"), key=lambda identity: identity.order)
        row: SparseRow = {}
        for _, feature, value in examine(a, b, using).observations:
            row[feature] = row.get(feature, 0.0) + value
        rows.append(row)
    return rows


def measure(pairs: list[dict], using: Weights) -> Any:
    """Quality of the weights on labelled pairs."""
    scores = [
        using.prior + sum(value * using.feature.get(feature, 0.0) for feature, value in row.items())
        for row in feature_rows(pairs, using)
    ]
    return quality([p["same"] for p in pairs], scores)


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
