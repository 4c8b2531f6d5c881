"""A sheet as it has to be shown to its sender: first rows, what is understood of each column, what has to be asked."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from .layout import ABOVE, NO_LAYOUTS, Layouts, signature
from .sheet import SheetReader
from .sheet_grid import Grid, TooLarge, grids_of, likely_grids
from .sheet_words import NAMES_OF_PERSONS, fold_label

_SHOWN = 5  # rows of people
_LOOKED_AT = 2_000  # rows of a sheet; whoever sends more is asked about what these leave open
NEEDED = ("birth", "nationality", "number")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: heading, the field it is read as ("" for none), and its first values."""

    heading: str
    folded: str
    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenDate:
    """Dates that can be read in two ways: their heading (folded; "" for the block above), a value, its two readings."""

    heading: str
    folded: str
    example: str
    readings: tuple[str, ...]


@dataclass(slots=True)
class Sketch:
    """One sheet of a file. `missing`: fields that a list needs and no column has."""

    title: str
    signature: str
    columns: list[Column]
    above: list[str]
    dates: list[OpenDate] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    is_kept: bool = False

    @property
    def asks(self) -> bool:
        """Whether its sender has to say something before it can be read well."""
        unknown = any(not column.field for column in self.columns)
        return bool(self.dates or self.missing) or (unknown and not self.is_kept)


def sketches(data: bytes, layouts: Layouts = NO_LAYOUTS, now: datetime | None = None) -> list[Sketch]:
    """The sheets of a file that may hold a list; [] for what is no sheet or cannot be opened. Never raises."""
    try:
        grids = grids_of(data, layouts, _LOOKED_AT) or likely_grids(data, _LOOKED_AT)
    except TooLarge:
        return []
    return [_sketch(grid, layouts, now or datetime.now()) for grid in grids]


def _sketch(grid: Grid, layouts: Layouts, now: datetime) -> Sketch:
    reader = SheetReader(grid, now, layouts=layouts)
    reader.read()
    headings = [cell.text for cell in grid.rows[grid.headings]]
    fields = {
        position: name
        for name, position in reader.columns.items()
        if name != "number" or "passport" not in reader.columns
    }
    people = [row for row in grid.rows[grid.headings + 1 :] if any(cell.text for cell in row)][:_SHOWN]
    columns = [
        Column(
            heading,
            fold_label(heading),
            fields.get(position, "ignored" if reader.is_set_aside(heading) else ""),
            tuple(row[position].text if position < len(row) else "" for row in people),
        )
        for position, heading in enumerate(headings)
        if heading
    ]
    above = [", ".join(cell.text for cell in row if cell.text) for row in grid.rows[: grid.headings]]
    found = Sketch(grid.title, signature(headings), columns, [line for line in above if line])
    found.is_kept = reader.layout is not None
    found.missing = [name for name in NEEDED if name not in reader.columns]
    if not NAMES_OF_PERSONS & set(reader.columns):
        found.missing.insert(0, "family")
    for heading, read in reader.open_dates():
        folded = fold_label(heading) if heading else ABOVE
        found.dates.append(OpenDate(heading, folded, read.example, tuple(read.readings.split(" or "))))
    return found
