"""Every sample list is read as its pair says: flight, travellers, grade, and the codes that a carrier is told."""

import json

import pytest

from apps.manifests.paxlst import read

from .messages import VECTORS, serious

SYSTEMS = [json.loads(line) for line in (VECTORS / "systems.jsonl").read_text(encoding="utf-8").splitlines()]
PAIRS = sorted(VECTORS.glob("*.json"))


def _source(pair):
    return next(pair.with_suffix(ending) for ending in (".txt", ".csv") if pair.with_suffix(ending).exists())


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.stem)
def test_a_sample_is_read_as_its_pair_says(pair):
    expected = json.loads(pair.read_text(encoding="utf-8"))
    obj = read(_source(pair).read_bytes())[0]

    assert obj["grade"] == expected["grade"]
    assert serious(obj) == set(expected["findings"])
    for part in ("message", "flight"):
        if expected[part] is None:
            assert obj[part] is None
        else:
            assert _like(obj[part], expected[part]) == expected[part]
    if isinstance(expected["travellers"], int):
        assert len(obj["travellers"]) == expected["travellers"]
    else:
        assert _like(obj["travellers"], expected["travellers"]) == expected["travellers"]


def _like(found, expected):
    """The found value cut to the keys that the pair holds; lengths are kept."""
    if isinstance(expected, dict) and isinstance(found, dict):
        return {key: _like(found.get(key), value) for key, value in expected.items()}
    if isinstance(expected, list) and isinstance(found, list) and len(found) == len(expected):
        return [_like(one, other) for one, other in zip(found, expected, strict=True)]
    return found


def test_all_samples_are_here():
    assert len(PAIRS) == 40


@pytest.mark.parametrize("case", SYSTEMS, ids=lambda case: case["name"])
def test_one_list_as_many_systems_write_it_is_read_as_the_table_of_grades_says(case):
    obj = read(case["text"].encode())[0]
    assert (obj["grade"], sorted(serious(obj))) == (case["grade"], case["findings"])
    assert _flight_words(obj["flight"]) == case["flight"]
    assert [_words(one) for one in obj["travellers"]] == case["people"]


def _flight_words(flight):
    """Carrier, number, date, and both ends of the first leg with their times; - for what is not known."""
    if flight is None:
        return "-"
    leg = flight["legs"][0]
    ends = (leg["from"], leg["departs"], leg["to"], leg["arrives"])
    return " ".join(part or "-" for part in (flight["carrier"], flight["number"], flight["date"], *ends))


def _words(one):
    papers = ";".join(
        ":".join(paper[key] or "-" for key in ("type", "number", "issuer", "expires")) for paper in one["documents"]
    )
    parts = (one["sex"], one["birth_date"], one["nationality"], one["status"], f"{one['from']}-{one['to']}",
             one["seat"], one["pnr"], papers)  # fmt: skip
    return " ".join([f"{one['surname'] or '-'}/{one['given_names']}", *(part or "-" for part in parts)])
