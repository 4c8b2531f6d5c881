"""Persons and things of a version, with links and sightings, as STIX: one object for each, from this report alone.

What several reports say of one person is several objects with one `entity` in `cisnet-thing`: none of them mixes
markings, and each comes and goes with its report. Fields that STIX has are filled for everybody's tools; the extension
has all facts as they were recorded, each with the notes (paragraphs) that say it.
"""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from apps.entities.rules.chart_places import stretch
from apps.screening.matching.tables import country_codes
from apps.taxii.stix import common, ids
from apps.taxii.stix.times import stamp

Plain = dict[str, Any]
Period = tuple[datetime.date | None, datetime.date | None]


@dataclass(frozen=True, slots=True)
class Fact:
    """A field of a thing. `id`: of the statement; `normal`: the value in its one form; `pid`: the paragraph."""

    id: str
    field: str
    value: str
    normal: str
    pid: str
    period: Period = (None, None)


@dataclass(frozen=True, slots=True)
class Thing:
    """A person or thing as one version of a report knows it."""

    key: str
    type: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """A link between two things of the version. `said`: (statement, paragraph, period) of each piece of evidence."""

    key: str
    type: str
    source: str
    target: str
    said: tuple[tuple[str, str, Period], ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """A sighting of a thing of the version. `position`: latitude, longitude, uncertainty in metres."""

    id: str
    thing: str
    pid: str
    at: datetime.datetime | None
    precision: str
    place: str
    position: tuple[float, float, int] | None
    count: int


@dataclass(frozen=True, slots=True)
class Told:
    """All that a version tells of persons and things."""

    things: tuple[Thing, ...] = ()
    ties: tuple[Tie, ...] = ()
    seen: tuple[Seen, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """What all objects of a version have in common. `note`: the id of a paragraph's note; `own`: makes an id."""

    created: str
    modified: str
    author: str
    marks: list[str]
    own: Callable[..., str]
    note: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Made:
    """An object. `pids`: paragraphs that speak of it; `rests`: statements that must all stand for a reader."""

    value: Plain
    pids: tuple[str, ...]
    rests: tuple[str, ...]


LINKS = {
    "associate_of": "related-to",
    "member_of": "member-of",
    "owns": "owns",
    "uses": "uses",
    "present_at": "located-at",
    "communicated_with": "communicates-with",
    "family_of": "family-of",
    "transported_by": "transported-by",
    "financed_by": "financed-by",
}
"""Types of links as relationship types: those of STIX 2.1 where it has them (sections 4 and 5), else in its manner."""

EXTENDED = {"vehicle": "cisnet-vehicle", "vessel": "cisnet-vessel", "aircraft": "cisnet-aircraft",
            "firearm": "cisnet-firearm", "contraband": "cisnet-contraband", "phone-number": "cisnet-phone",
            "other-thing": "cisnet-other"}  # fmt: skip
"""Types of objects that STIX does not have, and the extension that declares each."""

OBSERVABLES = frozenset({"phone-number", "email-addr", "user-account"})
"""Types without created, modified and author (STIX 2.1, section 3.2): they are not revoked, they are just gone."""

NAMES = ("name", "alias", "former_name")


def made(told: Told, frame: Frame) -> list[Made]:
    """Things, then links and sightings of those, in an order that never refers forward."""
    things = [_thing(one, frame) for one in told.things]
    ref = {one.key: each.value["id"] for one, each in zip(told.things, things, strict=True)}
    ties = [_tie(one, ref, frame) for one in told.ties if one.source in ref and one.target in ref]
    seen = [each for one in told.seen if one.thing in ref for each in _sighting(one, ref[one.thing], frame)]
    return [*things, *ties, *seen]


def _own(name: str, kind: str, **says: Any) -> Plain:
    return {common.extension(name): {"extension_type": kind, **says}}


def _first(facts: Sequence[Fact], *fields: str, normal: bool = False) -> str:
    for field in fields:
        found = next((one for one in facts if one.field == field), None)
        if found:
            return found.normal if normal else found.value
    return ""


def _all(facts: Sequence[Fact], *fields: str, normal: bool = False) -> list[str]:
    values = [one.normal if normal else one.value for one in facts if one.field in fields]
    return list(dict.fromkeys(values))


def _name(facts: Sequence[Fact], type_name: str) -> str:
    words = _first(facts, *NAMES)
    return words or next((one.value for one in facts if one.field not in {"description", "kind"}), type_name)


def _thing(one: Thing, frame: Frame) -> Made:
    kind, says = (READ.get(one.type) or _other)(one.facts)
    extended = says.pop("extensions", {})
    if kind in EXTENDED:
        extended |= _own(EXTENDED[kind], "new-sco" if kind in OBSERVABLES else "new-sdo")
    facts = [_said(fact, frame) for fact in one.facts]
    extended |= _own(
        "cisnet-thing", "property-extension", entity=frame.own("thing", one.key), thing_type=one.type, facts=facts
    )
    value = _base(frame, kind, frame.own(kind, one.key), says) | {"extensions": extended}
    pids = tuple(dict.fromkeys(fact.pid for fact in one.facts))
    return Made(value, pids, tuple(fact.id for fact in one.facts))


def _base(frame: Frame, kind: str, identifier: str, says: Plain) -> Plain:
    plain: Plain = {"type": kind, "spec_version": "2.1", "id": identifier}
    if kind not in OBSERVABLES:
        plain |= {"created_by_ref": frame.author, "created": frame.created, "modified": frame.modified}
    return (
        plain | {key: held for key, held in says.items() if held not in ("", [])} | {"object_marking_refs": frame.marks}
    )


def _said(fact: Fact, frame: Frame) -> Plain:
    return {"field": fact.field, "value": fact.value, "note_ref": frame.note(fact.pid), **_period(fact.period)}


def _period(period: Period) -> Plain:
    return {key: day.isoformat() for key, day in zip(("from", "to"), period, strict=True) if day}


def _words(facts: Sequence[Fact]) -> str:
    return "; ".join(_all(facts, "kind", "description"))


def _person(facts: Sequence[Fact]) -> tuple[str, Plain]:
    name = _name(facts, "Person")
    documents = [
        {"type": one.field, **_document(one.normal)} for one in facts if one.field in {"passport", "identity_card"}
    ]
    says: Plain = {
        "birth_date": _first(facts, "born"),
        "sex": _first(facts, "sex", normal=True),
        "nationalities": _all(facts, "nationality", normal=True),
        "documents": documents,
        "aliases": [one for one in _all(facts, *NAMES) if one != name],
    }
    says = {key: held for key, held in says.items() if held}
    extended = _own("cisnet-person", "property-extension", **says) if says else {}
    plain = {"name": name, "description": _words(facts), "identity_class": "individual", "extensions": extended}
    return "identity", plain


def _document(normal: str) -> Plain:
    issuer, _blank, number = normal.rpartition(" ")
    return {"number": number, "issuer": issuer} if issuer else {"number": number}


def _organisation(facts: Sequence[Fact]) -> tuple[str, Plain]:
    name = _name(facts, "Organisation")
    return "identity", {"name": name, "description": _words(facts), "identity_class": "organization"}


def _vehicle(facts: Sequence[Fact]) -> tuple[str, Plain]:
    country, _blank, plate = _first(facts, "plate", normal=True).partition(" ")
    named = {"plate": plate, "plate_country": country, "vin": _first(facts, "vin", normal=True)}
    return "vehicle", {"name": _first(facts, "name"), "description": _words(facts), **named}


def _vessel(facts: Sequence[Fact]) -> tuple[str, Plain]:
    numbers = {field: _first(facts, field, normal=True) for field in ("imo", "mmsi", "call_sign", "flag")}
    aliases = _all(facts, "former_name")
    names = {"name": _first(facts, "name"), "former_names": aliases, "hull": _first(facts, "hull")}
    return "vessel", {**names, "description": _words(facts), **numbers}


def _aircraft(facts: Sequence[Fact]) -> tuple[str, Plain]:
    tail = _first(facts, "tail", normal=True)
    return "aircraft", {"name": _first(facts, "name"), "description": _words(facts), "tail_number": tail}


def _firearm(facts: Sequence[Fact]) -> tuple[str, Plain]:
    serial = _first(facts, "serial", normal=True)
    return "firearm", {"name": _first(facts, "name"), "description": _words(facts), "serial": serial}


def _contraband(facts: Sequence[Fact]) -> tuple[str, Plain]:
    return "contraband", {"kind": _first(facts, "kind", "name"), "description": _first(facts, "description")}


def _phone(facts: Sequence[Fact]) -> tuple[str, Plain]:
    return "phone-number", {"e164": _first(facts, "number", normal=True), "imei": _first(facts, "imei", normal=True)}


def _email(facts: Sequence[Fact]) -> tuple[str, Plain]:
    value = _first(facts, "email", normal=True)
    return ("email-addr", {"value": value}) if value else _other(facts)


def _account(facts: Sequence[Fact]) -> tuple[str, Plain]:
    login = _first(facts, "handle")
    return ("user-account", {"account_login": login, "display_name": _first(facts, "name")}) if login else _other(facts)


def _bank(facts: Sequence[Fact]) -> tuple[str, Plain]:
    login = _first(facts, "iban", "local_account", normal=True)
    return ("user-account", {"account_type": "bank-account", "account_login": login}) if login else _other(facts)


def _location(facts: Sequence[Fact]) -> tuple[str, Plain]:
    country = _alpha2().get(_first(facts, "country", normal=True), "")
    says: Plain = {"country": country} if country else {}
    position = _first(facts, "position", normal=True)
    says |= _point(position) if position else {}
    if not says:
        return _other(facts)  # a location needs a country, a region or coordinates (STIX 2.1, section 4.9)
    named = {"name": _first(facts, *NAMES), "description": _words(facts), "street_address": _first(facts, "address")}
    return "location", named | says


def _alpha2() -> dict[str, str]:
    return {three: two for two, three in country_codes().items()}


def _point(normal: str) -> Plain:
    """The one form of a position, "13.20000,-59.52000 ±500", as the properties of a location."""
    point, _plus, metres = normal.partition(" ±")
    lat, _comma, lon = point.partition(",")
    return {"latitude": float(lat), "longitude": float(lon)} | ({"precision": float(metres)} if metres else {})


def _event(facts: Sequence[Fact]) -> tuple[str, Plain]:
    return "incident", {"name": _name(facts, "Event"), "description": _words(facts)}


def _other(facts: Sequence[Fact]) -> tuple[str, Plain]:
    return "other-thing", {"name": _name(facts, "Thing"), "description": _words(facts)}


READ: dict[str, Callable[[Sequence[Fact]], tuple[str, Plain]]] = {
    "person": _person,
    "organisation": _organisation,
    "vehicle": _vehicle,
    "vessel": _vessel,
    "aircraft": _aircraft,
    "firearm": _firearm,
    "contraband": _contraband,
    "phone": _phone,
    "email": _email,
    "account": _account,
    "bank_account": _bank,
    "location": _location,
    "event": _event,
}
"""Types of the portal; documents, devices and what STIX has no place for become `other-thing`."""


def _tie(one: Tie, ref: dict[str, str], frame: Frame) -> Made:
    says: Plain = {
        "relationship_type": LINKS.get(one.type, one.type.replace("_", "-")),
        "source_ref": ref[one.source],
        "target_ref": ref[one.target],
    }
    periods = {period for _id, _pid, period in one.said}
    begin, end = next(iter(periods)) if len(periods) == 1 else (None, None)
    says |= {"start_time": _midnight(begin)} if begin else {}
    # the end must be later than the beginning (STIX 2.1, section 5.1)
    says |= {"stop_time": _midnight(end)} if end and end != begin else {}
    evidence = [{"note_ref": frame.note(pid), **_period(period)} for _id, pid, period in one.said]
    value = _base(frame, "relationship", frame.own("relationship", one.key), says)
    value["extensions"] = _own("cisnet-evidence", "property-extension", link_type=one.type, evidence=evidence)
    return Made(value, tuple(dict.fromkeys(pid for _id, pid, _p in one.said)), tuple(key for key, _pid, _p in one.said))


def _midnight(day: datetime.date) -> str:
    return f"{day.isoformat()}T00:00:00.000Z"


def _sighting(one: Seen, ref: str, frame: Frame) -> list[Made]:
    """The sighting, before it its place; of observables, which STIX lets nobody sight, observed data."""
    observable = ids.type_of(ref) in OBSERVABLES
    if observable and one.at is None:
        return []  # observed data need a time (STIX 2.1, section 4.14)
    found: list[Made] = []
    says: Plain = {}
    if one.position and not observable:
        place = _base(frame, "location", frame.own("location", "sighted", one.id), _where(one))
        found.append(Made(place, (one.pid,), (one.id,)))
        says["where_sighted_refs"] = [place["id"]]
    begin, end = stretch(one.at, one.precision) if one.at else (None, None)
    details = {"note_ref": frame.note(one.pid), "precision": one.precision}
    details |= {"place": one.place} if one.place else {}
    if one.position and observable:
        details["position"] = f"{one.position[0]}, {one.position[1]} ±{one.position[2]}"
    kind = "observed-data" if observable else "sighting"
    if observable:
        says |= {"object_refs": [ref], "number_observed": one.count}
    else:
        says |= {"sighting_of_ref": ref, "count": one.count}
    names = ("first_observed", "last_observed") if observable else ("first_seen", "last_seen")
    says |= {name: stamp(moment) for name, moment in zip(names, (begin, end), strict=True) if moment}
    value = _base(frame, kind, frame.own(kind, one.id), says)
    value["extensions"] = _own("cisnet-evidence", "property-extension", **details)
    return [*found, Made(value, (one.pid,), (one.id,))]


def _where(one: Seen) -> Plain:
    lat, lon, metres = one.position or (0.0, 0.0, 0)
    plain: Plain = {"name": one.place, "latitude": lat, "longitude": lon}
    return plain | ({"precision": float(metres)} if metres else {})
