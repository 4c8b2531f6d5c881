"""Travel documents: types, numbers without decoration, issuing States."""

from __future__ import annotations

import csv
from functools import cache

from .grade import DATA

_DECORATION = str.maketrans("", "", " -.<\t\u2010\u2011\u2013")
GROUP_PASSPORT = "GP"


@cache
def _types() -> dict[str, str]:
    """Document type codes with their class, primary or secondary."""
    with (DATA / "document-types.csv").open(encoding="utf-8", newline="") as source:
        return {row["code"]: row["class"] for row in csv.DictReader(source)}


def is_known_type(code: str) -> bool:
    """True for a code of the list; enhanced driving licences carry the issuing province (EDL_QC)."""
    return code in _types() or code.startswith("EDL_")


def is_secondary(code: str | None) -> bool:
    """True for documents that do not stand for a travel document (visa, residence permit)."""
    return code is not None and _types().get(code) == "secondary"


def is_passport(code: str | None) -> bool:
    """True for P… and for a document of unknown type, which are expected to have an expiry date."""
    return code is None or code.startswith("P")


def plain_number(number: str) -> str:
    """The number without blanks, hyphens, dots and filler."""
    return number.translate(_DECORATION)
