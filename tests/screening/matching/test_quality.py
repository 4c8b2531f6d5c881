"""The matcher's measures on labelled pairs do not fall. Floors lie a little under what was measured."""

import math
from functools import cache

from apps.screening.matching import compare, entry_keys, prepare, probe_keys
from apps.screening.matching.fitting import quality
from bench.fiction.samples import pairs
from bench.management.commands.measure_matcher import of_a_list, of_pairs

from .pairs import labelled_pairs


def log_odds(pair: dict) -> float:
    score = compare(prepare(pair["a"], strict=False), prepare(pair["b"], strict=False), texts=False).score
    return math.log(score / (1 - score))


def test_f1_average_precision_and_calibration_stay_above_their_floors():
    pairs = labelled_pairs()
    found = quality([p["same"] for p in pairs], [log_odds(p) for p in pairs])
    assert found.f1_at_half > 0.978
    assert found.average_precision > 0.997
    assert found.calibration_error < 0.015


def test_names_alone_stay_above_their_floor():
    pairs = [p for p in labelled_pairs() if "name_only" in p["phenomena"]]
    found = quality([p["same"] for p in pairs], [log_odds(p) for p in pairs])
    assert found.average_precision > 0.992


@cache
def unseen(seed: int) -> dict:
    """Measures on new people, by what is known of them. Seeds from 900 on are never fitted on."""
    return of_pairs(pairs(4000, seed))


def test_people_the_weights_never_saw_stay_above_their_floors():
    """A best F1 of .975 is asked for full identities, which have .981 to .985 in six seeds.

    All pairs together have .972 to .976, so that their floor stays under it: every seventh states names alone, every
    tenth a name and a birth date that is often wrong.
    """
    full, together = unseen(911)["full"], unseen(911)["all"]
    assert full["f1_best"] > 0.98
    assert full["f1_at_half"] > 0.98
    assert full["average_precision"] > 0.997
    assert full["calibration_error"] < 0.006
    assert together["f1_best"] > 0.974
    assert together["f1_at_half"] > 0.974
    assert together["average_precision"] > 0.995
    assert together["calibration_error"] < 0.01


def test_names_alone_of_people_the_weights_never_saw_stay_above_their_floors():
    """Asked for: an average precision of .975, a calibration error of at most .08."""
    found = unseen(951)["names_only"]
    assert found["average_precision"] > 0.99
    assert found["calibration_error"] < 0.04


def test_names_with_an_often_wrong_date_stay_above_their_floor():
    found = unseen(951)["sparse"]
    assert found["average_precision"] > 0.975
    assert found["calibration_error"] < 0.075


def test_a_list_gives_its_true_hits_at_few_alerts():
    found = of_a_list(entries=3000, travellers=500, seed=912, hit_rate=0.3)
    assert found["candidate_recall"] > 0.985
    assert found["recall_at_0.01"] > 0.97
    assert found["recall_at_0.001"] > 0.92
    assert found["alerts_at_review"] < 0.01


def test_search_keys_bring_the_true_pairs_together():
    pairs = [p for p in labelled_pairs() if p["same"]]
    met = sum(
        bool(entry_keys(prepare(p["a"], strict=False)) & probe_keys(prepare(p["b"], strict=False))) for p in pairs
    )
    assert met / len(pairs) > 0.98


def test_an_entry_has_few_keys_and_all_are_short():
    keys = [entry_keys(prepare(p["a"], strict=False)) for p in labelled_pairs()]
    assert sum(map(len, keys)) / len(keys) < 45
    assert max(len(key) for found in keys for key in found) <= 24


def test_average_precision_agrees_with_a_ranking_counted_by_hand():
    found = quality([True, False, True, False], [4.0, 3.0, 2.0, -1.0])
    assert math.isclose(found.average_precision, (1 + 2 / 3) / 2)
    assert math.isclose(found.f1_best, 0.8)
    assert math.isclose(found.f1_at_half, 0.8)
