"""The simulator's made-up records and how they are found. Pure."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rapidfuzz.distance import DamerauLevenshtein

SEED = Path(__file__).parent.parent / "seed" / "simulator.toml"
SPELLING = 0.8
"""Similarity of two names from which they count as one; the other side's search is wider than ours."""


def load_simulator_records(path: Path = SEED) -> dict[str, list[dict[str, Any]]]:
    """{"documents": […], "persons": […]} of a seed file."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def of_document(records: list[dict[str, Any]], asked: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Records of the very document."""
    return [one for one in records if all(one["document"][key] == asked.get(key) for key in ("number", "issuer"))]


def of_person(records: list[dict[str, Any]], asked: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Records of somebody of about this name, born in the same year if both say when."""
    return [one for one in records if _is_like(one["identity"], asked)]


def _is_like(held: Mapping[str, Any], asked: Mapping[str, Any]) -> bool:
    years = [{str(date)[:4] for date in _all(one.get("birth_date"))} for one in (held, asked)]
    names = [set(f"{one.get('surname', '')} {one.get('given_names', '')}".upper().split()) for one in (held, asked)]
    alike = [a for a in names[0] if any(DamerauLevenshtein.normalized_similarity(a, b) >= SPELLING for b in names[1])]
    return len(alike) >= min(2, len(names[0])) and (not all(years) or bool(years[0] & years[1]))


def _all(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []
