"""The description of the API in files, one for each app: docs/reference/api/X.yaml; together they are the whole.

An app's file has its addresses, and the components that belong to it. `common.yaml` has the head, how programs sign in
and what the portal says everywhere. One more app adds a file and changes none, unless it stands below an app with
whose components it works.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from drf_spectacular.renderers import OpenApiYamlRenderer

from apps.access.api import OfferSerializer
from apps.access.manifest import registry
from apps.access.schema import FaultSerializer, ProblemSerializer

API = "/api/v1/"
COMMON = "common"
FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference" / "api"
SAID = """\
# Part of the description of the API (OpenAPI 3.1): the files of this folder together are the whole, which a portal
# serves under /api/schema/. Written by `manage.py write_schema`.
"""
BLANK = frozenset({"BlankEnum", "NullEnum"})
"""Components of drf-spectacular's own."""


class WrongFiles(ValueError):
    """Two files describe the same thing: the message says what."""


def owner_of(path: str) -> tuple[str, str]:
    """(app, collection) of an address, by the manifests; (COMMON, "") of one that is no collection's."""
    owners = {API + one.address + "/": (app.name, one.address) for app, one in registry.of("collections")}
    fitting = [start for start in owners if path.startswith(start)]
    return owners[max(fitting, key=len)] if fitting else (COMMON, "")


def split(described: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """{app or COMMON: its part of a description}, as OpenAPI has it."""
    head = {name: said for name, said in described.items() if name not in {"paths", "components"}}
    parts = described.get("components", {})
    found: dict[str, dict[str, Any]] = {
        COMMON: head | {"components": {name: said for name, said in parts.items() if name != "schemas"}}
    }
    for path, said in described["paths"].items():
        found.setdefault(owner_of(path)[0], {}).setdefault("paths", {})[path] = said
    for name, home in homes(described).items():
        mine = found.setdefault(home, {}).setdefault("components", {}).setdefault("schemas", {})
        mine[name] = parts["schemas"][name]
    return found


def homes(described: Mapping[str, Any]) -> dict[str, str]:
    """{component: its app}: the one that names it in its manifest, else the lowest whose addresses work with it."""
    schemas = described.get("components", {}).get("schemas", {})
    order = {app.name: place for place, app in enumerate(registry.apps.values())}
    users: dict[str, set[str]] = {name: set() for name in schemas}
    for path, said in described["paths"].items():
        for name in components_of(said, described):
            users[name].add(owner_of(path)[0])
    named = {name: app.name for app in registry.apps.values() for name in app.enums}
    named |= dict.fromkeys(_said_everywhere(), COMMON)
    return {
        name: named.get(name) or min(users[name], key=lambda app: order.get(app, -1), default=COMMON)
        for name in schemas
    }


def _said_everywhere() -> set[str]:
    """Components of what every API stands on: faults, offers of actions, levels."""
    everywhere = (ProblemSerializer, FaultSerializer, OfferSerializer)
    return {one.__name__.removesuffix("Serializer") for one in everywhere} | {*registry.apps["access"].enums} | BLANK


def components_of(said: Any, described: Mapping[str, Any]) -> set[str]:
    """Components that a part of a description works with, through others, too."""
    schemas = described.get("components", {}).get("schemas", {})
    reached: set[str] = set()
    waiting = [*_references(said)]
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += _references(schemas[name])
    return reached


def _references(said: Any) -> Iterator[str]:
    inner: Iterable[Any] = said.values() if isinstance(said, dict) else said if isinstance(said, list) else ()
    if isinstance(said, dict) and isinstance(said.get("$ref"), str):
        yield said["$ref"].rpartition("/")[2]
    for each in inner:
        yield from _references(each)


def files_of(described: Mapping[str, Any]) -> dict[str, str]:
    """{name of the file: its text} of a description."""
    draw = OpenApiYamlRenderer()
    return {f"{name}.yaml": SAID + draw.render(part).decode() for name, part in sorted(split(described).items())}


def read_whole(folder: Path = FOLDER) -> dict[str, Any]:
    """The whole description as its files have it; WrongFiles where two describe one thing."""
    whole: dict[str, Any] = {}
    for path in sorted(folder.glob("*.yaml")):
        _join(whole, parse(path), path.name)
    return whole


def _join(whole: dict[str, Any], part: Mapping[str, Any], place: str) -> None:
    for name, said in part.items():
        if name in {"paths", "components", "schemas"}:
            _join(whole.setdefault(name, {}), said, place)
        elif name in whole:
            raise WrongFiles(f"{place}: {name} is described elsewhere, too")
        else:
            whole[name] = said


def parse(path: Path) -> Any:
    """A file of YAML; by libyaml where it is there, which is ten times as fast."""
    with path.open(encoding="utf-8") as file:
        return yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe
