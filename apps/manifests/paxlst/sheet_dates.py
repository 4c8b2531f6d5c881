"""Dates of a column: the order of day and month is decided by the column, never guessed for a single value."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from .normalise_dates import digits_of, valid_date, worded_date
from .sheet_grid import Cell

_EPOCH = datetime(1899, 12, 30)  # day 0 of the 1900 date system, its false leap day included
_SERIAL_DAYS = range(367, 80_000)  # 1901 to 2119
_SERIAL_LENGTH = 5  # since 1927


@dataclass(slots=True)
class DateColumn:
    """ISO dates (with time where one stood) by row; `order` is how text dates were read."""

    dates: list[str] = field(default_factory=list)
    order: str = ""
    ambiguous: bool = False
    example: str = ""
    readings: str = ""
    mixed: str = ""  # a value that stands day first beside one that stands month first


def _numbers(text: str) -> tuple[int, int, int, str] | None:
    """First, second and third number of a date like 03/04/2027 09:15, and its clock."""
    day, _, clock = text.replace("T", " ").partition(" ")
    parts = day.replace(".", "/").replace("-", "/").split("/")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in parts):
        return None
    return int(parts[0]), int(parts[1]), int(parts[2]), clock.strip()[:5]


def _with_serials(cells: list[Cell]) -> list[Cell]:
    """Texts of a column in which all are numbers of days, as a program writes dates that lost their form in a CSV.

    One value of six or eight digits, or written as a date, and none is taken for one: zeros in front may be lost.
    """
    texts = [cell.text for cell in cells if cell.text]
    serial = all(
        len(text) == _SERIAL_LENGTH and text.isascii() and text.isdigit() and int(text) in _SERIAL_DAYS
        for text in texts
    )
    if not texts or not serial:
        return cells
    return [replace(cell, numeric=True) if cell.text else cell for cell in cells]


def read_column(cells: list[Cell], *, recent: bool, said: str = "") -> DateColumn:
    """The dates of a column; two-digit years are 20YY when `recent`, else left to the reader of birth dates.

    `said` is the order that the sender has given for what the column leaves open.
    """
    column = DateColumn()
    cells = _with_serials(cells)
    parsed = [None if cell.day or cell.numeric else _numbers(cell.text) for cell in cells]
    open_values = [numbers for numbers in parsed if numbers and numbers[0] <= 31]
    day_first = any(numbers[0] > 12 for numbers in open_values)
    month_first = any(numbers[1] > 12 for numbers in open_values)
    undecided = [n for n in open_values if n[0] <= 12 and n[1] <= 12 and n[0] != n[1]]
    if day_first and month_first:
        column.mixed = " and ".join(_examples(cells, parsed))
    if undecided and said and day_first == month_first:
        column.order = said
    elif day_first != month_first:
        column.order = "day first" if day_first else "month first"
    elif undecided:
        column.ambiguous = True
        index = next(i for i, n in enumerate(parsed) if n and n in undecided)
        column.example = cells[index].text
        options = [_iso(undecided[0], recent=True, day_first=first) for first in (True, False)]
        column.readings = " or ".join(option for option in options if option)
    for cell, numbers in zip(cells, parsed, strict=True):
        column.dates.append(_date_of(cell, numbers, column, recent=recent))
    return column


def _examples(cells: list[Cell], parsed: list[tuple[int, int, int, str] | None]) -> list[str]:
    """A value with its day first, and one with its month first."""
    pairs = [(cell.text, numbers) for cell, numbers in zip(cells, parsed, strict=True) if numbers and numbers[0] <= 31]
    day_first = next(text for text, numbers in pairs if numbers[0] > 12)
    return [day_first, next(text for text, numbers in pairs if numbers[1] > 12)]


def _date_of(cell: Cell, numbers: tuple[int, int, int, str] | None, column: DateColumn, *, recent: bool) -> str:
    if cell.day:
        return cell.day
    if cell.numeric and cell.text.isdigit() and len(cell.text) <= 5 and int(cell.text) in _SERIAL_DAYS:
        return f"{_EPOCH + timedelta(days=int(cell.text)):%Y-%m-%d}"
    if not numbers:
        return worded_date(cell.text) or cell.text
    if numbers[0] > 31:
        return _iso((numbers[2], numbers[1], numbers[0], numbers[3]), recent=recent, day_first=True) or cell.text
    decided = numbers[0] > 12 or numbers[1] > 12 or numbers[0] == numbers[1]
    if column.ambiguous and not decided:
        return ""
    day_first = numbers[0] > 12 if decided and numbers[0] != numbers[1] else column.order != "month first"
    return _iso(numbers, recent=recent, day_first=day_first) or cell.text


def _iso(numbers: tuple[int, int, int, str], *, recent: bool, day_first: bool) -> str:
    """ISO date of the numbers, YYMMDD for a two-digit year of a birth date, "" when there is no such day."""
    first, second, year, clock = numbers
    day, month = (first, second) if day_first else (second, first)
    if year < 100 and not recent:
        return f"{year:02}{month:02}{day:02}"
    found = valid_date(year if year >= 100 else 2000 + year, month, day)
    if not found:
        return ""
    plain_clock = digits_of(clock.replace(":", ""))
    return found.isoformat() + (f"T{plain_clock[:2]}:{plain_clock[2:]}" if len(plain_clock) == 4 else "")
