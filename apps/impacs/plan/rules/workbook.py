"""The plan as a workbook: written with keys and versions, read back cell by cell, each fault with its place.

A second, hidden sheet holds the values as they were exported; without it nobody could tell what was changed in the
file from what has changed in the portal meanwhile. No cell is ever a formula.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from apps.audit.spreadsheets import Sheet, workbook, xlsx_bytes

SHEET, BASE = "Tasks", "Exported"
HEADS: dict[str, str] = {
    "key": "Key",
    "version": "Version",
    "reference": "Number",
    "title": "Title",
    "kind": "Kind",
    "owner": "Desk",
    "mandate": "Mandate",
    "programme": "Programme",
    "year": "Year",
    "starts_on": "Start",
    "due_on": "Due",
    "estimate_days": "Estimate",
    "priority": "Priority",
    "state": "State",
    "after": "After",
}
"""Columns by name, and their heads, which are the same in every language so that a file can go round."""
WIDTHS = {"key": 12, "reference": 16, "title": 60, "mandate": 34, "owner": 20, "after": 30}
BLANK_END = 200
"""So many empty rows end a sheet: programs leave formats far below the last row."""


class UnreadableError(Exception):
    """The workbook as a whole cannot be taken: `code` says why, `detail` where."""

    def __init__(self, code: str, detail: str = "") -> None:
        self.code, self.detail = code, detail
        super().__init__(f"{code}: {detail}")


@dataclass(slots=True)
class Line:
    """One row of the sheet: its number, its cells as texts, and cells that hold a formula."""

    number: int
    cells: dict[str, str]
    formulas: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Read:
    """A workbook: its lines, the letters of its columns, and by key the values that were exported."""

    lines: list[Line]
    letters: dict[str, str]
    base: dict[str, dict[str, str]]

    def place(self, line: Line, column: str) -> str:
        """ "D7" """
        return f"{self.letters.get(column, '')}{line.number}"


def write_plan_workbook(rows: Iterable[Mapping[str, str]], marking: str = "") -> bytes:
    """A workbook of rows {column: text}; every cell is stored as text."""
    table = [[row.get(name, "") for name in HEADS] for row in [HEADS, *rows]]
    widths = {place: WIDTHS.get(name, 12) for place, name in enumerate(HEADS, start=1)}
    return xlsx_bytes(workbook(Sheet(SHEET, table, "E2", widths), Sheet(BASE, table, hidden=True)), marking)


def read_plan_workbook(path: Path, most: int) -> Read:
    """The sheet of a workbook; UnreadableError if it is damaged, has no title column, or more rows than `most`."""
    from openpyxl import load_workbook

    with path.open("rb") as file:
        try:
            book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
            return _read(book, most)
        except (BadZipFile, KeyError, ValueError, TypeError, IndexError, AttributeError, SyntaxError) as damaged:
            raise UnreadableError("damaged") from damaged


def _letter(place: int) -> str:
    """ "A" for the first column, place 0."""
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(place + 1))


def _read(book: Any, most: int) -> Read:
    sheet: Any = book[SHEET] if SHEET in book.sheetnames else book.worksheets[0]
    lines, letters = _lines(sheet, most)
    base = {}
    if BASE in book.sheetnames:
        old, _letters = _lines(book[BASE], most)
        base = {line.cells["key"]: line.cells for line in old if line.cells.get("key")}
    return Read(lines, letters, base)


def _lines(sheet: Any, most: int) -> tuple[list[Line], dict[str, str]]:
    rows = sheet.iter_rows()
    head = next(rows, ())
    names = {title.lower(): name for name, title in HEADS.items()}
    columns: dict[int, str] = {}
    for place, cell in enumerate(head):
        title = _text(cell.value).strip()
        if not title:
            continue
        name = names.get(title.lower())
        if name is None or name in columns.values():
            raise UnreadableError("column", f"{_letter(place)}1: {title[:40]}")
        columns[place] = name
    if "title" not in columns.values():
        raise UnreadableError("no-title")
    found: list[Line] = []
    blank = 0
    for number, row in enumerate(rows, start=2):
        line = _line(number, row, columns)
        if not any(line.cells.values()):
            blank += 1
            if blank >= BLANK_END:
                break
            continue
        blank = 0
        found.append(line)
        if len(found) > most:
            raise UnreadableError("too-many", str(most))
    return found, {name: _letter(place) for place, name in columns.items()}


def _line(number: int, row: Sequence[Any], columns: Mapping[int, str]) -> Line:
    line = Line(number, {})
    for place, name in columns.items():
        cell = row[place] if place < len(row) else None
        value = getattr(cell, "value", None)
        line.cells[name] = _text(value).strip()
        if getattr(cell, "data_type", "") == "f":
            line.formulas.append(name)
    return line


def _text(value: Any) -> str:
    """A cell as text: days in ISO 8601, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


@dataclass(frozen=True, slots=True)
class Compared:
    """A row of the file beside the task as it stands: `mine` to write, `theirs` changed meanwhile, `both` of them.

    Each is {column: (before, after)}; of `both`, (what stands, what the file says).
    """

    mine: dict[str, tuple[str, str]]
    theirs: dict[str, tuple[str, str]]
    both: dict[str, tuple[str, str]]


def compared(written: Mapping[str, str], now: Mapping[str, str], base: Mapping[str, str] | None) -> Compared:
    """Cell by cell: what the file changes, what has changed since the export, and what both have changed differently.

    Without the exported values every cell that differs counts as changed in the file.
    """
    mine, theirs, both = {}, {}, {}
    for name, text in written.items():
        stands = now.get(name, "")
        was = stands if base is None else base.get(name, "")
        if stands != was:
            theirs[name] = (was, stands)
        if text in (was, stands):
            continue
        if stands != was:
            both[name] = (stands, text)
        else:
            mine[name] = (stands, text)
    return Compared(mine, theirs, both)
