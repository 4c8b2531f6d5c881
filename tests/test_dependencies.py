"""docs/reference/dependencies.md tells what the portal stands on; none of it binds those who pass the portal on."""

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent
PAGE = PROJECT / "docs" / "reference" / "dependencies.md"
LOCKED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==[^ ;]+(?P<elsewhere> ; )?", re.M)
# LGPL is fine for a library that is imported unchanged: the G of its name stands at no word's beginning
STRONG_COPYLEFT = re.compile(r"\bA?GPL|GNU (Affero )?General Public")


def plain(name: str) -> str:
    """A distribution's name as all tools compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def declared() -> set[str]:
    """Names of the direct dependencies in pyproject.toml."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]
    return {plain(re.split(r"[\[<>=!~; ]", line, maxsplit=1)[0]) for line in project["dependencies"]}


def told() -> set[str]:
    """Names in the first column of the page's tables."""
    return {plain(name) for name in re.findall(r"^\| `([^`]+)` \|", PAGE.read_text(), re.M)}


def runtime() -> Iterator[str]:
    """Locked packages of the running portal that are installed here; one for another platform may be absent."""
    for found in LOCKED.finditer((PROJECT / "requirements" / "base.txt").read_text()):
        try:
            metadata(found[1])
        except PackageNotFoundError:
            assert found["elsewhere"], f"{found[1]} is locked and not installed"
            continue
        yield found[1]


def licence_of(name: str) -> str:
    """What a package says of its licence: the SPDX expression, else classifiers, else the field's first line."""
    said = metadata(name)
    classifiers = [line for line in said.get_all("Classifier") or [] if line.startswith("License ::")]
    return said.get("License-Expression") or " OR ".join(classifiers) or (said.get("License") or "").split("\n")[0]


def binds(licence: str) -> bool:
    """Whether every alternative of a licence is GPL or AGPL."""
    return all(STRONG_COPYLEFT.search(one) for one in licence.split(" OR "))


def test_every_direct_dependency_has_its_line_and_no_line_is_left_over():
    assert told() == declared()


def test_no_package_of_the_running_portal_is_under_the_gpl_or_agpl():
    names = list(runtime())
    assert len(names) > len(declared())
    licences = {name: licence_of(name) for name in names}
    assert {name for name, licence in licences.items() if not licence} == set()
    assert {name: licence for name, licence in licences.items() if binds(licence)} == {}


@pytest.mark.parametrize(
    ("licence", "answer"),
    [
        ("GPL-3.0-or-later", True),
        ("AGPL-3.0-only", True),
        ("License :: OSI Approved :: GNU General Public License v2 (GPLv2)", True),
        ("GNU Affero General Public License v3", True),
        ("LGPL-3.0-only", False),
        ("License :: OSI Approved :: GNU Lesser General Public License v3 (LGPLv3)", False),
        ("MIT OR GPL-2.0-only", False),
        ("BSD-3-Clause", False),
    ],
)
def test_which_licences_bind(licence, answer):
    assert binds(licence) is answer
