"""From bytes to the segments of booking data: delimiters that fit, and what stands between segments set aside."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from apps.manifests.paxlst.kinds import bookings_in, has_lists, others_of
from apps.manifests.paxlst.segments import BLANKS, STANDARD, Delimiters, Note, Segment
from apps.manifests.paxlst.unwrap import Stretch, Unwrapped, decode, unwrap

REPETITION = "*"
TAGS = frozenset({
    "UNB", "UNG", "UNH", "UNT", "UNE", "UNZ", "MSG", "ORG", "TVL", "EQN", "SRC", "RCI", "SSR", "DAT", "IFT", "ADD",
    "TIF", "FTI", "REF", "FAR", "TKT", "MON", "PTK", "TXD", "FOP", "IFD", "RPI", "APD", "TRA", "CTC", "EBD", "TBD",
    "ABI", "SAC", "LTS", "TRI", "SSD", "NAD", "EQD", "RIC", "STX", "VFD", "ROD", "SDT", "MIR", "TFF", "IND", "POR",
    "CON", "CDI", "ARD", "LOC", "DTM", "EQU", "PRD", "PDI",
})  # fmt: skip
"""Segments of booking data that are known by name. Where a segment begins does not hang on it: another tag of the
same form begins one as well, which is walked over."""
_SERVICE = ("UNB", "UNG", "UNH", "UNT", "UNE", "UNZ", "SRC", "RCI", "TIF", "TVL", "MSG")
_WORDY = frozenset({"IFT", "SSR", "ADD", "ORG", "LTS", "TRA", "TVL", "FTI"})  # values that may hold an apostrophe
_EXCERPT = 40
_BARE = 3  # a tag alone, or what stands for a piece that was not kept
_PIECES_NAMED = 200
_TAG = re.compile(r"[A-Z][A-Z0-9]{2}", re.IGNORECASE | re.ASCII)
# what stands in front of an apostrophe inside a surname: O'DEA, DELL'ORO; AIRIMP doubles a surname of one letter
_PARTICLES = frozenset({"DE", "DALL", "DEGL", "DELL", "MAC", "MC", "NELL", "SANT"})
_NAME = re.compile(r"[^\W\d_][^\W\d_ .'/()-]*(?:[ .'/()-]+[^\W\d_]*)*")
_KINDS = ("A", "ADT", "C", "CH", "CHD", "G", "I", "IN", "INF", "INS", "UM", "UN", "UNN")
_QUOTED = "\ufdd4"  # no character: stands in front of what a typographic quote ended
_QUOTES = "\u2018\u2019\u00b4`"
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
        names, element, component = "|".join(_SERVICE), re.escape(marks.element), re.escape(marks.component)
        self.inside = re.compile(rf"(?<![A-Z0-9])(?:{names})(?={element})|(?<![A-Z0-9])SRC$", re.IGNORECASE)
        # C324 of a TIF with more than the given names: its kind, or no kind and a number
        kinds = "|".join(_KINDS)
        self.typed = re.compile(
            rf"[^{component}]*{component}(?:(?:{kinds})(?:{component}|$)|{component}\w)", re.IGNORECASE
        )

    def cut(self, text: str) -> list[Segment]:
        """Segments of the text; a last one without terminator counts when it has a tag."""
        for piece in self.marks.shield(self._with_terminators(text)).split(self.marks.terminator):
            stripped = piece.strip(BLANKS)
            quoted, stripped = stripped[:1] == _QUOTED, stripped.removeprefix(_QUOTED).lstrip(BLANKS)
            if not stripped:
                continue
            if quoted:
                self._keep(stripped)
                self.segments[-1].note("TERMINATOR_MISSING", tag=self.segments[-1].tag)
            elif self._ends_name(stripped):
                self._join(stripped)
            elif self._is_segment(stripped):
                self._keep(stripped)
            else:
                self._odd(stripped)
        return self.segments

    def _with_terminators(self, text: str) -> str:
        """The text with typographic quotes that stand where an apostrophe ends a segment put right."""
        if self.marks.terminator != STANDARD.terminator or not any(mark in text for mark in _QUOTES):
            return text
        element, tags = re.escape(self.marks.element), "|".join(sorted(TAGS))
        ends = re.compile(rf"(?<!TIF{element}\w)[{_QUOTES}](?=[ \t]*(?:(?:{tags}){element}|SRC'))", re.IGNORECASE)
        return ends.sub(self.marks.terminator + _QUOTED, text)

    def _is_segment(self, piece: str) -> bool:
        """Three letters or digits in front of an element separator, known or not; alone, a tag that is known."""
        if not _TAG.match(piece):
            return False
        behind = piece[_BARE:].lstrip(BLANKS)[:1]
        return behind == self.marks.element or (not behind and piece[:_BARE].upper() in TAGS)

    def _keep(self, piece: str) -> None:
        elements = piece.split(self.marks.element)
        elements[0] = elements[0].strip(BLANKS).upper()
        shielded = not piece.isascii() and any("\ufdd0" <= mark <= "\ufdd3" for mark in piece)
        for number, part in enumerate(self._run_on(elements)):
            segment = Segment(part[0], part, self.marks, shielded=shielded)
            if number:
                segment.note("TERMINATOR_MISSING", tag=part[0])
            self.segments.append(segment)

    def _run_on(self, elements: list[str]) -> list[list[str]]:
        """The segment, and the TIFs that run on inside it because a terminator is missing before them."""
        if elements[0] in ("IFT", "LTS"):
            return [elements]
        found, start = [elements], 0
        for place in range(1, len(elements) - 2):
            value = elements[place]
            if (
                value[-3:].upper() == "TIF"
                and self._is_name(elements[place + 1])
                and self.typed.match(elements[place + 2])
            ):
                found[-1] = [*found[-1][: place - start], value[:-3]]
                found.append(["TIF", *elements[place + 1 :]])
                start = place
        return found

    def _is_name(self, value: str) -> bool:
        return bool(_NAME.fullmatch(value.partition(self.marks.component)[0].strip(BLANKS)))

    def _ends_name(self, piece: str) -> bool:
        """Whether a piece is the rest of the name in an open TIF, which an apostrophe that was not escaped cut off.

        Behind the kind of traveller a TIF has ended. A piece that has the form of a segment goes on with a surname only
        where what stands before it cannot be one, and what follows are given names.
        """
        last = self.segments[-1] if self.segments else None
        if last is None or last.tag != "TIF" or len(last.elements) < 2 or self.marks.by_lines:
            return False
        first, *more = piece.split(self.marks.element)
        begun, in_surname = last.elements[-1].strip(BLANKS), len(last.elements) == 2
        given = more.pop(0) if in_surname and more else ""
        if not begun or self.marks.component in begun or not self._is_name(first):
            return False
        if not all(self.typed.match(one) for one in more):
            return False
        if len(piece) == _BARE:
            return len(begun.split(" ")[-1]) == 1 and piece.upper() not in TAGS
        if not self._is_segment(piece):
            return not given or self._is_name(given) or given.startswith(self.marks.component)
        tag, plain = piece[:_BARE].upper(), self._is_name(given)
        if tag in _SERVICE:  # no name ends in them
            return False
        known = tag in TAGS
        typed = plain and bool(self.typed.match(given))
        cut_again = plain and len(given.split(" ")[-1]) == 1  # DELL'ORO+ANNE D'ARCY
        if in_surname and len(begun) == 1:
            return typed or (plain and not (known and self.marks.component in given))
        return in_surname and begun.upper() in _PARTICLES and (typed or (cut_again and not known))

    def _join(self, piece: str) -> None:
        last = self.segments[-1]
        first, *more = piece.split(self.marks.element)
        last.elements[-1] += self.marks.terminator + first
        last.elements += more
        last.note("DELIMITER_NOT_ESCAPED", self.marks.terminator)

    def _odd(self, piece: str) -> None:
        """Part of a value, a remark in front of a segment, or something that no message has."""
        found = self.inside.search(piece)
        if found:
            self._aside(piece[: found.start()])
            self._keep(piece[found.start() :])
        elif len(piece) == _BARE:
            self._bare(piece)
        elif self.segments and self.segments[-1].tag in _WORDY and not self.marks.by_lines:
            self._join(piece)
        elif not (self.segments and self._is_unread(self.segments[-1])):
            self._aside(piece)

    def _bare(self, piece: str) -> None:
        """Three letters alone: a segment with nothing in it. Three dashes are what is left of what was not kept."""
        if piece.isascii() and piece.isalnum():
            self._keep(piece)
        else:
            self._aside(piece)

    def _is_unread(self, segment: Segment) -> bool:
        """Whether a segment is one that nobody knows, so that text behind it may be its own."""
        return bool(segment.tag) and segment.tag not in TAGS and not self.marks.by_lines

    def _aside(self, piece: str) -> None:
        piece = piece.strip(BLANKS)
        self.odd += bool(piece)
        if not piece or self.odd > _PIECES_NAMED:
            return
        segment = Segment("", [piece], self.marks, shielded=True)
        excerpt = piece[:_EXCERPT]
        segment.note("SEGMENT_UNREADABLE", excerpt, excerpt=excerpt)
        self.segments.append(segment)
