"""The reader: bytes of one submission in, one object for each list out. Nothing that is sent makes it fail."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from apps.manifests.paxlst.progress import SILENT, Telling

from .assemble import group, read_submission
from .grade import Findings, grade_of
from .json_form import objects_of, read_json
from .kinds import BOOKINGS, LIST, kinds_of, others_of
from .layout import NO_LAYOUTS, Layouts
from .read_segments import Interchange, Message, Reader
from .segments import BLANKS, Delimiters, Note, Segment
from .sheet import Row, SheetReader
from .sheet_grid import MAX_UNPACKED, Cell, TooLarge, grids_of
from .ship_xml import Refused, is_ship_xml, notices_of
from .tokenise import Cutter, delimiters_of, start_of
from .unwrap import Stretch, Unwrapped, unwrap

PARSER_VERSION = "1.0.0"
CELLS_SHARE = 0.5
"""Of the time that a workbook takes, what goes by until its cells are there."""


@dataclass(slots=True)
class Reading:
    """Objects of a file and its segments in order, for pages that show both."""

    objects: list[dict[str, Any]]
    segments: list[Segment] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)


def read(
    data: bytes, *, as_of: datetime | None = None, layouts: Layouts = NO_LAYOUTS, telling: Telling = SILENT
) -> list[dict[str, Any]]:
    """One object per list in the file, as the contract of the reader shows it; at least one, never raises.

    `as_of` is the moment taken as now (default: the interchange's own date and time), `layouts` those that the sender
    has kept for their sheets; `telling` hears how far a sheet is read. Time is linear in the length.
    """
    return read_file(data, as_of=as_of, layouts=layouts, telling=telling).objects


def read_file(
    data: bytes, *, as_of: datetime | None = None, layouts: Layouts = NO_LAYOUTS, telling: Telling = SILENT
) -> Reading:
    """Objects of a file with its segments or rows; the form is recognised by content."""
    if as_of is not None and as_of.tzinfo is not None:
        as_of = as_of.astimezone(UTC).replace(tzinfo=None)
    if data.startswith(b"PK\x03\x04"):
        return _read_book(data, as_of, layouts, telling)
    wrapped = unwrap(data)
    text = wrapped.lines.strip(BLANKS + "\x00")
    if not text:
        return Reading([unreadable("EMPTY")])
    if text[0] in "{[":
        objects = read_json(text, as_of)
        if objects:
            return Reading(objects)
    if text[0] == "<" and is_ship_xml(text):
        return _read_notice(text, as_of)
    segments, messages, notes = _segments(wrapped)
    booked = [message for message in messages if _is_booked(message)]
    lists = [message for message in messages if message.kind in (LIST, "") and not _is_booked(message)]
    if not lists:
        sheet = None if messages else _read_sheet(data, as_of, layouts, telling)
        found = next((message.kind for message in messages), "other text")
        return sheet or Reading([unreadable("NOT_PAXLST", found=found)], segments)
    lists[0].interchange.notes += [*notes, *_others(wrapped)]
    aside = {id(segment) for message in booked for segment in message.segments}
    shown = [segment for segment in segments if id(segment) not in aside] if aside else segments
    return Reading([read_submission(submission, as_of) for submission in group(lists)], shown)


def _is_booked(message: Message) -> bool:
    """Whether a message is booking data, which have a reader of their own (apps.manifests.pnrgov)."""
    if message.kind:
        return message.kind == BOOKINGS
    return message.begin is None and any(segment.tag in ("SRC", "RCI", "TIF") for segment in message.segments)


def _others(wrapped: Unwrapped) -> list[Note]:
    """What is said of messages in the file that are neither lists nor bookings."""
    counted = sum((others_of(stretch.text) for stretch in wrapped.stretches), Counter[str]())
    kinds = ", ".join(sorted(counted))
    return [Note("OTHER_MESSAGES", kinds, slots={"n": str(counted.total()), "kinds": kinds})] if counted else []


def _read_notice(text: str, as_of: datetime | None) -> Reading:
    try:
        return Reading(objects_of(notices_of(text), as_of))
    except Refused as refused:
        return Reading([unreadable(refused.code, line=str(refused.line))])


def _read_book(data: bytes, as_of: datetime | None, layouts: Layouts, telling: Telling) -> Reading:
    try:
        found = _read_sheet(data, as_of, layouts, telling)
    except TooLarge:
        return Reading([unreadable("SHEET_TOO_LARGE", most=str(MAX_UNPACKED // 1_000_000))])
    return found or Reading([unreadable("NOT_PAXLST", found="a packed file without a list")])


def _read_sheet(data: bytes, as_of: datetime | None, layouts: Layouts, telling: Telling) -> Reading | None:
    """The lists of a spreadsheet, None when it holds none. A sheet of nobody beside others is left out."""
    objects: list[dict[str, Any]] = []
    rows: list[Row] = []
    above: dict[str, Cell] = {}
    offset = 0
    grids = grids_of(data, layouts, telling=telling.part(0, CELLS_SHARE))
    for number, grid in enumerate(grids):
        own = telling.part(CELLS_SHARE, 1).part(number / len(grids), (number + 1) / len(grids))
        reader = SheetReader(grid, as_of or datetime.now(), offset, layouts, own, above=above)
        objects += reader.read()
        rows += reader.rows
        above = above or reader.header
        offset += len(grid.rows)
    filled = [obj for obj in objects if obj["travellers"]] or objects[:1]
    return Reading(filled, rows=rows) if objects else None


def unreadable(code: str, **slots: str) -> dict[str, Any]:
    """The object of a file that is no list."""
    findings = Findings()
    findings.add(code, **slots)
    return {
        "grade": grade_of({"fatal"}),
        "message": None,
        "flight": None,
        "travellers": [],
        "findings": [item.as_object() for item in findings.items],
    }


def _segments(wrapped: Unwrapped) -> tuple[list[Segment], list[Message], list[Note]]:
    """Segments and messages of a file; line ends end segments only if no other terminator fits."""
    found = [(stretch, delimiters_of(stretch)) for stretch in wrapped.stretches]
    notes = _file_notes(wrapped)
    if not any(marks for _stretch, marks in found):
        text = wrapped.lines.replace("\r\n", "\n").replace("\r", "\n")
        stretch = Stretch(text, wrapped.by_line_advice)
        found = [(stretch, delimiters_of(stretch, by_lines=True))]
    reader, segments, leading = Reader(), [], 0
    for stretch, marks in found:
        if marks is None:
            # another kind of message is no text in front of the list
            leading += 0 if kinds_of(stretch.text) else len(stretch.text)
            continue
        cut, interchange = _cut(stretch, marks, leading)
        if wrapped.telegram:
            interchange.origin = wrapped.telegram
        leading = 0
        reader.read(cut, interchange)
        segments += cut
    return segments, reader.messages, notes


def _cut(stretch: Stretch, marks: Delimiters, leading: int) -> tuple[list[Segment], Interchange]:
    """Segments of one stretch, and its interchange with what was found about the text."""
    start = start_of(stretch.text, marks)
    cutter = Cutter(marks)
    segments = cutter.cut(stretch.text[start:])
    interchange = Interchange(marks, notes=_delimiter_notes(stretch, marks))
    if leading + start:
        interchange.notes.append(Note("LEADING_TEXT", slots={"n": str(leading + start)}))
    if cutter.trailing:
        interchange.notes.append(Note("TRAILING_TEXT", slots={"n": str(cutter.trailing)}))
    if cutter.spaced:
        interchange.notes.append(Note("SPACE_AROUND_TAG"))
    return segments, interchange


def _delimiter_notes(stretch: Stretch, marks: Delimiters) -> list[Note]:
    """How the delimiters were found."""
    notes: list[Note] = []
    as_sent = stretch.advice is not None and marks.same_characters(stretch.advice)
    if marks.by_lines and not as_sent:
        notes.append(Note("NEWLINE_TERMINATOR"))
    if marks.origin == "deduced" or (stretch.advice is not None and not as_sent):
        standard = (marks.component, marks.element) == (":", "+")
        if not (marks.by_lines and standard):
            notes.append(Note("UNA_DEDUCED", recovered=marks.shown, slots={"una": marks.shown}))
    elif as_sent and (marks.component, marks.element, marks.release, marks.terminator) != (":", "+", "?", "'"):
        notes.append(Note("UNA_NONSTANDARD", slots={"una": marks.shown}))
    elif not as_sent and stretch.inherited is None:
        notes.append(Note("UNA_MISSING"))
    return notes


def _file_notes(wrapped: Unwrapped) -> list[Note]:
    """What was found about the file as a whole."""
    notes: list[Note] = []
    if wrapped.code_page:
        notes.append(Note("ENCODING_NOT_UTF8"))
    if wrapped.telegram is not None:
        notes.append(Note("TYPEB_ENVELOPE", wrapped.telegram, slots={"origin": wrapped.telegram or "not given"}))
    return notes
