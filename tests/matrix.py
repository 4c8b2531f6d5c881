"""The addresses of the portal, the seats that ask, and the records they ask for.

What belongs to an app stands in tests/X/matrix.py and is found by its folder; each of its names may be left out:

- `records(cast, world)`: {word: record}, made as users make them. `world` has the records of tests/world.py and of the
  apps below.
- `last_records(cast, world)`: those that would change how others are made (whom the portal calls, who has which seat).
- `RECORDS`: {beginning of an address's name: word of the record that it is about}; the longest that fits counts.
- `VERBS`: {name of an address: what is done there}, where a part of the address is the verb.
- `VALUES`: {(beginning of the name, part of the address): plain value}, where it names no record.
"""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter

from apps.journeys.models import Journey, Traveller
from apps.jrcc.models import Hit
from caricom_portal.layers import packages
from tests import world as making

TESTS = Path(__file__).resolve().parent
SEATS = {
    "watch": "jrcc.watch.officer",
    "acting": "brb.border.officer",
    "other": "guy.border.officer",
    "owner": "jam.intelligence.officer",
    "foreign": "tto.intelligence.head",
    "admin": "jam.administration.administrator",
    "ministry": "jam.ministry.decider",
    "oversight": "jrcc.oversight.officer",
    "carrier": "7t.carrier.agent",
    "rival": "8z.carrier.agent",
    "secretariat": "impacs.secretariat.manager",
    "associate": "cym.ministry.decider",
    "reader": "jam.ministry.reader",
    "platform": "portal.platform.head",
    "regional": "impacs.oversight.officer",
    "nobody": "",
}
# the sign-in package's own pages are tested there; here it counts that they are the only ones open to nobody
SIGN_IN = "account_", "mfa_", "usersessions_"


def addresses() -> Iterator[tuple[str, str]]:
    """(url name, method) of every address but those of the sign-in package."""
    for name, pattern in patterns(get_resolver()):
        if not name.startswith(SIGN_IN):
            for method in methods(name, pattern):
                yield name, method


def patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
        elif pattern.name:
            yield prefix + pattern.name, pattern


def methods(name: str, pattern: URLPattern) -> list[str]:
    """What an address does: the API says so itself, pages by trying."""
    routed = getattr(pattern.callback, "actions", None)
    if routed is not None:
        return sorted(method.upper() for method in routed if method != "head")
    return ["GET", "POST"]


def a_world(cast: Any) -> dict[str, Any]:
    """One record of each kind, by the words used in the addresses; WrongTable if two apps make one of the same word."""
    made = making.a_world(cast)
    hit = Hit.objects.get(pk=made.hit.pk)
    world = {
        "hit": hit,
        "entry": made.entry,
        "list": made.watchlist,
        "submission": made.submission,
        "journey": Journey.objects.get(pk=hit.journey_id),
        "traveller": Traveller.objects.get(pk=hit.traveller_id),
    }
    for step in ("records", "last_records"):
        for part in parts():
            if make := getattr(part, step, None):
                join(world, make(cast, dict(world)), part)
    return world


class WrongTable(ValueError):
    """Two apps say something of the same thing, or one names a record that nobody makes: the message says where."""


def join(whole: dict[Any, Any], more: Mapping[Any, Any], part: ModuleType) -> None:
    """Add what an app says to what the others have said."""
    if twice := whole.keys() & more.keys():
        raise WrongTable(f"{part.__name__}: {sorted(twice)} stand elsewhere, too")
    whole.update(more)


@cache
def parts() -> tuple[ModuleType, ...]:
    """tests/X/matrix.py of every app that has one, in the order of their layers."""
    order = {name.removeprefix("apps."): place for place, name in enumerate(packages())}
    folders = sorted((path.parent.name for path in TESTS.glob("*/matrix.py")), key=lambda name: order[name])
    return tuple(import_module(f"tests.{name}.matrix") for name in folders)


@dataclass(frozen=True)
class Tables:
    """What all apps say of their addresses."""

    records: dict[str, str] = field(default_factory=dict)
    verbs: dict[str, str] = field(default_factory=dict)
    values: dict[tuple[str, str], Any] = field(default_factory=dict)


@cache
def tables() -> Tables:
    """Those of the apps, and of the addresses that are nobody's."""
    whole = Tables(values={("docs_page", "page"): "how-to/operators"})
    for part in parts():
        join(whole.records, getattr(part, "RECORDS", {}), part)
        join(whole.verbs, getattr(part, "VERBS", {}), part)
        join(whole.values, getattr(part, "VALUES", {}), part)
    return whole


def address(name: str, pattern: URLPattern, world: dict[str, Any]) -> str:
    """The address of a record of the world; the parts of an address that name no record get a plain value."""
    return reverse(name, kwargs={part: _argument(name, part, of, world) for part, of in parts_of(pattern).items()})


def parts_of(pattern: URLPattern) -> dict[str, Any]:
    """The parts of an address that differ by record, with the converter of each."""
    return pattern.pattern.converters or getattr(pattern.pattern.regex, "groupindex", {})


def _argument(name: str, part: str, converter: Any, world: dict[str, Any]) -> Any:
    """By the tables of the apps: a verb, a plain value, or the key of a record, its public one where it has one."""
    if part == "verb":
        return tables().verbs[name]
    if start := beginning(name, [start for start, of in tables().values if of == part]):
        return tables().values[start, part]
    record = world.get(tables().records.get(beginning(name, tables().records), ""))
    if record is None:  # nothing is there
        return 0 if isinstance(converter, IntConverter) else uuid.UUID(int=0)
    return record.number if part == "number" else getattr(record, "uid", record.pk)


def beginning(name: str, known: Iterable[str]) -> str:
    """The longest of these that the name begins with; "" for none."""
    return max((start for start in known if name.startswith(start)), key=len, default="")
