"""What the running portal is made of, as a software bill of materials: CycloneDX 1.5 (ECMA-424), in JSON.

Versions, hashes and who needs what are the lock file's; licences are what the installed packages say of themselves.
There is no date and no random number in it: the same lock gives the same file.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

LOCK = Path(__file__).resolve().parent.parent / "requirements" / "base.txt"
ROOT = "caricom-portal"
PINNED = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(?:\[[^]]*\])?==(?P<version>[^ ;\\]+)(?: ; (?P<marker>[^\\]+?))? *\\?$")
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
NEEDED_BY = re.compile(r"^ +# (?:via |  )(?P<name>[A-Za-z0-9._-]+)")


@dataclass(slots=True)
class Package:
    """One locked package. `marker`: on which machines it is installed, "" for all; `needed_by`: names."""

    name: str
    version: str
    marker: str
    hashes: list[str] = field(default_factory=list)
    needed_by: list[str] = field(default_factory=list)

    @property
    def ref(self) -> str:
        """Its package URL: which it is, and not from where."""
        return f"pkg:pypi/{_plain(self.name)}@{self.version}"


def locked(lock: str) -> Iterator[Package]:
    """The packages of a lock file, in its order."""
    package = None
    for line in lock.splitlines():
        if begun := PINNED.match(line):
            if package:
                yield package
            package = Package(begun["name"], begun["version"], (begun["marker"] or "").strip())
        elif package:
            package.hashes += HASH.findall(line)
            package.needed_by += [found["name"] for found in [NEEDED_BY.match(line)] if found]
    if package:
        yield package


def licence_of(name: str) -> dict[str, Any]:
    """What an installed package says of its licence: the SPDX expression, else classifiers, else the first line.

    Empty for one that is not installed on this machine.
    """
    try:
        said = metadata(name)
    except PackageNotFoundError:
        return {}
    if expression := said.get("License-Expression"):
        return {"expression": expression}
    lines = [line for line in said.get_all("Classifier") or [] if line.startswith("License ::")]
    classifiers = " OR ".join(line.rsplit(" :: ", 1)[-1] for line in lines)
    return {"license": {"name": classifiers or (said.get("License") or "").split("\n")[0]}}


def licence_in_words(name: str) -> str:
    """The same as a text; "" for a package that is not installed."""
    found = licence_of(name)
    return str(found.get("expression") or found.get("license", {}).get("name", ""))


def bill(version: str, lock: str) -> dict[str, Any]:
    """The bill of this version of the portal by its lock file."""
    packages = list(locked(lock))
    root = f"{ROOT}@{version}"
    needs: dict[str, list[str]] = {root: [], **{package.ref: [] for package in packages}}
    known = {ROOT: root, **{_plain(package.name): package.ref for package in packages}}
    for package in packages:
        for name in package.needed_by:
            needs[known[_plain(name)]].append(package.ref)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {"component": {"type": "application", "bom-ref": root, "name": ROOT, "version": version}},
        "components": [_component(package) for package in packages],
        "dependencies": [{"ref": ref, "dependsOn": sorted(others)} for ref, others in needs.items()],
    }


def _component(package: Package) -> dict[str, Any]:
    found: dict[str, Any] = {
        "type": "library",
        "bom-ref": package.ref,
        "name": package.name,
        "version": package.version,
        "purl": package.ref,
        "hashes": [{"alg": "SHA-256", "content": one} for one in package.hashes],
    }
    if licence := licence_of(package.name):
        found["licenses"] = [licence]
    if package.marker:
        found["properties"] = [{"name": "marker", "value": package.marker}]
    return found


def _plain(name: str) -> str:
    """A distribution's name as all tools compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()
