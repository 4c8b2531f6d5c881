"""The committed pairs of fictional people and small records to vary."""

import json
from functools import cache
from pathlib import Path

VECTORS = Path(__file__).resolve().parents[2] / "vectors" / "matching"

ROSA = {
    "surname": "LINDQVAEL",
    "given_names": "ROSA MARINA",
    "sex": "F",
    "birth_date": "1971-04-09",
    "nationality": ["BRB"],
    "documents": [{"type": "P", "number": "Y1234501", "issuer": "BRB"}],
}


def but(record: dict, **changes: object) -> dict:
    """The record with some fields changed."""
    return {**record, **changes}


@cache
def golden_cases() -> list[dict]:
    return _lines("golden_cases.jsonl")


@cache
def labelled_pairs() -> list[dict]:
    return _lines("dev_pairs.jsonl")


def _lines(name: str) -> list[dict]:
    return [json.loads(line) for line in (VECTORS / name).read_text("utf-8").splitlines()]
