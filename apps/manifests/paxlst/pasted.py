"""People pasted from a spreadsheet: by headings where there are some, else each cell by what it looks like."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from .normalise_dates import typed_date
from .normalise_states import read_state
from .read import read
from .sheet_grid import grids_of
from .sheet_words import document_code, is_crew
from .trips import CREW, PASSENGER, PERSON, person_of

_CELLS = re.compile(r"\t|;|,")
_MANY_BLANKS = re.compile(r" {2,}")
_DATE = re.compile(r"\d{1,4}[-/. ]\d{1,2}[-/. ]\d{1,4}|\d{8}", re.ASCII)
_NUMBER = re.compile(r"(?=[A-Z-]{0,19}\d)[A-Z0-9-]{5,20}", re.ASCII)
_SEXES = {"M": "M", "F": "F", "X": "X", "MALE": "M", "FEMALE": "F"}
_DOCUMENTS = frozenset({"P", "I", "MMD", "S", "AC", "CP", "GP"})
_MOST = 500


def people_in(text: str, now: datetime | None = None) -> list[dict[str, Any]]:
    """Rows of the form for pasted lines; lines that say nothing are left out. At most 500."""
    data = text.replace("\r\n", "\n").encode()
    if grids_of(data):
        objects = read(data, as_of=now)
        return [person_of(one) for obj in objects for one in obj["travellers"]][:_MOST]
    rows = (_person(line) for line in text.splitlines()[:_MOST])
    return [row for row in rows if row["surname"] or row["number"]]


def _person(line: str) -> dict[str, Any]:
    cells = [
        cell.strip(" \t\xa0\"'") for cell in (_CELLS.split(line) if _CELLS.search(line) else _MANY_BLANKS.split(line))
    ]
    row: dict[str, Any] = dict.fromkeys(PERSON, "") | {"role": PASSENGER}
    for cell in filter(None, cells):
        _put(row, cell)
    return row


def _put(row: dict[str, Any], cell: str) -> None:
    """A cell into the first field that it fits and that is still free."""
    upper = cell.upper()
    if _DATE.fullmatch(cell):
        _first_free(row, typed_date(cell), "birth_date", "expires")
    elif upper in _SEXES and not row["sex"]:
        row["sex"] = _SEXES[upper]
    elif is_crew(cell) and len(cell) > 1:
        row["role"] = CREW
    elif document_code(cell) in _DOCUMENTS and row["surname"] and not row["type"]:
        row["type"] = document_code(cell)
    elif _NUMBER.fullmatch(upper) and not row["number"]:
        row["number"] = upper
    elif row["surname"] and _is_state(upper):
        _first_free(row, upper, "nationality", "issuer")
    else:
        _first_free(row, cell, "surname", "given_names")


def _is_state(text: str) -> bool:
    """A code or the name of a State; two letters alone may be a name."""
    return len(text) > 2 and read_state(text).how != "unknown"


def _first_free(row: dict[str, Any], value: str, *fields: str) -> None:
    free = next((field for field in fields if not row[field]), None)
    if free:
        row[free] = value
