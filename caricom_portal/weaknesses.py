"""Known weaknesses of the locked packages, from records that somebody has downloaded: nobody is asked.

Source: Open Source Vulnerability format (https://ossf.github.io/osv-schema/), part "Evaluation".
"""

import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

ECOSYSTEM = "PyPI"
BEFORE_ALL = Version("0.dev0")
ORDER = {"fixed": 0, "limit": 1, "introduced": 2, "last_affected": 3}
"""Events at one version: what is mended and introduced again by it is there; what is there last is there still."""

Record = Mapping[str, Any]


class UnreadableError(Exception):
    """The records cannot be taken; the text says what is wrong with which file."""


@dataclass(frozen=True, slots=True)
class Weakness:
    """A record that is about a locked version; `fixed`: the next version without it, "" if none is named."""

    package: str
    version: str
    names: tuple[str, ...]
    fixed: str


def records(source: Path) -> Iterator[Record]:
    """The records of a zip file or folder of JSON files; UnreadableError for one that is none or holds none of PyPI."""
    seen = 0
    for name, text in _texts(source):
        record = _record(name, text)
        seen += any(_is_of_python(affected) for affected in record.get("affected") or [])
        yield record
    if not seen:
        raise UnreadableError(f"{source} holds no record of the ecosystem {ECOSYSTEM}.")


def _texts(source: Path) -> Iterator[tuple[str, bytes]]:
    try:
        if source.is_dir():
            for path in sorted(source.rglob("*.json")):
                yield path.name, path.read_bytes()
            return
        with zipfile.ZipFile(source) as packed:
            for name in packed.namelist():
                if name.endswith(".json"):
                    yield name, packed.read(name)
    except (OSError, zipfile.BadZipFile) as fault:
        raise UnreadableError(f"{source} cannot be read as a zip file or a folder: {fault}.") from fault


def _record(name: str, text: bytes) -> Record:
    try:
        record = json.loads(text)
    except ValueError as fault:
        raise UnreadableError(f"{name} is not JSON: {fault}.") from fault
    if not isinstance(record, dict) or not isinstance(record.get("id"), str):
        raise UnreadableError(f"{name} is not a record of a weakness: it has no id.")
    return record


def known(locked: Mapping[str, str], found: Iterable[Record]) -> Iterator[Weakness]:
    """The weaknesses of locked packages {name: version}; records that were withdrawn are left out."""
    versions = {canonicalize_name(name): (name, Version(version)) for name, version in locked.items()}
    for record in found:
        if record.get("withdrawn"):
            continue
        for affected in record.get("affected") or []:
            name, version = versions.get(canonicalize_name(affected.get("package", {}).get("name", "")), ("", None))
            if version is not None and _is_of_python(affected) and is_affected(version, affected):
                names = (record["id"], *(one for one in record.get("aliases") or [] if one.startswith("CVE-")))
                yield Weakness(name, str(version), names, _next_fixed(version, affected))
                break


def is_affected(version: Version, affected: Mapping[str, Any]) -> bool:
    """Whether a version is among those that a record lists, or within one of its ranges."""
    listed = (_read(one) for one in affected.get("versions") or [])
    return version in listed or any(_is_within(version, one) for one in _ranges(affected))


def _is_of_python(affected: Mapping[str, Any]) -> bool:
    return bool(affected.get("package", {}).get("ecosystem", "").partition(":")[0] == ECOSYSTEM)


def _ranges(affected: Mapping[str, Any]) -> list[list[tuple[Version, str]]]:
    """The events of each range by version; ranges of commits say nothing of versions."""
    return [
        sorted(_events(one.get("events", [])), key=lambda event: (event[0], ORDER[event[1]]))
        for one in affected.get("ranges") or []
        if one.get("type") != "GIT"
    ]


def _events(events: Iterable[Mapping[str, str]]) -> Iterator[tuple[Version, str]]:
    """(version, kind). What cannot be read ends no weakness, and begins it with the first version: rather too much."""
    for event in events:
        for kind, said in event.items():
            at = BEFORE_ALL if said == "0" else _read(said)
            if kind == "introduced":
                yield at or BEFORE_ALL, kind
            elif kind in ORDER and at is not None:
                yield at, kind


def _is_within(version: Version, events: Iterable[tuple[Version, str]]) -> bool:
    within = False
    for at, kind in events:
        if kind == "introduced":
            within = within or version >= at
        elif version > at or (version == at and kind != "last_affected"):
            within = False
    return within


def _next_fixed(version: Version, affected: Mapping[str, Any]) -> str:
    later = [at for events in _ranges(affected) for at, kind in events if kind == "fixed" and at > version]
    return str(min(later)) if later else ""


def _read(said: str) -> Version | None:
    try:
        return Version(said)
    except InvalidVersion:
        return None
