"""From segments to messages: which interchange they stand in, and what each says before anything is normalised.

Segment order differs between hosts, so nothing here follows a grammar: segments belong to the current traveller,
the current document or the current place.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .segments import Delimiters, Note, Segment, whole_number

TRAVELLER_CODES = frozenset({"FL", "FM", "DDU", "DDT"})
_LEG_PLACES = frozenset({"125", "87", "92", "130", "22"})


@dataclass(slots=True)
class Interchange:
    """What stands around messages: UNB, UNZ and findings about the text itself."""

    marks: Delimiters
    header: Segment | None = None
    trailer: Segment | None = None
    notes: list[Note] = field(default_factory=list)
    origin: str | None = None
    messages: int = 0


@dataclass(slots=True)
class Stop:
    """A place of the route with the times that stand behind it."""

    segment: Segment
    role: str
    departure: Segment | None = None
    arrival: Segment | None = None


@dataclass(slots=True)
class Transport:
    """One TDT (None when places stand without one) with its places."""

    segment: Segment | None
    stops: list[Stop] = field(default_factory=list)


@dataclass(slots=True)
class DocumentDraft:
    """One DOC with the first expiry and the first issuer behind it."""

    segment: Segment
    expiry: Segment | None = None
    issuer: Segment | None = None


@dataclass(slots=True)
class TravellerDraft:
    """One NAD of a person and the first segment of each kind behind it."""

    segment: Segment
    code: str
    sex: Segment | None = None
    birth: Segment | None = None
    nationality: Segment | None = None
    places: dict[str, Segment] = field(default_factory=dict)
    references: dict[str, Segment] = field(default_factory=dict)
    documents: list[DocumentDraft] = field(default_factory=list)
    details: dict[str, Segment] = field(default_factory=dict)


@dataclass(slots=True)
class Message:
    """One UNH..UNT (or what is left of it)."""

    interchange: Interchange
    header: Segment | None = None
    trailer: Segment | None = None
    begin: Segment | None = None
    segments: list[Segment] = field(default_factory=list)
    transports: list[Transport] = field(default_factory=list)
    travellers: list[TravellerDraft] = field(default_factory=list)
    totals: dict[str, Segment] = field(default_factory=dict)
    references: dict[str, Segment] = field(default_factory=dict)
    size: int = 0

    @property
    def kind(self) -> str:
        """The message type UNH names, "" without one."""
        return self.header.value(2) if self.header else ""

    @property
    def sequence(self) -> tuple[int | None, str]:
        """Part number of UNH 0070 (None for no number) and its mark C or F."""
        if not self.header:
            return None, ""
        return whole_number(self.header.value(4)), self.header.value(4, 1)


def _with_components(segment: Segment) -> None:
    """Put right a DTM whose qualifier, date and format stand in elements of their own: DTM+36+310514+101."""
    sent = segment.raw
    segment.elements = [segment.tag, segment.marks.component.join(segment.elements[1:])]
    segment.note("COMPONENTS_AS_ELEMENTS", sent, segment.raw, value=sent, read=segment.raw)


class Reader:
    """Walks the segments of one file and sorts them into interchanges and messages."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.interchanges: list[Interchange] = []
        self.message: Message | None = None
        self.closed = False
        self.traveller: TravellerDraft | None = None
        self.document: DocumentDraft | None = None
        self.aside = False  # behind a NAD that is no traveller (ZZZ, COT)
        self.lines = 0
        self._on = {
            "UNB": self._unb, "UNZ": self._unz, "UNH": self._unh, "UNT": self._unt, "BGM": self._bgm,
            "TDT": self._tdt, "NAD": self._nad, "LOC": self._loc, "DTM": self._dtm, "ATT": self._att,
            "NAT": self._nat, "RFF": self._rff, "DOC": self._doc, "CNT": self._cnt, "MEA": self._detail,
            "GEI": self._detail, "EMP": self._detail,
        }  # fmt: skip

    def read(self, segments: list[Segment], interchange: Interchange) -> None:
        """Take in the segments of one interchange."""
        self.interchanges.append(interchange)
        self._leave_message()
        for segment in segments:
            self.lines += 1
            segment.line = self.lines
            if segment.tag not in ("UNB", "UNG", "UNE", "UNZ", "UNA", "UNH"):
                self._place(segment)
            handler = self._on.get(segment.tag)
            if handler:
                handler(segment)
            if segment.notes and segment.position is None:
                interchange.notes.extend(segment.notes)

    def _place(self, segment: Segment) -> None:
        """Number the segment in its message; a BGM outside or a second BGM begins one without UNH."""
        begins = segment.tag == "BGM" and (self.closed or (self.message is not None and self.message.begin is not None))
        if self.message is None or begins:
            self._open(None)
        message = self.message
        if message is None:
            return
        message.size += segment.span
        segment.position = message.size
        message.segments.append(segment)

    def _open(self, header: Segment | None) -> None:
        self._leave_message()
        self.message = Message(self.interchanges[-1], header)
        self.interchanges[-1].messages += 1
        self.messages.append(self.message)

    def _leave_message(self) -> None:
        self.message = None
        self.closed = False
        self.traveller = None
        self.document = None
        self.aside = False

    def _unb(self, segment: Segment) -> None:
        current = self.interchanges[-1]
        if current.header is not None or current.trailer is not None:
            current = Interchange(current.marks, origin=current.origin)
            self.interchanges.append(current)
        current.header = segment
        self._leave_message()

    def _unz(self, segment: Segment) -> None:
        self.interchanges[-1].trailer = segment
        self._leave_message()

    def _unh(self, segment: Segment) -> None:
        self._open(segment)
        self._place(segment)

    def _unt(self, segment: Segment) -> None:
        if self.message and not self.message.trailer:
            self.message.trailer = segment
        self.closed = True
        self.traveller = self.document = None

    def _bgm(self, segment: Segment) -> None:
        if self.message:
            self.message.begin = segment

    def _tdt(self, segment: Segment) -> None:
        if self.message:
            self.message.transports.append(Transport(segment))
        self.traveller = self.document = None
        self.aside = False

    def _nad(self, segment: Segment) -> None:
        code = segment.value(1)
        self.document = self.traveller = None
        self.aside = code != "MS"
        if not self.message or not (code in TRAVELLER_CODES or code == "ZZZ"):
            return
        self.traveller = TravellerDraft(segment, code)
        self.message.travellers.append(self.traveller)

    def _loc(self, segment: Segment) -> None:
        role = segment.value(1)
        if self.traveller is None:
            self._leg_place(segment, role)
        elif role in ("91", "25"):
            if self.document and self.document.issuer is None:
                self.document.issuer = segment
        else:
            self.traveller.places.setdefault(role, segment)

    def _leg_place(self, segment: Segment, role: str) -> None:
        message = self.message
        if role not in _LEG_PLACES or message is None:
            return
        if not message.transports:
            message.transports.append(Transport(None))
        message.transports[-1].stops.append(Stop(segment, role))

    def _dtm(self, segment: Segment) -> None:
        if len(segment.elements) > 2 and segment.elements[2] and segment.marks.component not in segment.elements[1]:
            _with_components(segment)
        role = segment.value(1)
        if self.traveller is None:
            self._leg_time(segment, role)
        elif role == "329":
            self.traveller.birth = self.traveller.birth or segment
        elif role == "36" and self.document and self.document.expiry is None:
            self.document.expiry = segment

    def _leg_time(self, segment: Segment, role: str) -> None:
        message = self.message
        if self.aside or message is None or not message.transports or not message.transports[-1].stops:
            return
        stop = message.transports[-1].stops[-1]
        if role == "189":
            stop.departure = stop.departure or segment
        elif role == "232":
            stop.arrival = stop.arrival or segment

    def _att(self, segment: Segment) -> None:
        if self.traveller and segment.value(1) == "2":
            self.traveller.sex = self.traveller.sex or segment

    def _nat(self, segment: Segment) -> None:
        if self.traveller and segment.value(1) in ("2", ""):
            self.traveller.nationality = self.traveller.nationality or segment

    def _rff(self, segment: Segment) -> None:
        kind = segment.value(1)
        if self.traveller:
            self.traveller.references.setdefault(kind, segment)
        elif self.message and not self.message.travellers:
            self.message.references.setdefault(kind, segment)

    def _doc(self, segment: Segment) -> None:
        if self.traveller:
            self.document = DocumentDraft(segment)
            self.traveller.documents.append(self.document)

    def _cnt(self, segment: Segment) -> None:
        self.traveller = self.document = None
        if self.message and whole_number(segment.value(1, 1)) is not None:
            self.message.totals.setdefault(segment.value(1), segment)

    def _detail(self, segment: Segment) -> None:
        if self.traveller:
            self.traveller.details.setdefault(f"{segment.tag}{segment.value(1)}", segment)
