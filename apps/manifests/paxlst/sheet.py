"""Passenger and crew sheets (IMO FAL 5 and 6, air lists): the same object and grades as for a message."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from apps.manifests.paxlst.progress import SILENT, Telling

from .assemble import Submission
from .drafts import DocumentFields, PersonFields, form_object, made, submission_of
from .grade import Findings
from .layout import ABOVE, NO_LAYOUTS, Layout, Layouts, signature, template_on
from .normalise_dates import read_moment
from .normalise_places import Place, port_by_name, read_place
from .normalise_states import read_state
from .normalise_vessels import imo_holds
from .read_flight import Flight, Leg, check_flight, split_flight
from .sheet_dates import DateColumn, read_column
from .sheet_grid import MAX_ROWS, Cell, Grid, column_letters
from .sheet_words import column_of, document_code, is_crew, is_yes, label_of

_NEEDED = {"birth": "Date of birth", "nationality": "Nationality", "number": "Document number"}
_FORMULA = ("=", "+", "-", "@")
# One finding about the column stands for what each traveller then lacks.
_SILENCED = {"birth": "DOB_MISSING", "expiry": "DOC_EXPIRY_MISSING"}
_EMPTY = Cell("")
ROWS_SHARE = 0.3
"""Of the time that a sheet takes once its cells are there, what goes by until its persons are drafts."""
_WHO = {"FL": "Passenger", "FM": "Crew member", "DDU": "Passenger in transit", "DDT": "Crew member in transit"}


@dataclass(slots=True)
class Row:
    """One line of a sheet for the page that shows the reading."""

    line: int
    raw: str
    meaning: str = ""


@dataclass(slots=True)
class SheetReader:
    """Reads one sheet: block above the list, headings, persons."""

    grid: Grid
    now: datetime
    offset: int = 0  # rows of the sheets before this one
    layouts: Layouts = NO_LAYOUTS
    telling: Telling = SILENT
    layout: Layout | None = None
    above: dict[str, Cell] = field(default_factory=dict)  # what stands above the list of an earlier sheet
    findings: Findings = field(default_factory=Findings)
    header: dict[str, Cell] = field(default_factory=dict)
    columns: dict[str, int] = field(default_factory=dict)
    dates: dict[str, DateColumn] = field(default_factory=dict)
    dates_above: DateColumn | None = None
    silent: set[str] = field(default_factory=set)
    rows: list[Row] = field(default_factory=list)
    meanings: dict[int, str] = field(default_factory=dict)

    def read(self) -> list[dict[str, Any]]:
        """One object for the passengers and one for the crew of the sheet, as far as there are any."""
        self.rows = [
            Row(self.offset + index, ", ".join(cell.text for cell in row))
            for index, row in enumerate(self.grid.rows, start=1)
            if any(cell.text for cell in row)
        ]
        self.layout = self.layouts.get(signature(cell.text for cell in self.grid.rows[self.grid.headings]))
        self._header_block()
        self._headings()
        self._check_sheet()
        people = self._people()
        for row in self.rows:
            row.meaning = self.meanings.get(row.line, "")
        crew_form = self._is_crew_form()
        by_kind: dict[str, list[PersonFields]] = {"passenger": [], "crew": []}
        for person in people:
            by_kind["crew" if crew_form or person.status == "FM" else "passenger"].append(person)
        kinds = [kind for kind, found in by_kind.items() if found] or ["crew" if crew_form else "passenger"]
        objects = []
        for kind in kinds:
            submission = submission_of(by_kind[kind], kind=kind, flight=self._flight())
            self._hand_over(submission)
            submission.telling = self.telling.part(ROWS_SHARE, 1)
            objects.append(form_object(submission, now=self.now))
        return objects

    @property
    def _heading_line(self) -> int:
        return self.offset + self.grid.headings + 1

    def _hand_over(self, submission: Submission) -> None:
        submission.silent = frozenset(self.silent)
        for item in self.findings.items:
            submission.findings.add(
                item.code, item.segment, original=item.original, recovered=item.recovered, **item.slots
            )

    def _header_block(self) -> None:
        """Labels above the list: each beside its value, or a row of labels above a row of values."""
        rows = self.grid.rows[: self.grid.headings]
        for index, row in enumerate(rows):
            self._check_formulas(self.offset + index + 1, [cell if cell.unsaved else _EMPTY for cell in row])
            filled = [position for position, cell in enumerate(row) if cell.text]
            if len(filled) > 1 and all(label_of(row[position].text) for position in filled):
                below = rows[index + 1] if index + 1 < len(rows) else []
                pairs = [(position, below, position) for position in filled]
            else:
                pairs = self._beside(row)
            for position, values, place in pairs:
                label = label_of(row[position].text)
                value = values[place] if place < len(values) else _EMPTY
                if label and value.text:
                    self.header.setdefault(label, value)
        self.header = self.header or dict(self.above)

    def _beside(self, row: list[Cell]) -> list[tuple[int, list[Cell], int]]:
        """Labels of a row with the place of the value beside each; a value may itself look like a label."""
        pairs = []
        position = 0
        while position < len(row):
            label, colon, value = row[position].text.partition(":")
            if colon and value.strip() and label_of(label) and not label_of(row[position].text):
                self.header.setdefault(label_of(label) or "", Cell(value.strip()))
            elif row[position].text and label_of(row[position].text):
                pairs.append((position, row, position + 1))
                position += 1
            position += 1
        return pairs

    def _check_sheet(self) -> None:
        """Findings about the sheet as a whole: its layout, its template, more rows than are read."""
        line = made(self._heading_line, "")
        if self.layout:
            names = [cell.text for cell in self.grid.rows[self.grid.headings] if self.layout.column(cell.text)]
            self.findings.add("SHEET_LAYOUT_USED", line, names=", ".join(names) or "dates")
        sent, current = self._text("template"), template_on(self.now.date()).version
        if sent and sent != current:
            self.findings.add("TEMPLATE_WRONG_YEAR", None, original=sent, sent=sent[:40], current=current)
        if self.grid.cut:
            self.findings.add("SHEET_TOO_LONG", line, most=f"{MAX_ROWS:,}")

    def is_set_aside(self, heading: str) -> bool:
        """Whether a column is one of those that a list does not need."""
        return self._column(heading) == "ignored"

    def _column(self, heading: str) -> str | None:
        said = self.layout.column(heading) if self.layout else None
        return said or column_of(heading)

    def open_dates(self) -> list[tuple[str, DateColumn]]:
        """Date columns that can be read in two ways, by heading; "" for the block above the list."""
        row = self.grid.rows[self.grid.headings]
        found = [
            (row[self.columns[name]].text, column)
            for name, column in self.dates.items()
            if column.ambiguous and name in self.columns
        ]
        return (
            found if self.dates_above is None or not self.dates_above.ambiguous else [(ABOVE, self.dates_above), *found]
        )

    def _headings(self) -> None:
        for position, cell in enumerate(self.grid.rows[self.grid.headings]):
            column = self._column(cell.text) if cell.text else None
            if column and column != "ignored":
                self.columns.setdefault(column, position)
            elif cell.text and not column:
                heading = made(self._heading_line, cell.text)
                self.findings.add("SHEET_HEADER_UNKNOWN", heading, original=cell.text, name=cell.text)
        if "passport" in self.columns:
            self.columns.setdefault("number", self.columns["passport"])
        for column, name in _NEEDED.items():
            if column not in self.columns:
                self.findings.add("SHEET_COLUMN_MISSING", made(self._heading_line, ""), name=name)

    def _is_crew_form(self) -> bool:
        title = " ".join(cell.text for row in self.grid.rows[: self.grid.headings] for cell in row[:1]).upper()
        named = f"{self.grid.title} {title}".upper()
        return "category" not in self.columns and (
            "rank" in self.columns or ("CREW" in named and "PASSENGER" not in named) or "FAL FORM 5" in named
        )

    def _people(self) -> list[PersonFields]:
        start = self.grid.headings + 1
        rows = self.grid.rows[start:]
        filled = [
            (self.offset + start + index + 1, row) for index, row in enumerate(rows) if any(cell.text for cell in row)
        ]
        last = filled[-1][0] - self.offset if filled else start
        if last - start > len(filled):
            self.findings.add("ROW_EMPTY")
        for column in ("birth", "expiry"):
            self._date_column(column, [self._cell(row, column) for _line, row in filled])
        self._check_numbers([self._cell(row, "number") for _line, row in filled])
        told = self.telling.part(0, ROWS_SHARE).each(filled, len(filled))
        return [self._person(index, line, row) for index, (line, row) in enumerate(told)]

    def _date_column(self, column: str, cells: list[Cell]) -> None:
        position = self.columns.get(column)
        name = self.grid.rows[self.grid.headings][position].text if position is not None else column
        said = self.layout.order(name) if self.layout else ""
        read = self.dates[column] = read_column(cells, recent=column == "expiry", said=said)
        self._note_dates(read, name)
        if read.ambiguous:
            self.silent.add(_SILENCED[column])

    def _note_dates(self, read: DateColumn, name: str) -> None:
        line = made(self._heading_line, name)
        if read.mixed:
            self.findings.add("DATE_ORDER_MIXED", line, original=read.mixed, name=name, examples=read.mixed)
        if read.ambiguous:
            self.findings.add("DATE_AMBIGUOUS", line, original=read.example, recovered=read.readings, name=name)
        elif read.order:
            self.findings.add("DATE_DAY_FIRST", line, name=name, order=read.order)

    def _check_numbers(self, cells: list[Cell]) -> None:
        """Numeric cells beside numbers of other length have probably lost leading zeros."""
        lengths = {len(cell.text) for cell in cells if cell.text}
        if len(lengths) > 1 and any(cell.numeric for cell in cells):
            name = self.grid.rows[self.grid.headings][self.columns["number"]].text
            self.findings.add("DOCUMENT_CELL_NUMERIC", made(self._heading_line, name), name=name)

    def _cell(self, row: list[Cell], column: str) -> Cell:
        position = self.columns.get(column)
        return row[position] if position is not None and position < len(row) else _EMPTY

    def _person(self, index: int, line: int, row: list[Cell]) -> PersonFields:
        def text(column: str) -> str:
            return self._cell(row, column).text

        self._check_formulas(line, row)
        names = (text("family") or _with_slash(text("name")), text("given"), text("middle"))
        document = self._document(index, text)
        person = PersonFields(
            line=line,
            names=names,
            status="FM" if is_crew(text("category")) or self._is_crew_form() else "FL",
            sex=text("sex"),
            birth=self.dates["birth"].dates[index].partition("T")[0],
            nationality=text("nationality"),
            origin=self._port(text("origin")),
            destination=self._port(text("destination")),
            seat=text("seat"),
            pnr=text("pnr"),
            rank=text("rank"),
            residence=text("residence"),
            birth_place=text("birth_place"),
            documents=(document,) if document else (),
        )
        if is_yes(text("transit")) or text("category").upper() == "TRANSIT":
            person.status = "DDT" if person.status == "FM" else "DDU"
        shown = ", ".join(part for part in (*names, person.birth, person.nationality) if part)
        self.meanings[line] = f"{_WHO[person.status]} {shown}"
        return person

    def _check_formulas(self, line: int, row: list[Cell]) -> None:
        """Texts that a program would take for a formula, and formulas whose result was not kept in the file."""
        for column, cell in enumerate(row):
            if cell.text.startswith(_FORMULA) and len(cell.text) > 1:
                self.findings.add("FORMULA_CELL", made(line, cell.text), original=cell.text, cell=f"in row {line}")
            elif cell.unsaved:
                place = f"{column_letters(column)}{line - self.offset}"
                self.findings.add("FORMULA_NOT_SAVED", made(line, ""), original=place, cell=place)

    def _document(self, index: int, text: Callable[[str], str]) -> DocumentFields | None:
        kind, number = document_code(text("document_type")), text("number")
        if not kind and "passport" in self.columns and self.columns["passport"] == self.columns.get("number"):
            kind = "P" if number else ""
        expires = self.dates["expiry"].dates[index].partition("T")[0]
        if not (kind or number or text("issuer") or expires):
            return None
        return DocumentFields(kind, number, text("issuer"), expires)

    def _port(self, text: str) -> str:
        place = port_by_name(text) if text else None
        return place.code if place else text

    def _flight(self) -> Flight:
        """The voyage of a FAL form or the flight of an air list, from the block above the list."""
        flight = Flight()
        sea = any(label in self.header for label in ("ship", "imo", "voyage", "call_sign"))
        moments = self._header_dates()
        if sea:
            self._vessel(flight)
            arrival = not self._text("direction").upper().startswith(("D", "S", "V"))
            here, there = ("arrives", "departs") if arrival else ("departs", "arrives")
            ends = ("last_port", "port") if arrival else ("port", "next_port")
            leg = self._leg(flight, ends, {here: moments.get(here) or moments.get("date"), there: moments.get(there)})
        else:
            carrier, number = split_flight(self._text("flight").upper(), self._text("carrier").upper())
            flight.carrier, flight.number = carrier, number or None
            moments["departs"] = moments.get("departs") or moments.get("date")
            leg = self._leg(flight, ("origin", "destination"), moments)
        leg.crossing = leg.declared = True
        flight.legs = [leg] if any((leg.origin, leg.destination, leg.departs, leg.arrives)) else []
        self._check(flight, leg, sea=sea, ambiguous="DATE" in moments)
        return flight

    def _text(self, label: str) -> str:
        return self.header.get(label, _EMPTY).text

    def _vessel(self, flight: Flight) -> None:
        imo = "".join(letter for letter in self._text("imo") if letter.isdigit())
        flag = self._text("flag").upper()
        flight.mode = "sea"
        flight.number = self._text("voyage").upper() or None
        flight.carrier = self._text("carrier").upper() or None
        flight.vessel = {
            "name": self._text("ship").upper() or None,
            "imo": imo or None,
            "call_sign": self._text("call_sign").upper() or None,
            "flag": read_state(flag).code if flag else None,
        }
        if imo and not imo_holds(imo):
            flight.findings.add("IMO_CHECK_FAILED", None, original=self._text("imo"), value=imo)

    def _header_dates(self) -> dict[str, str | None]:
        """Dates above the list by label, read as one column; the key DATE is set when they are ambiguous."""
        labels = [label for label in ("departs", "arrives", "date") if label in self.header]
        said = self.layout.orders.get(ABOVE, "") if self.layout else ""
        column = self.dates_above = read_column([self.header[label] for label in labels], recent=True, said=said)
        names = ", ".join(labels)
        if not self.findings.has("DATE_AMBIGUOUS") or not column.ambiguous:
            self._note_dates(column, names)
        moments: dict[str, str | None] = {}
        for label, text in zip(labels, column.dates, strict=True):
            iso = len(text) in (10, 16) and text[4:5] == "-"
            moment = None if iso or not text else read_moment(text, "")
            moments[label] = text if iso else (moment.iso if moment else None)
        if column.ambiguous:
            moments["DATE"] = None
        return moments

    def _leg(self, flight: Flight, ends: tuple[str, str], moments: dict[str, str | None]) -> Leg:
        places: list[Place | None] = []
        for label in ends:
            text = self._text(label)
            place = (port_by_name(text) if flight.mode == "sea" else None) or read_place(text.upper(), flight.mode)
            places.append(place if text else None)
            if text and not place.known:
                flight.findings.add("PORT_UNKNOWN", None, original=text, code=text)
        origin, destination = places
        return Leg(
            origin.code if origin else None,
            destination.code if destination else None,
            moments.get("departs"),
            moments.get("arrives"),
            origin.zone if origin else None,
            destination.zone if destination else None,
        )

    def _check(self, flight: Flight, leg: Leg, *, sea: bool, ambiguous: bool) -> None:
        """FAL forms know one end of the voyage only; ambiguous dates are asked for once."""
        findings = flight.findings
        if not flight.number:
            findings.add("FLIGHT_MISSING")
        if not leg.destination and not (sea and leg.departs):
            findings.add("ARRIVAL_MISSING")
        if not sea and not (leg.origin and (leg.departs or ambiguous)):
            findings.add("DEPARTURE_MISSING")
        if not sea and leg.destination and not leg.arrives and not ambiguous:
            findings.add("ARRIVAL_TIME_MISSING")
        check_flight(flight, self.now, legs_needed=False)


def _with_slash(name: str) -> str:
    """A full name in one cell: SURNAME, GIVEN becomes SURNAME/GIVEN, which the reader of names splits."""
    return name.replace(",", "/", 1) if "/" not in name else name
