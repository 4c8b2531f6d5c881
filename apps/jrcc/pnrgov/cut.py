"""From bytes to the segments of booking data: delimiters that fit, and what stands between segments set aside."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from apps.jrcc.paxlst.kinds import bookings_in, has_lists, others_of
from apps.jrcc.paxlst.segments import BLANKS, STANDARD, Delimiters, Note, Segment
from apps.jrcc.paxlst.unwrap import Stretch, Unwrapped, decode, unwrap

REPETITION = "*"
_TAGS = frozenset({
    "UNB", "UNG", "UNH", "UNT", "UNE", "UNZ", "MSG", "ORG", "TVL", "EQN", "SRC", "RCI", "SSR", "DAT", "IFT", "ADD",
    "TIF", "FTI", "REF", "FAR", "TKT", "MON", "PTK", "TXD", "FOP", "IFD", "RPI", "APD", "TRA", "CTC", "EBD", "TBD",
    "ABI", "SAC", "LTS", "TRI", "NAD", "EQD", "RIC", "STX", "VFD", "ROD", "SDT", "MIR", "TFF", "IND", "POR", "CON",
    "CDI", "ARD", "LOC", "DTM", "EQU", "PRD", "PDI",
})  # fmt: skip
_SERVICE = ("UNB", "UNG", "UNH", "UNT", "UNE", "UNZ", "SRC", "RCI", "TIF", "TVL", "MSG")
_WORDY = frozenset({"IFT", "SSR", "ADD", "TIF", "ORG", "LTS", "TRA"})  # values that may hold an apostrophe
_EXCERPT = 40
_BARE = 3  # a tag alone, or what stands for a piece that was not kept
_PIECES_NAMED = 200
_NAMES_PNRGOV = re.compile(r"UN[HG][^A-Z0-9\r\n]{1,3}.{0,60}?PNRGOV", re.IGNORECASE | re.DOTALL)
_BODY = re.compile(r"(?:UN[HT]|BGM|MSG)[ \t]*[^A-Z0-9 \t]", re.IGNORECASE)
_HEAD = 20_000


@dataclass(slots=True)
class Cut:
    """The segments of a file in their order, and what was found about its text."""

    segments: list[Segment] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    marks: Delimiters = STANDARD
    origin: str | None = None


def is_bookings(data: bytes) -> bool:
    """True for a file with a message that calls itself PNRGOV, or what is left of one, whatever else stands in it."""
    plain = data.translate(None, b"\x00\r\n").upper()
    if b"PNRGOV" not in plain and b"RCI" not in plain:
        return False
    text = _joined(data)
    return bool(bookings_in(text)) or (not has_lists(text) and bool(_NAMES_PNRGOV.search(text[:_HEAD])))


def is_mixed(data: bytes) -> bool:
    """True for a file that holds lists, or messages of another kind, beside bookings."""
    text = _joined(data)
    return bool(bookings_in(text)) and (has_lists(text) or bool(others_of(text)))


def lists_beside(data: bytes) -> bool:
    """True for a file that holds passenger or crew lists."""
    return has_lists(_joined(data))


def _joined(data: bytes) -> str:
    return decode(data)[0].replace("\r", "").replace("\n", "")


def cut(data: bytes) -> Cut:
    """Segments of all bookings of a file; time is linear in its length."""
    wrapped = unwrap(data)
    found = Cut(origin=wrapped.telegram)
    if wrapped.code_page:
        found.notes.append(Note("ENCODING_NOT_UTF8"))
    if wrapped.telegram is not None:
        found.notes.append(Note("TYPEB_ENVELOPE", wrapped.telegram, slots={"origin": wrapped.telegram or "not given"}))
    wrapped, others = _bookings_of(wrapped)
    found.notes += others
    for stretch in _stretches(wrapped):
        marks = _delimiters(stretch)
        if marks is None:
            continue
        if stretch.advice and not marks.same_characters(stretch.advice):
            found.notes.append(Note("UNA_DEDUCED", recovered=marks.shown, slots={"una": marks.shown}))
        elif marks.by_lines:
            found.notes.append(Note("NEWLINE_TERMINATOR"))
        if not found.segments:
            found.marks = marks
        found.segments += _Cutter(marks).cut(stretch.text)
    for line, segment in enumerate(found.segments, start=1):
        segment.line = line
    return found


def _bookings_of(wrapped: Unwrapped) -> tuple[Unwrapped, list[Note]]:
    """The bookings of a file; where no lists stand beside them, also what is said of other messages."""
    text = "".join(stretch.text for stretch in wrapped.stretches)
    others, lists = others_of(text), has_lists(text)
    if not others and not lists:
        return wrapped, []
    kinds = ", ".join(sorted(others))
    said = [] if lists else [Note("OTHER_MESSAGES", kinds, slots={"n": str(others.total()), "kinds": kinds})]
    return _without_others(wrapped), said


def _without_others(wrapped: Unwrapped) -> Unwrapped:
    """The file with the envelopes of its interchanges and their bookings alone."""
    stretches = [replace(one, text=_bookings_alone(one.text)) for one in wrapped.stretches]
    return replace(wrapped, lines=_bookings_alone(wrapped.lines), stretches=stretches)


def _bookings_alone(text: str) -> str:
    spans = bookings_in(text)
    if not spans:
        return ""
    begins = _BODY.search(text)
    head = text[: min(begins.start() if begins else len(text), spans[0][0])]
    return head + "".join(text[start:end] for start, end in spans)


def piece(text: str, advice: Delimiters | None) -> Cut:
    """The segments of one stretch of bookings, with its line ends; none where nothing splits it."""
    plain = text.replace("\r", "").replace("\n", "")
    for one in (Stretch(plain, advice), Stretch(text.replace("\r\n", "\n").replace("\r", "\n"))):
        marks = _delimiters(one)
        if marks:
            return Cut(_Cutter(marks).cut(one.text), marks=marks)
    return Cut()


def _stretches(wrapped: Unwrapped) -> list[Stretch]:
    """The interchanges as they are, or by lines when nothing else ends a segment."""
    if any(_delimiters(stretch) for stretch in wrapped.stretches):
        return wrapped.stretches
    return [Stretch(wrapped.lines.replace("\r\n", "\n").replace("\r", "\n"), wrapped.by_line_advice)]


def _delimiters(stretch: Stretch) -> Delimiters | None:
    """The first of UNA, standard set and deduction that gives a header and a segment of the body."""
    text = stretch.text[:_HEAD].upper()
    by_lines = [Delimiters(terminator="\n", origin="deduced")] if "\n" in text else []
    for marks in (stretch.advice, stretch.inherited, STANDARD, _deduced(text), *by_lines):
        if marks is None:
            continue
        element, end = re.escape(marks.element), re.escape(marks.terminator)
        if re.search(rf"(?:UN[BGHT]|MSG|RCI|TIF)[ \t]*{element}", text) and re.search(
            rf"{end}\s*(?:MSG|TVL|SRC|RCI|ORG|TIF)", text
        ):
            return marks
    return None


def _deduced(text: str) -> Delimiters | None:
    """Delimiters read off the body: what follows UNH, stands in PNRGOV:11, and precedes MSG."""
    element = re.search(r"UN[BH][ \t]*([^A-Z0-9 \t\r\n])", text)
    component = re.search(r"PNRGOV([^A-Z0-9 ])\d", text)
    end = re.search(r"([^A-Z0-9 \t\r\n])\s*(?:MSG|TVL|SRC)\b", text)
    if not (element and component and end) or len({element[1], component[1], end[1]}) < 3:
        return None
    release = STANDARD.release if STANDARD.release not in (element[1], component[1], end[1]) else ""
    return Delimiters(component[1], element[1], release, end[1], "deduced")


class _Cutter:
    """Splits one stretch; what begins with no tag goes back to the value before it, or is set aside."""

    def __init__(self, marks: Delimiters) -> None:
        self.marks = marks
        self.segments: list[Segment] = []
        self.odd = 0
        names = "|".join(_SERVICE)
        self.inside = re.compile(rf"(?:{names})(?={re.escape(marks.element)})|SRC$", re.IGNORECASE)

    def cut(self, text: str) -> list[Segment]:
        """Segments of the text; a last one without terminator counts when it has a tag."""
        for piece in self.marks.shield(text).split(self.marks.terminator):
            stripped = piece.strip(BLANKS)
            if not stripped:
                continue
            if self._is_segment(stripped):
                self._keep(stripped)
            else:
                self._odd(stripped)
        return self.segments

    def _is_segment(self, piece: str) -> bool:
        tag = piece[:3].upper()
        return tag in _TAGS and (len(piece) == 3 or piece[3:].lstrip(BLANKS)[:1] in (self.marks.element, ""))

    def _keep(self, piece: str) -> None:
        elements = piece.split(self.marks.element)
        elements[0] = elements[0].strip(BLANKS).upper()
        shielded = not piece.isascii() and any("\ufdd0" <= mark <= "\ufdd3" for mark in piece)
        self.segments.append(Segment(elements[0], elements, self.marks, shielded=shielded))

    def _odd(self, piece: str) -> None:
        """Part of a value, a remark in front of a segment, or something that no message has."""
        found = self.inside.search(piece)
        if found:
            self._aside(piece[: found.start()])
            self._keep(piece[found.start() :])
        elif len(piece) == _BARE:
            self._aside(piece)
        elif self.segments and self.segments[-1].tag in _WORDY and not self.marks.by_lines:
            last = self.segments[-1]
            first, *more = piece.split(self.marks.element)
            last.elements[-1] += self.marks.terminator + first
            last.elements += more
            last.note("DELIMITER_NOT_ESCAPED", self.marks.terminator)
        else:
            self._aside(piece)

    def _aside(self, piece: str) -> None:
        piece = piece.strip(BLANKS)
        self.odd += bool(piece)
        if not piece or self.odd > _PIECES_NAMED:
            return
        word = piece[:3].upper()
        tag = word if word.isalpha() and piece[3:4] in (self.marks.element, "") else ""
        segment = Segment(tag, [piece], self.marks, shielded=True)
        excerpt = piece[:_EXCERPT]
        if tag:
            segment.note("UNKNOWN_SEGMENT", excerpt, tag=tag)
        else:
            segment.note("SEGMENT_UNREADABLE", excerpt, excerpt=excerpt)
        self.segments.append(segment)
