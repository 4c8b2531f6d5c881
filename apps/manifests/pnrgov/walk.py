"""From segments to bookings. Hosts keep no order, so segments belong to the current booking and traveller.

Fares, tickets and the history are walked over; meals, health and remarks are counted and never looked at. So is every
segment that is not known: no tag but TIF names anybody.
"""

from __future__ import annotations

from apps.manifests.paxlst.normalise_places import read_place
from apps.manifests.paxlst.segments import Segment, whole_number

from .bookings import Booking, Message, Traveller
from .cut import REPETITION
from .documents import contact_of, day_of
from .people import Roll, people_of

PAPERS = frozenset({"DOCS", "DOCO", "DOCA"})
CONTACTS = frozenset({"CTCM", "CTCE", "CTCT"})
SEATS = frozenset({"SEAT"})
HISTORY = frozenset({"ABI", "SAC"})
"""Segments with which the history of a booking begins; nothing but the next booking ends it."""
READ_SERVICES = PAPERS | CONTACTS | SEATS
"""Special services that are read. Whatever else stands in an SSR (meals, health, wishes) is set aside."""


class Walker:
    """Walks the segments of one file and sorts them into messages and bookings."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.envelope: Segment | None = None
        self.message: Message | None = None
        self.booking: Booking | None = None
        self.traveller: Traveller | None = None
        self.roll = Roll()
        self.history = self.split = self.no_flight = False
        self._on = {
            "RCI": self._rci, "TIF": self._tif, "ORG": self._org, "TVL": self._tvl, "SSR": self._ssr, "ADD": self._add,
            "FOP": self._fop, "TBD": self._tbd, "EBD": self._aside, "IFT": self._aside, "DAT": self._dat,
            "EQN": self._eqn, "MSG": self._msg, "TRI": self._tri,
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
        self.history = self.split = self.no_flight = False

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
        elif tag in HISTORY or self.history:
            self._in_history(segment)
        elif tag in self._on:
            self.no_flight = self.no_flight and tag == "TVL"
            self._on[tag](segment)

    def _in_history(self, segment: Segment) -> None:
        """Who changed what, read by nobody; its names are of travellers who were added or taken out."""
        self.history = True
        if self.booking and segment.tag == "TIF" and len(segment.elements) > 1:
            self.booking.names_before = True

    def _begin(self, segment: Segment) -> Booking | None:
        if self.message is None:
            return None
        self.booking = Booking(segment, len(self.message.bookings) + 1)
        self.message.bookings.append(self.booking)
        self.traveller, self.roll = None, Roll(self.booking.travellers)
        self.history = self.split = self.no_flight = False
        return self.booking

    def _msg(self, segment: Segment) -> None:
        if self.booking is not None:
            self.no_flight = True  # a hotel, a car, a train: TVL with places that are none of a flight
        elif self.message and not self.message.function:
            self.message.function = segment.value(1, 1) or segment.value(1)

    def _eqn(self, segment: Segment) -> None:
        if self.message and self.booking is None:
            self.message.stated = segment
        self.split = self.booking is not None

    def _rci(self, segment: Segment) -> None:
        """The record: a second one in a booking is that of another system; one without SRC begins a booking.

        Behind EQN in a booking stands the record of those who were split off from it.
        """
        split, self.split = self.split, False
        if len(segment.elements) < 2 or split:
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
        found = people_of(segment)
        booking.no_persons += not found
        taken = [self.roll.take(one) for one in found]
        self.traveller = next((one for one in taken if one), None)

    def _tri(self, segment: Segment) -> None:
        """The check-in of one traveller of the booking, whose name stands behind it again."""
        self.traveller = None
        self.roll.check_in(segment.value(2, 3))

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
        self.roll.next_leg()
        leg = leg_of(segment)
        if (leg["from"] or leg["to"]) and not self.no_flight:
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
            self.booking.bags.append((pieces, self.traveller, self.roll.leg))

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
