"""Airports and seaports: IATA codes for the air, UN/LOCODEs for the sea, and their time zones."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import airportsdata

from .grade import DATA
from .normalise_states import fold, is_state_prefix


@dataclass(frozen=True, slots=True)
class Place:
    """A place as stored: code, whether it is known, how it was read (`code`, `icao`, `locode`, `name`), zone."""

    code: str
    known: bool
    how: str = "code"
    zone: str | None = None


@cache
def airports() -> dict[str, Any]:
    """Airports of the world by IATA code, with country and zone; loading them takes a second of processor."""
    return airportsdata.load("IATA")


@cache
def _icao() -> dict[str, Any]:
    return airportsdata.load("ICAO")


@cache
def _cities() -> dict[str, Any]:
    return airportsdata.load_iata_macs()


@cache
def seaports() -> dict[str, dict[str, str]]:
    """Seaports of the participating States by UN/LOCODE."""
    with (DATA / "ports.csv").open(encoding="utf-8", newline="") as source:
        return {row["locode"]: row for row in csv.DictReader(source)}


@cache
def _port_names() -> dict[str, str]:
    """Port names, exact spelling winning over the folded one (Saint George's is not St Georges)."""
    names: dict[str, str] = {}
    for code, row in seaports().items():
        for name in (row["name"], row["name"].partition(" (")[0]):
            names.setdefault(_spelling(name), code)
    for code, row in seaports().items():
        names.setdefault(fold(row["name"]), code)
    return names


def _spelling(name: str) -> str:
    return " ".join("SAINT" if word in ("ST", "ST.") else word for word in name.upper().replace("-", " ").split())


@cache
def _covered_prefixes() -> frozenset[str]:
    return frozenset(code[:2] for code in seaports())


@lru_cache(maxsize=4096)
def read_place(code: str, mode: str) -> Place:
    """The place that a code means in an air or sea list; unknown ones are kept as sent.

    Seaports are only complete for the participating States; elsewhere a UN/LOCODE with a valid State prefix is
    taken as known.
    """
    if len(code) == 3:
        return _airport(code)
    if len(code) == 4:
        found = _icao().get(code)
        if not found:
            return Place(code, known=False)
        return Place(found["iata"] or code, known=True, how="icao", zone=found["tz"] or None)
    if len(code) == 5:
        return _locode(code, mode)
    return Place(code, known=False)


def _airport(code: str) -> Place:
    found = airports().get(code)
    if found:
        return Place(code, known=True, zone=found["tz"] or None)
    city = _cities().get(code)
    if not city:
        return Place(code, known=False)
    zones = {airports()[airport]["tz"] for airport in city["airports"] if airport in airports()}
    return Place(code, known=True, zone=zones.pop() if len(zones) == 1 else None)


def _locode(code: str, mode: str) -> Place:
    state, local = code[:2], code[2:]
    port = seaports().get(code)
    airport = airports().get(local)
    here = airport is not None and airport["country"] == state
    if mode == "air":
        if airport and here:
            return Place(local, known=True, how="locode", zone=airport["tz"] or None)
        if local in _cities() and _cities()[local]["country"] == state:
            return Place(local, known=True, how="locode", zone=_airport(local).zone)
    if port:
        return Place(code, known=True, zone=port["timezone"] or None)
    if airport and here:
        return Place(code, known=True, zone=airport["tz"] or None)
    elsewhere = is_state_prefix(state) and local.isalnum() and state not in _covered_prefixes()
    return Place(code, known=elsewhere)


def port_by_name(name: str) -> Place | None:
    """The seaport of the participating States with this name, None when there is none."""
    code = _port_names().get(_spelling(name)) or _port_names().get(fold(name))
    return Place(code, known=True, how="name", zone=seaports()[code]["timezone"] or None) if code else None


def instants(local: str, zone: str | None) -> list[datetime] | None:
    """The one or two moments in UTC that a local time `YYYY-MM-DDTHH:MM` may mean; None without time or zone."""
    if not zone or len(local) != 16:
        return None
    naive = datetime.fromisoformat(local)
    try:
        place = ZoneInfo(zone)
    except (KeyError, OSError, ValueError):
        return None
    utc = ZoneInfo("UTC")
    try:
        return [naive.replace(tzinfo=place, fold=fold_).astimezone(utc) for fold_ in (0, 1)]
    except OverflowError:
        return None
