"""Rows of a spreadsheet from its bytes: CSV with any usual separator, or XLSX; nothing is evaluated."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from apps.manifests.paxlst.progress import SILENT, Telling

from .layout import NO_LAYOUTS, Layouts, signature
from .sheet_words import NAMES_OF_PERSONS, column_of
from .unwrap import decode

_SEPARATORS = ",;\t|"
_HEAD_ROWS = 40  # the headings of the list stand in the first rows
_HEAD_CHARACTERS = 20_000
_HEADINGS_NEEDED = 3
_WORDS_NEEDED = 4
MAX_ROWS, _MAX_COLUMNS = 50_000, 60
MAX_UNPACKED = 100_000_000  # bytes; a sheet of 9,000 persons unpacks to about 10 MB
_TITLE = 31  # characters of an Excel sheet name
_UNSAVED = re.compile(
    rb'<(?:\w+:)?c [^>]*?r="([A-Z]+)([0-9]+)"[^>]*><(?:\w+:)?f\b(?:[^>]*/>|[^<]*</(?:\w+:)?f>)(?!<(?:\w+:)?v>[^<])'
)


HeadingRow = Callable[[list[list["Cell"]]], int | None]


class TooLarge(Exception):
    """A workbook that unpacks to more than anybody needs: it is not opened."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Text of a cell without outer blanks; numeric cells, real dates, and formulas without a value are marked."""

    text: str
    numeric: bool = False
    day: str | None = None
    unsaved: bool = False


_NOTHING = Cell("")


@dataclass(slots=True)
class Grid:
    """One sheet: its title, its rows, and at which row the headings of the list stand."""

    title: str
    rows: list[list[Cell]]
    headings: int
    cut: bool = False  # there were more rows than are read


def grids_of(data: bytes, layouts: Layouts = NO_LAYOUTS, most: int = MAX_ROWS, telling: Telling = SILENT) -> list[Grid]:
    """Sheets that hold a list of persons, up to `most` rows of each; [] when there is none. Raises TooLarge."""
    return _grids(data, lambda rows: _heading_row(rows, layouts), most, telling)


def likely_grids(data: bytes, most: int = MAX_ROWS) -> list[Grid]:
    """Sheets whose headings nobody knows, by their fullest row of words; [] when there is none. Raises TooLarge."""
    return _grids(data, _fullest_row, most, SILENT)


def _grids(data: bytes, heading_row: HeadingRow, most: int, telling: Telling) -> list[Grid]:
    if data.startswith(b"PK\x03\x04"):
        return _from_xlsx(data, heading_row, most, telling)
    return _from_csv(data, heading_row, most)


def _heading_row(rows: list[list[Cell]], layouts: Layouts) -> int | None:
    """The first row that a kept layout knows, or with a name column and at least three known headings."""
    for index, row in enumerate(rows[:_HEAD_ROWS]):
        if layouts and signature(cell.text for cell in row) in layouts:
            return index
        fields = {column_of(cell.text) for cell in row if cell.text} - {None, "ignored"}
        if len(fields) >= _HEADINGS_NEEDED and fields & NAMES_OF_PERSONS:
            return index
    return None


def _fullest_row(rows: list[list[Cell]]) -> int | None:
    """The first row with the most words, at least four, none of them a number or date, and a row as full below it."""
    best, most = None, _WORDS_NEEDED - 1
    for index, row in enumerate(rows[: min(_HEAD_ROWS, len(rows) - 1)]):
        filled = [cell for cell in row if cell.text]
        below = [cell for cell in rows[index + 1] if cell.text]
        plain = all(not cell.numeric and not cell.day and not any(c.isdigit() for c in cell.text) for cell in filled)
        if plain and len(filled) > most and 2 * len(below) >= len(filled):
            best, most = index, len(filled)
    return best


def _from_csv(data: bytes, heading_row: HeadingRow, most: int) -> list[Grid]:
    text, _code_page = decode(data)
    for separator in _SEPARATORS:
        if separator not in text[:_HEAD_CHARACTERS]:
            continue
        head = _csv_rows(text[:_HEAD_CHARACTERS], separator, _HEAD_ROWS)
        if heading_row(head) is None:
            continue
        rows = _csv_rows(text, separator, most + 1)
        found = heading_row(rows)
        if found is not None:
            return [Grid("", rows[:most], found, len(rows) > most)]
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


def _from_xlsx(data: bytes, heading_row: HeadingRow, most: int, telling: Telling) -> list[Grid]:
    from openpyxl import load_workbook  # slow to import, and rarely needed

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > MAX_UNPACKED:
                raise TooLarge
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        grids: list[Grid] = []
        count = len(book.worksheets)
        for number, sheet in enumerate(book.worksheets):
            own = telling.part(number / count, (number + 1) / count)
            walk = sheet.iter_rows(max_row=most + 1, max_col=_MAX_COLUMNS, values_only=True)
            rows = [_row(row) for row in own.each(walk, min(sheet.max_row or most, most))]
            found = heading_row(rows)
            if found is not None:
                _mark_unsaved(rows, data, sheet._worksheet_path)
                grids.append(Grid(str(sheet.title)[:_TITLE], rows[:most], found, any(rows[most:])))
    except TooLarge:
        raise
    except Exception:  # openpyxl raises whatever its XML parser and its own assumptions raise
        return []
    return grids


def _mark_unsaved(rows: list[list[Cell]], data: bytes, path: str) -> None:
    """Mark the cells that hold a formula of which the program that wrote the file has kept no value."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        text = packed.read(path)
    for letters, number in _UNSAVED.findall(text):
        column, line = 0, int(number[:7])
        for letter in letters[:3]:
            column = column * 26 + letter - ord("A") + 1
        if line > len(rows) or column > _MAX_COLUMNS:
            continue
        row = rows[line - 1]
        row += [_NOTHING] * (column - len(row))
        if not row[column - 1].text:
            row[column - 1] = Cell("", unsaved=True)


def column_letters(position: int) -> str:
    """The letters of a column, counted from 0: A, Z, AA."""
    letters, number = "", position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


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
