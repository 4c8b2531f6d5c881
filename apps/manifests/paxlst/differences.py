"""What changed between two versions of a list: travellers added and removed, fields that differ."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_FIELDS = ("surname", "given_names", "sex", "birth_date", "nationality", "status", "from", "to", "seat", "pnr")
_OF_FLIGHT = ("carrier", "number", "date")
_OF_LEG = ("from", "to", "departs", "arrives")


@dataclass(frozen=True, slots=True)
class Change:
    """A traveller of a list (`kind`: added, removed or changed), or the journey; `fields`: (name, before, after)."""

    kind: str
    list: int
    name: str
    fields: tuple[tuple[str, str, str], ...] = ()


def differences(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> list[Change]:
    """Changes from one version to the next, list by list: journey, changed, added, removed travellers.

    A traveller is told by their reference, booking with name, a document, name with birth date; then by their place.
    """
    found: list[Change] = []
    for no in range(1, max(len(before), len(after)) + 1):
        old: Mapping[str, Any] = before[no - 1] if no <= len(before) else {}
        new: Mapping[str, Any] = after[no - 1] if no <= len(after) else {}
        journey = tuple(_pairs(_journey(old), _journey(new))) if old and new else ()
        if journey:
            found.append(Change("journey", no, "", journey))
        found += _people(no, old.get("travellers") or [], new.get("travellers") or [])
    return found


def _people(no: int, old: Sequence[Mapping[str, Any]], new: Sequence[Mapping[str, Any]]) -> list[Change]:
    by_clue: dict[tuple[str, ...], list[int]] = {}
    for place, person in enumerate(old):
        for clue in clues(person):
            by_clue.setdefault(clue, []).append(place)
    free = set(range(len(old)))
    twin: dict[int, int] = {}
    for here, person in enumerate(new):
        known = (place for clue in clues(person) for place in by_clue.get(clue, ()) if place in free)
        found = next(known, None)
        if found is not None:
            twin[here] = found
            free.discard(found)
    if len(old) == len(new):
        for here in range(len(new)):
            if here not in twin and here in free:
                twin[here] = here
                free.discard(here)
    changed = [
        Change("changed", no, _name(new[here]), pairs)
        for here, place in sorted(twin.items())
        if (pairs := tuple(_pairs(_person(old[place]), _person(new[here]))))
    ]
    added = [Change("added", no, _name(person)) for here, person in enumerate(new) if here not in twin]
    return [*changed, *added, *(Change("removed", no, _name(old[place])) for place in sorted(free))]


def clues(person: Mapping[str, Any]) -> Iterator[tuple[str, ...]]:
    """What tells the same traveller in two lists, strongest first: the carrier's own reference, booking locator with
    name, a document, name with birth date.
    """
    name = (person.get("surname") or "", person.get("given_names") or "")
    if person.get("carrier_reference"):
        yield "reference", person["carrier_reference"]
    if person.get("pnr"):
        yield "booking", person["pnr"], *name
    for document in person.get("documents") or []:
        if document.get("number"):
            yield "document", document["number"]
    if any(name) and person.get("birth_date"):
        yield "birth", *name, person["birth_date"]


def _pairs(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    for key in {**old, **new}:
        if old.get(key, "") != new.get(key, ""):
            yield key, old.get(key, ""), new.get(key, "")


def _person(person: Mapping[str, Any]) -> dict[str, str]:
    values = {name: str(person.get(name) or "") for name in _FIELDS}
    for document in person.get("documents") or []:
        for name in ("type", "number", "issuer", "expires"):
            values[f"document.{name}"] = " ".join(
                filter(None, [values.get(f"document.{name}", ""), str(document.get(name) or "")])
            )
    return values


def _journey(obj: Mapping[str, Any]) -> dict[str, str]:
    flight = obj.get("flight") or {}
    values = {f"flight.{name}": str(flight.get(name) or "") for name in _OF_FLIGHT}
    for n, leg in enumerate(flight.get("legs") or [], start=1):
        values |= {f"leg.{name}.{n}": str(leg.get(name) or "") for name in _OF_LEG}
    total = (obj.get("message") or {}).get("stated_total")
    return {**values, "message.stated_total": "" if total is None else str(total)}


def _name(person: Mapping[str, Any]) -> str:
    return ", ".join(filter(None, [person.get("surname"), person.get("given_names")])) or "?"
