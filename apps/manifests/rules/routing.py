"""From what a list says about a flight to where it goes, in UTC: legs, States, deadlines, who is on board where. Pure.

Sources: airports and their zones, package airportsdata; seaports, ports.csv beside the reader. "State" is a party code.
"""

import datetime
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

from apps.manifests.paxlst.normalise_places import airports, instants, seaports

CREW = frozenset({"crew", "transit_crew"})
LONGEST_PLACE = 5
LONGEST_DESIGNATOR = 3
WATCH_LEAD = datetime.timedelta(minutes=30)
"""An officer at the gate needs the hit this long before the arrival (project default)."""
_ACCESS_REFERENCE = re.compile(r"^([A-Z0-9]{2}[A-Z]?)0*(\d{1,4}[A-Z]?)/(\d{6})(?:/|$)")


class Place(NamedTuple):
    """Where a code lies: ISO 3166-1 alpha-2 of the country, and the IANA time zone; "" where unknown."""

    country: str
    zone: str


class Stop(NamedTuple):
    """A leg touching a State: as an arrival or a departure."""

    state: str
    role: str
    leg: "Leg"


@dataclass(frozen=True, slots=True)
class Leg:
    """One flight or passage: places, local times as sent, the same in UTC, and the States at both ends ("" = none)."""

    seq: int
    origin: str
    destination: str
    departs_local: str
    arrives_local: str
    departs_at: datetime.datetime | None
    arrives_at: datetime.datetime | None
    origin_state: str
    destination_state: str


@dataclass(frozen=True, slots=True)
class Key:
    """What makes two lists belong to one journey."""

    mode: str
    carrier: str
    number: str
    date: datetime.date
    origin: str


class Rule(Protocol):
    """A row of the regimes: minutes relative to an event of a leg that touches the State."""

    party_id: str
    mode: str
    craft: str
    direction: str
    space: str
    event: str
    minutes: int


@lru_cache(maxsize=4096)
def place(code: str) -> Place:
    """Where an airport (IATA) or a port (UN/LOCODE) lies."""
    port, airport = seaports().get(code), airports().get(code)
    if port:
        return Place(port["alpha2"], port["timezone"])
    if airport:
        return Place(airport["country"], airport["tz"])
    return Place(code[:2] if len(code) == LONGEST_PLACE else "", "")


def in_utc(local: str, code: str) -> datetime.datetime | None:
    """A local time `YYYY-MM-DDTHH:MM` at a place in UTC; None without a time or a zone.

    In the repeated hour of a clock change it is the first one: a deadline is then never too late.
    """
    moments = instants(local, place(code).zone)
    return moments[0] if moments else None


def legs_of(flight: Mapping[str, Any] | None, states: Mapping[str, str]) -> tuple[Leg, ...]:
    """The legs of a reading's flight in travel order; `states` are party codes by alpha-2."""
    found = []
    for seq, leg in enumerate((flight or {}).get("legs") or []):
        origin, destination = _code(leg.get("from")), _code(leg.get("to"))
        departs, arrives = leg.get("departs") or "", leg.get("arrives") or ""
        found.append(
            Leg(
                seq,
                origin,
                destination,
                departs,
                arrives,
                in_utc(departs, origin),
                in_utc(arrives, destination),
                states.get(place(origin).country, ""),
                states.get(place(destination).country, ""),
            )
        )
    return tuple(found)


def _code(value: Any) -> str:
    """A place as stored; free text where a code belongs is left out (the reading keeps it as sent)."""
    return value if isinstance(value, str) and len(value) <= LONGEST_PLACE else ""


def key_of(obj: Mapping[str, Any], legs: Iterable[Leg]) -> Key | None:
    """The key of a list's journey; None when the flight or voyage cannot be told.

    Without a date of departure the day of arrival serves, then the day on which the list was made: its travellers
    must be screened while the carrier is asked for the rest.
    """
    flight, message = obj.get("flight"), obj.get("message") or {}
    if not flight:
        return None
    vessel = flight.get("vessel") or {}
    number = flight.get("number") or vessel.get("imo") or vessel.get("call_sign") or vessel.get("name") or ""
    legs = tuple(legs)
    arrivals = [leg.arrives_local for leg in legs if leg.arrives_local]
    day = flight.get("date") or next(iter(arrivals), "") or message.get("prepared") or ""
    if not number or not day:
        return None
    date = datetime.date.fromisoformat(day[:10])
    origin = crossing(legs, date).origin if legs else ""
    carrier = flight.get("carrier") or ""
    # ships may send a company's name where a designator belongs
    return Key(flight["mode"], carrier if len(carrier) <= LONGEST_DESIGNATOR else "", number[:20], date, origin)


def crossing(legs: tuple[Leg, ...], date: datetime.date) -> Leg:
    """The leg that the list is filed under: the first one that departs on its date, else the first."""
    return next((leg for leg in legs if leg.departs_local.startswith(date.isoformat())), legs[0])


def key_before(obj: Mapping[str, Any], mode: str) -> Key | None:
    """The key that a changed flight had, from UNH 0068 `BW0600/261125/1430`; the origin is not part of it."""
    message = obj.get("message") or {}
    found = _ACCESS_REFERENCE.match((message.get("access_reference") or "").upper())
    if not found:
        return None
    carrier, number, day = found.groups()
    try:
        return Key(mode, carrier, number, datetime.datetime.strptime(day, "%y%m%d").date(), "")
    except ValueError:
        return None


def stops(legs: Iterable[Leg]) -> list[Stop]:
    """Every State that the legs touch: departures and arrivals; a technical stop counts as both."""
    found = []
    for leg in legs:
        found += [Stop(leg.origin_state, "departure", leg), Stop(leg.destination_state, "arrival", leg)]
    return [stop for stop in found if stop.state]


def deadline(
    rules: Iterable[Rule], stop: Stop, *, mode: str, craft: str, space: Collection[str]
) -> datetime.datetime | None:
    """By when the State wants the list, in UTC: the earliest of its rules for this leg; None without rule or time.

    `space` are the States of the Single Domestic Space on that day.
    """
    other = stop.leg.origin_state if stop.role == "arrival" else stop.leg.destination_state
    inside = "inside" if other in space else "outside"
    moments = []
    for rule in rules:
        fits = (
            rule.party_id == stop.state
            and rule.mode == mode
            and rule.direction == stop.role
            and rule.craft in {craft, "any"}
            and rule.space in {inside, "any"}
        )
        event = stop.leg.arrives_at if rule.event == "arrival" else stop.leg.departs_at
        if fits and event:
            moments.append(event + datetime.timedelta(minutes=rule.minutes))
    return min(moments, default=None)


def states_of(
    person: Mapping[str, Any], legs: tuple[Leg, ...], participating: Collection[str], states: Mapping[str, str]
) -> tuple[list[str], list[str]]:
    """(States where they board, lands or is cleared; States where they only are on board at a stop), participating
    ones.

    Never by nationality. Crew are on board of the whole route, and every State on it sees them.
    """
    named = [_code(person.get(key)) for key in ("from", "to", "cleared_at")]
    full = {states.get(place(code).country, "") for code in named}
    transit: set[str] = set()
    if person["status"] in CREW:
        full |= {stop.state for stop in stops(legs)}
    elif legs:
        first, last = on_board(person, legs)
        full |= {legs[first].origin_state, legs[last].destination_state}
        transit = {leg.destination_state for leg in legs[first:last]}
    return sorted(full & set(participating)), sorted((transit - full) & set(participating))


def on_board(person: Mapping[str, Any], legs: tuple[Leg, ...]) -> tuple[int, int]:
    """Index of the leg on which they board and of the one on which they land; the ends where they connect from
    beyond."""
    boards, lands = person.get("from"), person.get("to")
    first = next((leg.seq for leg in legs if leg.origin == boards), 0)
    last = next((leg.seq for leg in legs[first:] if leg.destination == lands), len(legs) - 1)
    return first, last


def arrival(to_port: str, legs: Iterable[Any], otherwise: datetime.datetime | None) -> datetime.datetime | None:
    """When a traveller lands; `legs` have `to_port` and `arrives_at`, as stored."""
    return next((leg.arrives_at for leg in legs if leg.to_port == to_port and leg.arrives_at), otherwise)
