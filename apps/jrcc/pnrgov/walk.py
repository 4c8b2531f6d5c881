"""From segments to bookings. Hosts keep no order, so segments belong to the current booking and traveller.

Fares, tickets and the history are walked over; meals, health and remarks are counted and never looked at.
"""

from __future__ import annotations

from apps.jrcc.paxlst.normalise_names import read_name
from apps.jrcc.paxlst.normalise_places import read_place
from apps.jrcc.paxlst.segments import Segment, whole_number

from .bookings import Booking, Message, Traveller
from .cut import REPETITION
from .documents import contact_of, day_of

PAPERS = frozenset({"DOCS", "DOCO", "DOCA"})
CONTACTS = frozenset({"CTCM", "CTCE", "CTCT"})
SEATS = frozenset({"SEAT"})
READ_SERVICES = PAPERS | CONTACTS | SEATS
"""Special services that are read. Whatever else stands in an SSR (meals, health, wishes) is set aside."""
_KINDS = {"A": "adult", "C": "child", "IN": "infant", "INF": "infant", "G": "group"}


class Walker:
    """Walks the segments of one file and sorts them into messages and bookings."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.envelope: Segment | None = None
        self.message: Message | None = None
        self.booking: Booking | None = None
        self.traveller: Traveller | None = None
        self.history = False
        self._on = {
            "RCI": self._rci, "TIF": self._tif, "ORG": self._org, "TVL": self._tvl, "SSR": self._ssr, "ADD": self._add,
            "FOP": self._fop, "TBD": self._tbd, "EBD": self._aside, "IFT": self._aside, "DAT": self._dat,
            "EQN": self._eqn, "MSG": self._msg,
        }  # fmt: skip

    def walk(self, segments: list[Segment]) -> list[Message]:
        """Messages in the order of the file."""
        for segment in segments:
            tag = segment.tag
            if tag == "UNB":
                self.envelope = segment
                self._leave()
            elif tag == "UNH":
                self._leave()
                self._open(segment)
            elif tag in ("UNG", "UNE", "UNZ"):
                self._leave()
            else:
                self._in_message(segment)
        return self.messages

    def _leave(self) -> None:
        self.message = self.booking = self.traveller = None
        self.history = False

    def _open(self, header: Segment | None) -> Message:
        self.message = Message(self.envelope, header)
        self.messages.append(self.message)
        if header is not None:
            self._number(self.message, header)
        return self.message

    def _number(self, message: Message, segment: Segment) -> None:
        message.segments.append(segment)
        segment.position = len(message.segments)

    def _in_message(self, segment: Segment) -> None:
        message = self.message or self._open(None)
        self._number(message, segment)
        tag = segment.tag
        if tag == "UNT":
            message.trailer = segment
            self._leave()
        elif tag == "SRC":
            self._begin(segment)
        elif tag == "ABI":
            # the history of a booking: who changed what, read by nobody
            self.history = True
        elif not self.history and tag in self._on:
            self._on[tag](segment)

    def _begin(self, segment: Segment) -> Booking | None:
        if self.message is None:
            return None
        self.booking = Booking(segment, len(self.message.bookings) + 1)
        self.message.bookings.append(self.booking)
        self.traveller, self.history = None, False
        return self.booking

    def _msg(self, segment: Segment) -> None:
        if self.message and not self.message.function:
            self.message.function = segment.value(1, 1) or segment.value(1)

    def _eqn(self, segment: Segment) -> None:
        if self.message and self.booking is None:
            self.message.stated = segment

    def _rci(self, segment: Segment) -> None:
        """The record: a second one in a booking is that of another system; one without SRC begins a booking."""
        if len(segment.elements) < 2:
            return
        booking = self.booking or self._begin(segment)
        if booking is None or booking.locator:
            return
        booking.carrier, booking.locator = segment.value(1) or None, segment.value(1, 1) or None
        booking.created = booking.created or day_of(segment.value(1, 3))

    def _dat(self, segment: Segment) -> None:
        """The day of the reservation where the record has none."""
        if self.booking and not self.booking.created and segment.value(1) == "700":
            self.booking.created = day_of(segment.value(1, 1))

    def _tif(self, segment: Segment) -> None:
        booking = self.booking or self._begin(segment)
        if booking is None or len(segment.elements) < 2:
            return
        self.traveller = None
        for place in range(2, max(3, len(segment.elements))):
            given = segment.composite(place)
            one = Traveller(segment, len(booking.travellers) + 1)
            name = read_name([segment.value(1), given[0].replace(REPETITION, " ")])
            one.surname, one.given_names = name.surname, name.given_names
            kind = given[1].strip().upper() if len(given) > 1 else ""
            one.kind = "infant" if name.infant else _KINDS.get(kind, "adult")
            one.reference = given[2].strip() if len(given) > 2 else ""
            booking.travellers.append(one)
            self.traveller = self.traveller or one

    def _org(self, segment: Segment) -> None:
        """The office that sold it; ORG in front of the bookings is the sender of the message."""
        if self.booking is None or self.booking.agency or len(segment.elements) < 3:
            return
        found = {
            "number": segment.value(2),
            "office": segment.value(2, 1),
            "city": segment.value(3),
            "country": segment.value(6),
        }
        self.booking.agency = found if any(found.values()) else None

    def _tvl(self, segment: Segment) -> None:
        if self.booking is None:
            if self.message and self.message.leg is None:
                self.message.leg = segment
            return
        self.traveller = None
        leg = leg_of(segment)
        if leg["from"] or leg["to"]:
            self.booking.legs.append(leg)

    def _ssr(self, segment: Segment) -> None:
        code = segment.value(1)
        if self.message is None or self.booking is None or code not in READ_SERVICES:
            self._aside(segment)
        elif code in PAPERS:
            reference = segment.value(2, 2)
            self.booking.papers.append((segment, code, reference, self.traveller))
        elif code in CONTACTS:
            found = contact_of(code, segment.value(1, 8))
            if found and found not in self.booking.contacts:
                self.booking.contacts.append(found)
        else:
            self._seats(self.booking, segment)

    def _seats(self, booking: Booking, segment: Segment) -> None:
        """Seats on one leg, each with the number of its traveller behind it."""
        origin, destination = segment.value(1, 6), segment.value(1, 7)
        for element in segment.elements[2:]:
            for choice in element.split(REPETITION):
                parts = choice.upper().split(segment.marks.component)
                if parts[0].strip():
                    reference = parts[2].strip() if len(parts) > 2 else ""
                    booking.seats.append((parts[0].strip(), reference, origin, destination))

    def _add(self, segment: Segment) -> None:
        """A postal address: its telephone alone is read."""
        if self.booking is None:
            return
        for place in range(2, len(segment.elements)):
            phone = segment.value(place, 7)
            found = {"kind": "phone", "value": phone}
            if phone and found not in self.booking.contacts:
                self.booking.contacts.append(found)

    def _fop(self, segment: Segment) -> None:
        """Kind of payment only: never a card's number."""
        for element in segment.elements[1:]:
            for one in element.split(REPETITION):
                kind = one.split(segment.marks.component)[0].strip().upper()
                if self.booking and kind and len(kind) <= 3 and kind not in self.booking.payment:
                    self.booking.payment.append(kind)

    def _tbd(self, segment: Segment) -> None:
        """Bags checked in: the pieces of the first detail."""
        if self.booking is None:
            return
        pieces = next((n for part in segment.composite(2) if (n := whole_number(part.strip())) is not None), None)
        if pieces is not None:
            self.booking.bags.append((pieces, self.traveller))

    def _aside(self, _segment: Segment) -> None:
        if self.message:
            self.message.set_aside += 1


def leg_of(segment: Segment) -> dict[str, object]:
    """One TVL: places, local times, carrier and number; unknown parts None."""
    places = [read_place(segment.value(place), "air").code if segment.value(place) else None for place in (2, 3)]
    departs = _moment(segment.value(1), segment.value(1, 1))
    arrives = _moment(segment.value(1, 2) or segment.value(1), segment.value(1, 3))
    return {
        "from": places[0], "to": places[1], "departs": departs, "arrives": arrives if segment.value(1, 3) else None,
        "carrier": segment.value(4) or None, "number": segment.value(5).lstrip("0") or None,
    }  # fmt: skip


def _moment(day: str, clock: str) -> str | None:
    found = day_of(day)
    if found is None or not clock:
        return found
    plain = clock.zfill(4)
    good = len(plain) in (4, 6) and plain.isascii() and plain.isdigit() and plain[:2] < "24" and plain[2:4] < "60"
    return f"{found}T{plain[:2]}:{plain[2:4]}" if good else found
