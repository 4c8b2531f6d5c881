"""Persons and things, links and sightings in what others send: what each could be recorded as; a person decides.

The portal's own `cisnet-thing` is read as it was written; of all other objects the properties that the portal has a
field for. A value that is not of its kind (a wrong check digit, say) is no proposal and is named as lost.
"""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from apps.entities.rules.identifiers import LONGEST
from apps.taxii.stix import common, entities
from apps.taxii.stix.kinds import COMMON, Fact, Forms, Reader, kind_of, position_of, texts
from apps.taxii.stix.times import moment

Plain = dict[str, Any]
MOST_COUNTED = 1000
LINKS = {held: code for code, held in entities.LINKS.items()} | {
    "part-of": "member_of", "belongs-to": "member_of", "associated-with": "associate_of", "present-at": "present_at",
    "has-used": "uses", "owned": "owns", "communicated-with": "communicated_with", "financed-by": "financed_by",
}  # fmt: skip
"""Relationship types that the portal has a link for."""


@dataclass(frozen=True, slots=True)
class Thing:
    """An object that could be recorded as a person or thing."""

    id: str
    type: str
    facts: tuple[Fact, ...]

    @property
    def title(self) -> str:
        """Its first name, else its first value."""
        named = [one.value for one in self.facts if one.field in entities.NAMES]
        return (named or [one.value for one in self.facts])[0]


@dataclass(frozen=True, slots=True)
class Tie:
    """A relationship that could be recorded as a link; `said`: (note or "", period) of each piece of evidence."""

    id: str
    type: str
    source: str
    target: str
    said: tuple[tuple[str, entities.Period], ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What could be recorded as a sighting. `position` as the portal writes it."""

    id: str
    thing: str
    at: datetime.datetime | None
    precision: str
    place: str
    position: str
    count: int
    note: str


@dataclass(frozen=True, slots=True)
class Found:
    """By id of the object; `lost`: properties that go no further; `used`: objects read for what they say of others."""

    things: dict[str, Thing]
    ties: dict[str, Tie]
    seen: dict[str, Seen]
    lost: dict[str, tuple[str, ...]]
    used: frozenset[str]


NOTHING = Found({}, {}, {}, {}, frozenset())


def found(objects: Sequence[Plain], forms: Forms, held: frozenset[str]) -> Found:
    """What could be recorded of objects, each the last of its versions. `held`: identities that only made others."""
    lost: dict[str, tuple[str, ...]] = {}
    by_id = {one["id"]: one for one in objects if not one.get("revoked")}
    places = _places(by_id.values())
    made: dict[str, Thing] = {}
    for one in by_id.values():
        if one["id"] in held or one["id"] in places:
            continue
        thing, missing = _thing(one, forms)
        if thing is not None:
            made[thing.id], lost[thing.id] = thing, missing
    ties = {one["id"]: tie for one in by_id.values() if (tie := _tie(one, made, lost))}
    seen = {one["id"]: seen for one in by_id.values() if (seen := _sighting(one, made, by_id, lost))}
    used = {ref for key in seen for ref in texts(by_id[key].get("where_sighted_refs"))}
    return Found(made, ties, seen, lost, frozenset(used & places))


def _places(objects: Iterable[Plain]) -> frozenset[str]:
    """Locations that only say where something was sighted."""
    where: set[str] = set()
    ends: set[str] = set()
    for one in objects:
        where |= set(texts(one.get("where_sighted_refs")))
        ends |= {
            one[name] for name in ("source_ref", "target_ref", "sighting_of_ref") if isinstance(one.get(name), str)
        }
        if common.extension("cisnet-thing") in (one.get("extensions") or {}):
            ends.add(one["id"])
    return frozenset(ref for ref in where - ends if ref.startswith("location--"))


def _thing(value: Plain, forms: Forms) -> tuple[Thing | None, tuple[str, ...]]:
    own = Reader(value, "", forms).extension("cisnet-thing")
    kind = own.get("thing_type")
    if isinstance(kind, str) and kind in forms and isinstance(own.get("facts"), list):
        reader = Reader(value, kind, forms)
        lost = [str(one.get("field", "?")) for one in own["facts"] if isinstance(one, dict) and not _again(reader, one)]
    else:
        known = kind_of(value)
        if known is None:
            return None, ()
        reader = Reader(value, known[0], forms)
        known[1](reader)
        reader.plain("description", "description")
        lost = sorted(value.keys() - reader.used)
    if not reader.facts:
        return None, ()
    return Thing(value["id"], reader.kind, tuple(reader.facts)), tuple(dict.fromkeys(lost))


def _again(reader: Reader, one: Plain) -> bool:
    """A fact as the portal wrote it."""
    texts = [one.get(name) for name in ("field", "value")]
    if not all(isinstance(text, str) for text in texts):
        return False
    field, value = map(str, texts)
    note = one.get("note_ref")
    return reader.take(field, value[:LONGEST], note=note if isinstance(note, str) else "", period=_period(one))


def _period(one: Plain) -> entities.Period:
    return _day(one.get("from")), _day(one.get("to"))


def _day(held: Any) -> datetime.date | None:
    try:
        day = datetime.date.fromisoformat(held) if isinstance(held, str) else None
    except ValueError:
        return None
    return day if day and 1900 <= day.year < 2100 else None


def _evidence(value: Plain) -> Plain:
    return Reader(value, "", {}).extension("cisnet-evidence")


def _tie(value: Plain, made: Mapping[str, Thing], lost: dict[str, tuple[str, ...]]) -> Tie | None:
    if value["type"] != "relationship":
        return None
    source, target = value["source_ref"], value["target_ref"]
    own = _evidence(value)
    said_kind = str(own.get("link_type", ""))
    kind = said_kind if said_kind in entities.LINKS else LINKS.get(str(value["relationship_type"]))
    if kind is None or source == target or not {source, target} <= made.keys():
        return None
    said = (
        [
            (note if isinstance(note := one.get("note_ref"), str) else "", _period(one))
            for one in own.get("evidence", [])
            if isinstance(one, dict)
        ]
        if isinstance(own.get("evidence"), list)
        else []
    )
    if not said:
        begin, end = (moment(value.get(name)) for name in ("start_time", "stop_time"))
        said = [("", (_day(begin and begin.date().isoformat()), _day(end and end.date().isoformat())))]
    lost[value["id"]] = tuple(sorted(value.keys() - COMMON - {"start_time", "stop_time"}))
    return Tie(value["id"], str(kind), source, target, tuple(dict.fromkeys(said)))


def _sighting(
    value: Plain, made: Mapping[str, Thing], by_id: Mapping[str, Plain], lost: dict[str, tuple[str, ...]]
) -> Seen | None:
    of = _sighted(value, made)
    if not of:
        return None
    begin, end = (moment(value.get(one) or value.get(other)) for one, other in (
        ("first_seen", "first_observed"), ("last_seen", "last_observed")))  # fmt: skip
    own, begin = _evidence(value), begin or end
    place, position = _where(value, by_id)
    place, position = place or str(own.get("place", ""))[:200], position or str(own.get("position", ""))[:80]
    if begin is None and not (place or position):
        return None
    counted = "count" if value["type"] == "sighting" else "number_observed"
    count = value.get(counted, 1)
    used = {"first_seen", "last_seen", "first_observed", "last_observed", "where_sighted_refs"}
    used |= {counted} if count <= MOST_COUNTED else set()
    lost[value["id"]] = tuple(sorted(value.keys() - COMMON - used))
    note = own.get("note_ref")
    return Seen(
        id=value["id"],
        thing=of,
        at=begin if begin and begin.year >= 1900 else None,
        precision=_precision(begin, end, own),
        place=place,
        position=position,
        count=min(max(count, 1), MOST_COUNTED),
        note=note if isinstance(note, str) else "",
    )


def _sighted(value: Plain, made: Mapping[str, Thing]) -> str:
    """The thing that was seen; "" for none that is proposed."""
    if value["type"] == "sighting":
        return value["sighting_of_ref"] if value["sighting_of_ref"] in made else ""
    refs = texts(value.get("object_refs")) if value["type"] == "observed-data" else []
    return next((ref for ref in refs if ref in made), "")


def _where(value: Plain, by_id: Mapping[str, Plain]) -> tuple[str, str]:
    """(name, position) of the first place of a sighting."""
    for ref in texts(value.get("where_sighted_refs")):
        if ref in by_id:
            name = by_id[ref].get("name")
            return (" ".join(name.split())[:200] if isinstance(name, str) else ""), position_of(by_id[ref])
    return "", ""


HOUR = datetime.timedelta(hours=1)
SPANS = (("exact", 0 * HOUR), ("hour", HOUR), ("day", 24 * HOUR), ("month", 31 * 24 * HOUR))


def _precision(begin: datetime.datetime | None, end: datetime.datetime | None, own: Plain) -> str:
    if begin is None or begin.year < 1900:
        return "unknown"
    said = own.get("precision")
    if isinstance(said, str) and said in {"exact", "hour", "day", "month", "year"}:
        return said
    width = (end or begin) - begin
    return next((name for name, most in SPANS if width <= most), "year")
