"""Rows of a spreadsheet from its bytes: CSV with any usual separator, or XLSX; nothing is evaluated."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import dataclass
from datetime import date, datetime

from .sheet_words import column_of
from .unwrap import decode

_SEPARATORS = ",;\t|"
_HEAD_ROWS = 40  # the headings of the list stand in the first rows
_HEAD_CHARACTERS = 20_000
_HEADINGS_NEEDED = 3
_MAX_ROWS, _MAX_COLUMNS = 50_000, 60
_MAX_UNPACKED = 100_000_000  # bytes; a sheet of 9,000 persons unpacks to about 10 MB
_TITLE = 31  # characters of an Excel sheet name


@dataclass(frozen=True, slots=True)
class Cell:
    """Text of a cell without outer blanks; numeric cells and real dates are marked."""

    text: str
    numeric: bool = False
    day: str | None = None


@dataclass(slots=True)
class Grid:
    """One sheet: its title, its rows, and at which row the headings of the list stand."""

    title: str
    rows: list[list[Cell]]
    headings: int


def grids_of(data: bytes) -> list[Grid]:
    """Sheets that hold a list of persons, [] when there is none."""
    if data.startswith(b"PK\x03\x04"):
        return _from_xlsx(data)
    return _from_csv(data)


def _heading_row(rows: list[list[Cell]]) -> int | None:
    """The first row with a name column and at least three known headings."""
    for index, row in enumerate(rows[:_HEAD_ROWS]):
        fields = {column_of(cell.text) for cell in row if cell.text} - {None, "ignored"}
        if len(fields) >= _HEADINGS_NEEDED and fields & {"family", "name", "given"}:
            return index
    return None


def _from_csv(data: bytes) -> list[Grid]:
    text, _code_page = decode(data)
    for separator in _SEPARATORS:
        if separator not in text[:_HEAD_CHARACTERS]:
            continue
        head = _csv_rows(text[:_HEAD_CHARACTERS], separator, _HEAD_ROWS)
        if _heading_row(head) is None:
            continue
        rows = _csv_rows(text, separator, _MAX_ROWS)
        found = _heading_row(rows)
        if found is not None:
            return [Grid("", rows, found)]
    return []


def _csv_rows(text: str, separator: str, limit: int) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            rows.append([Cell(value.strip(" \t\r\n\xa0")) for value in row[:_MAX_COLUMNS]])
            if len(rows) >= limit:
                break
    except csv.Error:
        return rows
    return rows


def _from_xlsx(data: bytes) -> list[Grid]:
    from openpyxl import load_workbook  # slow to import, and rarely needed

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > _MAX_UNPACKED:
                return []
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        grids: list[Grid] = []
        for sheet in book.worksheets:
            rows = [_row(row) for row in sheet.iter_rows(max_row=_MAX_ROWS, max_col=_MAX_COLUMNS, values_only=True)]
            found = _heading_row(rows)
            if found is not None:
                grids.append(Grid(str(sheet.title)[:_TITLE], rows, found))
    except Exception:  # openpyxl raises whatever its XML parser and its own assumptions raise
        return []
    return grids


def _row(values: tuple[object, ...]) -> list[Cell]:
    """Cells of a row up to the last filled one."""
    filled = len(values)
    while filled and values[filled - 1] is None:
        filled -= 1
    return [_cell(value) for value in values[:filled]]


def _cell(value: object) -> Cell:
    if value is None:
        return Cell("")
    if isinstance(value, datetime):
        clock = "" if (value.hour, value.minute) == (0, 0) else f"T{value:%H:%M}"
        return Cell(f"{value:%Y-%m-%d}{clock}", day=f"{value:%Y-%m-%d}{clock}")
    if isinstance(value, date):
        return Cell(value.isoformat(), day=value.isoformat())
    if isinstance(value, bool):
        return Cell("YES" if value else "NO")
    if isinstance(value, int | float):
        whole = int(value) if float(value).is_integer() else value
        return Cell(str(whole), numeric=True)
    return Cell(str(value).strip(" \t\r\n\xa0"))
