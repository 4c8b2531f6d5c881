"""The form of small craft: what was typed becomes one list for each leg and category; findings go back to its rows."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from .grade import without_advice
from .mrz import read_zone, split_names
from .normalise_dates import read_birth, typed_date

PERSON = ("surname", "given_names", "sex", "birth_date", "nationality", "type", "number", "issuer", "expires", "role")
SECOND = ("second_type", "second_number", "second_issuer", "second_expires")
"""A further document of the same person, as a second passport or a seaman's book."""
CRAFT = ("mode", "name", "number", "imo", "call_sign", "flag")
LEG = ("from", "to", "departs", "arrives")
PASSENGER, CREW = "passenger", "crew"
_SHAPES = {44: 2, 36: 2, 30: 3}  # length of a line of a machine-readable zone and how many it has (TD3, TD2, TD1)


@dataclass(frozen=True, slots=True)
class TripList:
    """One list of a trip: number of the leg from 0, category, its object, and the rows of its people in the form."""

    leg: int
    kind: str
    obj: dict[str, Any]
    rows: tuple[int, ...]

    @property
    def data(self) -> bytes:
        """As it is sent."""
        return json.dumps(self.obj, ensure_ascii=False, separators=(",", ":")).encode()


def lists_of(trip: Mapping[str, Any]) -> list[TripList]:
    """The lists of a trip: for each leg its crew and its passengers, as far as there are any.

    A leg with "same people" has those of the leg before; on another one are the people ticked for it.
    """
    found = []
    aboard = range(len(trip["people"]))
    rows: tuple[int, ...] = ()
    for number, leg in enumerate(trip["legs"]):
        if number == 0 or not leg.get("same"):
            rows = tuple(row for row in aboard if is_on(trip["people"][row], number))
        for kind in (PASSENGER, CREW):
            here = tuple(row for row in rows if (trip["people"][row].get("role") == CREW) == (kind == CREW))
            if here:
                people = [_person(trip["people"][row], leg, kind) for row in here]
                message = {"type": kind, "function": "original"}
                found.append(
                    TripList(
                        number,
                        kind,
                        {"message": message, "flight": flight_of(trip, number), "travellers": people},
                        here,
                    )
                )
    return found


def is_on(person: Mapping[str, Any], leg: int) -> bool:
    """Whether somebody is ticked for a leg; nobody's ticks at all mean every leg."""
    legs = person.get("legs") or []
    return not legs or leg in legs


def flight_of(trip: Mapping[str, Any], number: int) -> dict[str, Any]:
    """The flight or voyage of one leg, as the JSON reader takes it."""
    craft, leg = trip["craft"], trip["legs"][number]
    sea = craft.get("mode") == "sea"
    named = craft.get("number") or (craft.get("imo") or craft.get("call_sign") or craft.get("name") if sea else "")
    flight: dict[str, Any] = {
        "mode": "sea" if sea else "air",
        "number": "".join(named.split()).upper(),
        "legs": [{**{key: leg.get(key, "").upper() for key in ("from", "to")},
                  **{key: typed_date(leg.get(key, "")) for key in ("departs", "arrives")}}],
    }  # fmt: skip
    if sea:
        flight["vessel"] = {key: craft.get(key, "") for key in ("name", "imo", "call_sign", "flag")}
    return flight


def _person(typed: Mapping[str, Any], leg: Mapping[str, Any], kind: str) -> dict[str, Any]:
    documents = [_document(typed, ""), _document(typed, "second_")]
    return {
        **{key: typed.get(key, "") for key in ("surname", "given_names", "sex", "nationality")},
        "birth_date": typed_date(typed.get("birth_date", "")),
        "status": kind,
        "from": leg.get("from", "").upper(),
        "to": leg.get("to", "").upper(),
        "documents": [document for document in documents if any(document.values())],
    }


def _document(typed: Mapping[str, Any], which: str) -> dict[str, Any]:
    document = {key: typed.get(which + key, "") for key in ("type", "number", "issuer")}
    return {**document, "expires": typed_date(typed.get(f"{which}expires", ""))}


@dataclass(frozen=True, slots=True)
class Said:
    """A finding in the words of the form."""

    severity: str
    code: str
    text: str


def said_of(lists: Sequence[TripList], objects: Sequence[Mapping[str, Any]]) -> dict[tuple[str, int], list[Said]]:
    """Findings by ("person", row) or ("leg", number): errors and warnings, each once; `objects` read from the lists."""
    found: dict[tuple[str, int], list[Said]] = {}
    for one, obj in zip(lists, objects, strict=True):
        for finding in obj["findings"]:
            if finding["severity"] == "info":
                continue
            line = finding.get("line") if finding.get("traveller") else None
            place = ("person", one.rows[line - 1]) if line else ("leg", one.leg)
            said = Said(finding["severity"], finding["code"], _plain(finding))
            known = found.setdefault(place, [])
            if all(each.code != said.code for each in known):
                known.append(said)
    return found


def _plain(finding: Mapping[str, Any]) -> str:
    """The sentence without the traveller's number and without advice that is for messages."""
    text = without_advice(finding)
    if text.startswith("Traveller "):
        text = text.partition(": ")[2] or text
    return text


def trip_of(obj: Mapping[str, Any]) -> dict[str, Any]:
    """The form filled with a list that was sent."""
    flight = obj.get("flight") or {}
    vessel = flight.get("vessel") or {}
    craft = {
        "mode": flight.get("mode") or "air",
        "number": f"{flight.get('carrier') or ''}{flight.get('number') or ''}",
    }
    craft |= {key: vessel.get(key) or "" for key in ("name", "imo", "call_sign", "flag")}
    own = [leg for leg in flight.get("legs") or [] if not leg.get("number")]  # an onward flight has a list of its own
    legs = [{key: leg.get(key) or "" for key in LEG} | {"same": True} for leg in own]
    return {"craft": craft, "legs": legs or [{}], "people": [person_of(one) for one in obj.get("travellers") or []]}


def person_of(traveller: Mapping[str, Any]) -> dict[str, Any]:
    """A row of the form from somebody who was read."""
    papers: list[Mapping[str, Any]] = [*(traveller.get("documents") or []), {}, {}]
    row = {key: traveller.get(key) or "" for key in ("surname", "given_names", "birth_date", "nationality")}
    row["sex"] = "" if traveller.get("sex") in (None, "U") else traveller["sex"]
    for which, document in (("", papers[0]), ("second_", papers[1])):
        row |= {which + key: document.get(key) or "" for key in ("type", "number", "issuer", "expires")}
    row["role"] = CREW if str(traveller.get("status", "")).endswith(CREW) else PASSENGER
    return row


def zones_in(text: str) -> Iterator[str]:
    """Machine-readable zones in pasted text, each on one line; lines of other lengths come alone, as they are."""
    lines = ["".join(line.split()).upper().replace("«", "<<") for line in text.splitlines()]
    lines = [line for line in lines if line]
    while lines:
        count = _SHAPES.get(len(lines[0]), 1)
        taken = lines[:count]
        if any(len(line) != len(taken[0]) for line in taken):
            taken = taken[:1]
        del lines[: len(taken)]
        yield "".join(taken)


def person_of_zone(text: str, today: date) -> tuple[dict[str, Any] | None, str]:
    """(row of the form, what was done: "", "repaired" or "failed") of a zone; no row for text that is none.

    A birth is put in the latest century that does not lie after `today`, an expiry in this one.
    """
    zone = read_zone(text)
    if zone is None:
        return None, ""
    surname, given = split_names(zone.names)
    row = {
        "surname": surname, "given_names": given, "sex": zone.sex, "birth_date": _birth(zone.birth, today),
        "nationality": zone.nationality, "type": zone.type or "P", "number": zone.number,
        "issuer": zone.issuer or zone.nationality, "expires": _expiry(zone.expiry), "role": PASSENGER,
    }  # fmt: skip
    return row, "failed" if zone.failed else "repaired" if zone.repaired else ""


def _birth(digits: str, today: date) -> str:
    birth = read_birth(digits, "", today)
    return birth.iso if birth else digits


def _expiry(digits: str) -> str:
    return f"20{digits[:2]}-{digits[2:4]}-{digits[4:]}" if digits.isdigit() else digits
