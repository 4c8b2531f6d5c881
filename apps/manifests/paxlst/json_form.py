"""Lists sent as JSON: the contract's own object, validated and graded with the same findings."""

from __future__ import annotations

import json
from datetime import datetime
from math import isfinite
from typing import Any

from .drafts import Books, DocumentFields, PersonFields, compact_date, form_object, submission_of
from .normalise_dates import read_moment
from .normalise_places import read_place
from .normalise_states import read_state
from .normalise_vessels import imo_holds
from .read_flight import Flight, Leg, check_flight

_STATUS = {"passenger": "FL", "crew": "FM", "transit_passenger": "DDU", "transit_crew": "DDT"}
_TYPES = ("passenger", "crew", "master_crew", "flight_status", "gate_pass")
_FUNCTIONS = ("original", "change", "cancel", "reduction", "add", "delete", "flight_close", "flight_cancel",
              "flight_change")  # fmt: skip
_MODES = ("air", "sea")
_LONGEST = 2_000  # characters of any one value


def read_json(text: str, as_of: datetime | None) -> list[dict[str, Any]]:
    """Objects of a JSON list or of an array of lists; [] when the text is no such JSON."""
    try:
        sent = json.loads(text)
    except (ValueError, RecursionError):
        return []
    lists = [each for each in (sent if isinstance(sent, list) else [sent]) if isinstance(each, dict)]
    return objects_of([each for each in lists if "travellers" in each or "flight" in each], as_of)


def objects_of(lists: list[dict[str, Any]], as_of: datetime | None) -> list[dict[str, Any]]:
    """Objects of lists that stand in the contract's form, validated and graded."""
    return [_object(each, as_of or datetime.now()) for each in lists]


def _words(value: object) -> str:
    """A scalar as text; "" for null, objects, arrays, and numbers that JSON knows and arithmetic does not (1e999)."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    if isinstance(value, float) and not isfinite(value):
        return ""
    return str(value).strip()[:_LONGEST]


def _record(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _records(value: object) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _object(sent: dict[str, Any], now: datetime) -> dict[str, Any]:
    message = _record(sent.get("message"))
    kind = _words(message.get("type"))
    function = _words(message.get("function"))
    people = [_person(number, each) for number, each in enumerate(_records(sent.get("travellers")), start=1)]
    if kind not in _TYPES:
        crew = bool(people) and all(person.status in ("FM", "DDT") for person in people)
        kind = "crew" if crew else "passenger"
    flight = _flight(_record(sent.get("flight")))
    check_flight(flight, now, legs_needed=kind != "master_crew" and not _is_one_end(flight))
    submission = submission_of(
        people, kind=kind, flight=flight, function=function if function in _FUNCTIONS else "original"
    )
    books = _books(message)
    books.check(submission, len(people))
    obj = form_object(submission, now=now)
    books.enter(obj["message"])
    for key in ("reference", "access_reference", "sender"):
        obj["message"][key] = _words(message.get(key)) or None
    return obj


def _is_one_end(flight: Flight) -> bool:
    """Whether the port of call of a ship is known with its time: FAL forms know one end of the voyage only."""
    return flight.mode == "sea" and any(
        (leg.destination and leg.arrives) or (leg.origin and leg.departs) for leg in flight.legs
    )


def _books(message: dict[str, Any]) -> Books:
    """Parts, total, test mark of a list that was a message before (corrections)."""
    parts, total = _record(message.get("parts")), message.get("stated_total")
    received = (
        [n for n in parts.get("received") or [] if isinstance(n, int)]
        if isinstance(parts.get("received"), list)
        else []
    )
    expected = parts.get("expected") if isinstance(parts.get("expected"), int) else None
    whole = expected is not None and set(range(1, min(expected, 1000) + 1)) <= set(received)
    return Books(
        parts={"received": sorted(received), "expected": expected, "complete": whole} if received else None,
        stated_total=total if isinstance(total, int) and 0 <= total < 100_000 else None,
        truncated=message.get("truncated") is True,
        test=message.get("test") is True,
    )


def _person(number: int, sent: dict[str, Any]) -> PersonFields:
    def text(key: str) -> str:
        return _words(sent.get(key))

    documents = [
        DocumentFields(
            *(_words(each.get(key)) for key in ("type", "number", "issuer", "expires")),
        )
        for each in _records(sent.get("documents"))[:9]
    ]
    return PersonFields(
        line=number,
        names=(text("surname"), text("given_names")),
        status=_STATUS.get(text("status"), "FL"),
        sex=text("sex"),
        birth=text("birth_date"),
        nationality=text("nationality"),
        origin=text("from"),
        destination=text("to"),
        seat=text("seat"),
        pnr=text("pnr"),
        rank=text("rank"),
        residence=text("residence"),
        birth_place=text("birth_place"),
        carrier_reference=text("carrier_reference"),
        cleared_at=text("cleared_at"),
        address=text("address"),
        documents=tuple(documents),
    )


def _flight(sent: dict[str, Any]) -> Flight:
    flight = Flight()
    mode = _words(sent.get("mode"))
    vessel = _record(sent.get("vessel"))
    flight.mode = mode if mode in _MODES else ("sea" if vessel else "air")
    flight.carrier = _words(sent.get("carrier")).upper() or None
    number = _words(sent.get("number")).upper()
    flight.number = (number if flight.mode == "sea" else number.lstrip("0")) or None
    if flight.mode == "sea" and vessel:
        flag = _words(vessel.get("flag")).upper()
        flight.vessel = {
            "name": _words(vessel.get("name")).upper() or None,
            "imo": _words(vessel.get("imo")) or None,
            "call_sign": _words(vessel.get("call_sign")).upper() or None,
            "flag": read_state(flag).code if flag else None,
        }
        imo = flight.vessel["imo"]
        if imo and not imo_holds(imo):
            flight.findings.add("IMO_CHECK_FAILED", original=imo, value=imo)
    if not flight.number:
        flight.findings.add("FLIGHT_MISSING")
    flight.legs = [_leg(flight, each) for each in _records(sent.get("legs"))[:99]]
    _mark_crossing(flight, _words(sent.get("date")))
    return flight


def _leg(flight: Flight, sent: dict[str, Any]) -> Leg:
    leg = Leg()
    number = _words(sent.get("number")).upper()
    carrier = _words(sent.get("carrier")).upper() or None
    if number and (carrier, number) != (flight.carrier, flight.number):
        leg.onward = (carrier, number)
    for key in ("from", "to"):
        code = _words(sent.get(key)).upper()
        if not code:
            continue
        place = read_place(code, flight.mode)
        if not place.known:
            flight.findings.add("PORT_UNKNOWN", original=code, code=code)
        if key == "from":
            leg.origin, leg.origin_zone = place.code, place.zone
        else:
            leg.destination, leg.destination_zone = place.code, place.zone
    leg.departs = _moment(flight, leg, _words(sent.get("departs")), departure=True)
    leg.arrives = _moment(flight, leg, _words(sent.get("arrives")), departure=False)
    return leg


def _moment(flight: Flight, leg: Leg, text: str, *, departure: bool) -> str | None:
    """A local time `YYYY-MM-DDTHH:MM`, seconds and a zone left off; impossible ones are findings."""
    if not text:
        return None
    day, _, clock = text.partition("T")
    digits, _code = compact_date(day)
    moment = read_moment(digits + clock[:5].replace(":", ""), "")
    if moment is None and departure:
        leg.invalid_departure = True
        flight.findings.add("TIME_INVALID", original=text, value=text)
    return moment.iso if moment else None


def _mark_crossing(flight: Flight, day: str) -> None:
    """The leg of the flight's date is the one the list is about, else the first."""
    same = [leg for leg in flight.legs if day and (leg.departs or "").startswith(day)]
    for leg in (same or flight.legs)[:1]:
        leg.crossing = leg.declared = True
