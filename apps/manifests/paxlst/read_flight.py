"""The flight or voyage of a message: carrier, number, craft, legs and the date that the list is filed under."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from .grade import Findings
from .normalise_dates import Moment, read_moment
from .normalise_places import Place, instants, read_place
from .normalise_states import read_state
from .read_segments import Message, Stop, Transport
from .segments import Segment

_LONGEST_FLIGHT = timedelta(hours=24)
_DATE_FAR = timedelta(days=30)
_MOST_FLIGHTS = 99  # TDT that a message may have (UN/EDIFACT D.12B)


@dataclass(slots=True)
class Leg:
    """One departure place with the next arrival place; codes as stored, times local."""

    origin: str | None = None
    destination: str | None = None
    departs: str | None = None
    arrives: str | None = None
    origin_zone: str | None = None
    destination_zone: str | None = None
    crossing: bool = False
    declared: bool = False  # by LOC 125
    invalid_departure: bool = False
    at_clearance: bool = False  # by LOC 22, which is no place of departure
    segment: Segment | None = None
    end: Segment | None = None
    onward: tuple[str | None, str] | None = None  # carrier and number of another flight that this list goes on with

    def as_object(self) -> dict[str, Any]:
        """The leg as the contract shows it; one of another flight has its carrier and number as well."""
        leg = {"from": self.origin, "to": self.destination, "departs": self.departs, "arrives": self.arrives}
        return leg | ({"carrier": self.onward[0], "number": self.onward[1]} if self.onward else {})


@dataclass(slots=True)
class Flight:
    """What one message says about the flight, with the findings it gave."""

    mode: str = "air"
    carrier: str | None = None
    number: str | None = None
    vessel: dict[str, Any] | None = None
    legs: list[Leg] = field(default_factory=list)
    findings: Findings = field(default_factory=Findings)

    @property
    def crossing(self) -> Leg:
        """The leg into or out of the reporting State, else the first; an empty one when no place is known."""
        return next((leg for leg in self.own if leg.crossing), self.own[0] if self.own else Leg())

    @property
    def own(self) -> list[Leg]:
        """The legs of the flight itself, without those of an onward flight."""
        return [leg for leg in self.legs if not leg.onward]

    @property
    def date(self) -> str | None:
        """Local departure date of the leg with LOC 125, else of the first leg."""
        leg = next((leg for leg in self.own if leg.declared), self.own[0] if self.own else Leg())
        departs = leg.departs
        return departs[:10] if departs else None

    def is_empty(self) -> bool:
        """True when nothing about the flight could be read."""
        return not (self.carrier or self.number or self.vessel or self.legs)

    def as_object(self) -> dict[str, Any] | None:
        """The flight as the contract shows it, None when nothing is known."""
        if self.is_empty():
            return None
        return {
            "mode": self.mode,
            "carrier": self.carrier,
            "number": self.number,
            "date": self.date,
            "vessel": self.vessel,
            "legs": [leg.as_object() for leg in self.legs],
        }


def is_flight_number(number: str) -> bool:
    """Up to four digits, maybe with an operational suffix letter."""
    digits = number[:-1] if number[-1:].isalpha() else number
    return 0 < len(digits) <= 4 and digits.isascii() and digits.isdigit()


def split_flight(text: str, carrier: str = "") -> tuple[str | None, str]:
    """Designator and number without leading zeros of `BW0600`, `BW 600A`, `BWA600`; `carrier` is C040 if sent."""
    plain = text.replace(" ", "").replace("-", "")
    if carrier:
        if plain.startswith(carrier):
            plain = plain[len(carrier) :]
        elif not is_flight_number(plain) and split_flight(plain)[0]:
            plain = split_flight(plain)[1]
        return carrier, _without_zeros(plain)
    if plain[:3].isalpha() and is_flight_number(plain[3:]):
        return plain[:3], _without_zeros(plain[3:])
    if not any(letter.isalpha() for letter in plain[:2]) or len(plain) < 3:
        return None, _without_zeros(plain)
    return plain[:2], _without_zeros(plain[2:])


def _without_zeros(number: str) -> str:
    return number.lstrip("0") or number[-1:]


def read_flight(message: Message) -> Flight:
    """The flight of one message; findings are in `Flight.findings`, checks against now in `check_flight`."""
    flight = Flight()
    transports = [t for t in message.transports if t.segment]
    main = _main_transport(message.transports)
    segment = main.segment if main and main.segment else (transports[0].segment if transports else None)
    if segment:
        _identify(flight, segment)
    if not flight.number:
        _from_header(flight, message)
    own = [transport for transport in message.transports if _same(transport, segment)]
    flight.legs = _legs(_stops(own), flight)
    if segment:
        others = [transport for transport in transports if not _same(transport, segment) and transport.stops]
        _go_on(flight, others, behind=segment)
    return flight


def _stops(transports: list[Transport]) -> list[Stop]:
    """The places of a flight. LOC 22 is one only where it has a time of departure and nothing else departs.

    Otherwise a time behind it belongs to the place before.
    """
    stops = [stop for transport in transports for stop in transport.stops]
    departing = any(stop.role == "125" or (stop.role == "92" and stop.departure) for stop in stops)
    found: list[Stop] = []
    for stop in stops:
        if stop.role != "22" or (stop.departure and not departing):
            found.append(stop)
        elif found:
            found[-1].departure = found[-1].departure or stop.departure
            found[-1].arrival = found[-1].arrival or stop.arrival
    return found


def _main_transport(transports: list[Transport]) -> Transport | None:
    """The TDT under which the crossing departure stands, else the first main carriage, else the first."""
    for transport in transports:
        if any(stop.role == "125" for stop in transport.stops):
            return transport
    carriages = [t for t in transports if t.segment and t.segment.value(1) == "20"]
    return next(iter(carriages or transports), None)


def _same(transport: Transport, main: Segment | None) -> bool:
    """True for places of the same flight: several TDT of one flight are joined."""
    if transport.segment is None or main is None or not transport.segment.value(2):
        return True
    (carrier, number), (own_carrier, own_number) = _named(transport.segment), _named(main)
    return number == own_number and (carrier == own_carrier or not carrier or not own_carrier)


def _named(tdt: Segment) -> tuple[str | None, str]:
    """Carrier and number that a TDT names."""
    return split_flight(tdt.value(2), tdt.value(5))


def _go_on(flight: Flight, others: list[Transport], *, behind: Segment) -> None:
    """Legs of another flight that departs where this list has got to: its travellers go on with it, under its number.

    Each is told at its TDT, taken or not. A traveller's State of arrival has its time and deadline from these legs.
    """
    waiting = []
    for transport in others[:_MOST_FLIGHTS]:
        beside = Flight(mode=flight.mode)
        legs = _legs(_stops([transport]), beside)
        if legs and transport.segment and transport.segment.line > behind.line:
            waiting.append((transport.segment, legs, beside.findings))
    taken = set()
    while flight.legs and (next_ := next((one for one in waiting if _goes_on(flight.legs[-1], one[1][0])), None)):
        waiting.remove(next_)
        tdt, legs, findings = next_
        taken.add(id(tdt))
        for leg in legs:
            leg.onward = _named(tdt)
        flight.legs += legs
        flight.findings.items += findings.items
        name = _shown(tdt)
        route = {"origin": legs[0].origin, "to": legs[-1].destination}
        flight.findings.add("FLIGHT_ONWARD", tdt, original=name, flight=name, **route)
    for transport in others:
        if transport.segment and id(transport.segment) not in taken:
            name = _shown(transport.segment)
            flight.findings.add("FLIGHT_OTHER", transport.segment, original=name, flight=name)


def _shown(tdt: Segment) -> str:
    carrier, number = _named(tdt)
    return f"{carrier or ''} {number}".strip()


def _goes_on(last: Leg, leg: Leg) -> bool:
    """Whether a leg departs where the last one arrives, and not before that by the place's own clock."""
    if not last.destination or leg.origin != last.destination:
        return False
    if not leg.departs or not last.arrives:
        return True
    length = min(len(leg.departs), len(last.arrives))  # one may be a day without a time
    return leg.departs[:length] >= last.arrives[:length]


def _identify(flight: Flight, tdt: Segment) -> None:
    """Mode, carrier, number and craft from a TDT."""
    number, mode, carrier = tdt.value(2), tdt.value(3), tdt.value(5)
    craft, craft_list, craft_name, flag = tdt.value(8), tdt.value(8, 1), tdt.value(8, 3), tdt.value(8, 4)
    imo = craft.removeprefix("IMO").strip()
    is_imo = len(imo) == 7 and imo.isascii() and imo.isdigit()
    if mode in ("1", "8") or (mode != "4" and (is_imo or craft_name)):
        flight.mode = "sea"
        flight.carrier = carrier or None
        flight.number = number or None
        flight.vessel = {
            "name": craft_name or None,
            "imo": imo if is_imo else None,
            "call_sign": craft if craft and not is_imo and craft_list != "146" else None,
            "flag": read_state(flag).code if flag else None,
        }
        return
    flight.carrier = carrier or None
    if number:
        flight.carrier, flight.number = split_flight(number, carrier)
        if number != f"{flight.carrier or ''}{flight.number}":
            flight.findings.add(
                "FLIGHT_NUMBER_FORMAT", tdt, original=number, value=f"{flight.carrier or ''} {flight.number}".strip()
            )


def _from_header(flight: Flight, message: Message) -> None:
    """Carrier and number from UNH 0068 up to the first slash, if TDT gave none."""
    header = message.header
    text = header.value(3).partition("/")[0] if header else ""
    carrier, number = split_flight(text)
    if flight.mode == "air" and carrier and is_flight_number(number):
        flight.carrier, flight.number = flight.carrier or carrier, number
        flight.findings.add("FLIGHT_FROM_UNH", header, original=text, recovered=f"{flight.carrier} {number}")
    elif flight.mode == "sea" and text:
        flight.number = text
        flight.findings.add("FLIGHT_FROM_UNH", header, original=text, recovered=text)
    else:
        tdt = next((t.segment for t in message.transports if t.segment), None)
        flight.findings.add("FLIGHT_MISSING", tdt or message.header)


class _Route:
    """Builds legs from places in message order."""

    def __init__(self, flight: Flight) -> None:
        self.flight = flight
        self.legs: list[Leg] = []
        self.open: Leg | None = None

    def add(self, stop: Stop) -> None:
        """One place: 125 departs, 87 and 130 arrive, 92 does what its times say, else what is due."""
        departs = stop.role in ("125", "22") or (stop.role == "92" and stop.departure is not None)
        arrives = stop.role in ("87", "130") or (stop.role == "92" and stop.arrival is not None)
        if not departs and not arrives:
            departs, arrives = self.open is None, self.open is not None
        place = self._place(stop)
        if arrives:
            self._arrive(stop, place)
        if departs:
            self._depart(stop, place)

    def _depart(self, stop: Stop, place: Place) -> None:
        declared = stop.role == "125"
        leg = Leg(
            place.code or None, origin_zone=place.zone, crossing=declared, declared=declared, segment=stop.segment,
            at_clearance=stop.role == "22",
        )  # fmt: skip
        moment = self._time(stop.departure)
        leg.departs = moment.iso if moment else None
        if stop.departure and not moment and stop.departure.value(1, 1):
            leg.invalid_departure = True
            if leg.crossing:
                value = stop.departure.value(1, 1)
                self.flight.findings.add("TIME_INVALID", stop.departure, original=value, value=value)
        self.legs.append(leg)
        self.open = leg

    def _arrive(self, stop: Stop, place: Place) -> None:
        leg = self.open
        if leg is None:
            before = self.legs[-1] if self.legs else Leg()
            leg = Leg(before.destination, origin_zone=before.destination_zone)
            self.legs.append(leg)
        if stop.role == "87" and not any(other.crossing for other in self.legs):
            leg.crossing = True
        leg.destination, leg.destination_zone, leg.end = place.code or None, place.zone, stop.segment
        moment = self._time(stop.arrival)
        leg.arrives = moment.iso if moment else None
        self.open = None

    def _place(self, stop: Stop) -> Place:
        code = stop.segment.value(2)
        if not code:
            return Place("", known=True)
        place = read_place(code, self.flight.mode)
        findings = self.flight.findings
        if not place.known and stop.role in ("125", "87"):
            findings.add("PORT_UNKNOWN", stop.segment, original=code, code=code)
        elif place.how in ("icao", "locode") and place.code != code:
            findings.add(
                f"PORT_{place.how.upper()}", stop.segment, original=code, recovered=place.code, iata=place.code
            )
        return place

    def _time(self, segment: Segment | None) -> Moment | None:
        if segment is None:
            return None
        value = segment.value(1, 1)
        moment = read_moment(value, segment.value(1, 2))
        if moment and moment.assumed:
            self.flight.findings.add(
                "DATE_FORMAT_ASSUMED", segment, original=value, recovered=moment.iso, value=value, iso=moment.iso
            )
        return moment


def _legs(stops: list[Stop], flight: Flight) -> list[Leg]:
    """Legs in travel order: as sent, sorted by departure when every one has a time."""
    route = _Route(flight)
    for stop in stops:
        route.add(stop)
    legs = route.legs
    if len(legs) > 1 and all(leg.departs for leg in legs):
        legs.sort(key=_departure_instant)
    return legs


def _departure_instant(leg: Leg) -> datetime:
    """Departure without zone: in UTC when the zone of the place is known, else local."""
    moments = instants(leg.departs or "", leg.origin_zone)
    return moments[0].replace(tzinfo=None) if moments else datetime.fromisoformat(leg.departs or "1900-01-01")


def check_flight(flight: Flight, now: datetime, *, legs_needed: bool) -> None:
    """Findings about missing or implausible places and times."""
    findings, leg = flight.findings, flight.crossing
    if legs_needed:
        if leg.at_clearance:
            findings.add("DEPARTURE_MISSING", leg.segment, original=leg.origin, recovered=leg.departs)
        elif not (leg.origin and (leg.departs or leg.invalid_departure)):
            findings.add("DEPARTURE_MISSING", leg.segment)
        if not leg.destination:
            findings.add("ARRIVAL_MISSING", leg.segment)
        elif not leg.arrives:
            findings.add("ARRIVAL_TIME_MISSING", leg.end)
    if leg.departs:
        departs = datetime.fromisoformat(leg.departs)
        if abs(departs - now) > _DATE_FAR:
            findings.add("FLIGHT_DATE_FAR", leg.segment, original=leg.departs)
    for each in flight.legs:
        _check_order(flight, each)


def _check_order(flight: Flight, leg: Leg) -> None:
    """Arrival against departure in UTC; on nights of a clock change any possible reading counts."""
    departures = instants(leg.departs or "", leg.origin_zone)
    arrivals = instants(leg.arrives or "", leg.destination_zone)
    if not departures or not arrivals:
        return
    spans = [arrival - departure for arrival in arrivals for departure in departures]
    if max(spans) <= timedelta(0):
        flight.findings.add("ARRIVAL_BEFORE_DEPARTURE", leg.end or leg.segment, original=leg.arrives)
    elif flight.mode == "air" and min(span for span in spans if span > timedelta(0)) > _LONGEST_FLIGHT:
        flight.findings.add(
            "FLIGHT_TOO_LONG", leg.end or leg.segment, original=leg.arrives, hours=_hours(min(spans)),
            departs=leg.departs, arrives=leg.arrives,
        )  # fmt: skip


def _hours(span: timedelta) -> str:
    """A span as `33` or `24:01` hours."""
    hours, rest = divmod(int(span.total_seconds()), 3600)
    return f"{hours}:{rest // 60:02}" if rest else str(hours)
