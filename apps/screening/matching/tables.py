"""The matcher's data, read once: spelling families, hypocoristics, name shares, fitted weights, and their version.

Everything here is frozen with the code: the same pair always gets the same score under the same MATCHER_VERSION.
"""

import hashlib
import json
from functools import lru_cache
from importlib.machinery import EXTENSION_SUFFIXES
from pathlib import Path
from typing import NamedTuple

PACKAGE = Path(__file__).parent
DATA = PACKAGE / "data"
FAMILY_FILES = ("name_variants.txt", "familiar_names.txt", "world_names.txt")


class Weights(NamedTuple):
    """Fitted coefficients in natural log-odds, and the two decision thresholds as probabilities."""

    version: str
    prior: float
    match: float
    review: float
    feature: dict[str, float]


class Families(NamedTuple):
    """Family numbers by token: `spelling` = may stand for the same name, `pet` = hypocoristics of given names."""

    spelling: dict[str, frozenset[int]]
    pet: dict[str, frozenset[int]]


@lru_cache(1)
def families() -> Families:
    """Read FAMILY_FILES: one family a line, `=` before a line of hypocoristics, `#` before a comment."""
    spelling: dict[str, set[int]] = {}
    pet: dict[str, set[int]] = {}
    lines = [line for file in FAMILY_FILES for line in (DATA / file).read_text("utf-8").splitlines()]
    for number, line in enumerate(lines):
        words = line.split()
        if not words or words[0] == "#":
            continue
        table, members = (pet, words[1:]) if words[0] == "=" else (spelling, words)
        for word in members:
            table.setdefault(word, set()).add(number)
    return Families(_freeze(spelling), _freeze(pet))


def _freeze(table: dict[str, set[int]]) -> dict[str, frozenset[int]]:
    return {word: frozenset(numbers) for word, numbers in table.items()}


@lru_cache(1)
def country_codes() -> dict[str, str]:
    """ISO 3166-1 alpha-3 by alpha-2."""
    lines = (DATA / "countries.txt").read_text("utf-8").splitlines()
    codes = " ".join(line for line in lines if not line.startswith("#")).split()
    return dict(zip(codes[::2], codes[1::2], strict=True))


@lru_cache(1)
def token_shares() -> dict[str, float]:
    """Share of the reference population (0 to 1) that bears a name token; a token not listed is rare."""
    return json.loads((DATA / "token_shares.json").read_text("utf-8"))


def read_weights(path: Path) -> Weights:
    """Read a weights file as fit_matcher writes it."""
    raw = json.loads(path.read_text("utf-8"))
    return Weights(raw["version"], raw["prior"], raw["match"], raw["review"], raw["weights"])


@lru_cache(1)
def weights() -> Weights:
    """The weights that ship with this version."""
    return read_weights(DATA / "weights.json")


@lru_cache(1)
def matcher_version() -> str:
    """Weights' name and eight digits over code, coefficients and tables: any change of behaviour changes it."""
    digest = hashlib.sha256()
    for path in sorted([*PACKAGE.glob("*.py"), *DATA.glob("*.json"), *DATA.glob("*.txt")]):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return f"{weights().version}+{digest.hexdigest()[:8]}"


MADE_FOR = EXTENSION_SUFFIXES[0].strip(".").removesuffix(".so")
"""The Python whose extensions this process can load, such as cpython-313-x86_64-linux-gnu."""
COMPILED = PACKAGE.parents[2] / ".compiled" / f"{matcher_version()}-{MADE_FOR}"
"""Where `apps.screening.matching.compilation` keeps this version as machine code, for this Python."""
