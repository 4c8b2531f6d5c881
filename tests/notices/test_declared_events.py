"""What people can choose to be told of is told by some code: no event is declared and then forgotten."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from apps.access.manifest import registry

PROJECT = Path(__file__).resolve().parents[2]


def _said(source: str) -> Iterator[str]:
    """Each text of a module, and what an f-string begins with, as "beginning*"; docstrings say nothing."""
    tree = ast.parse(source)
    idle = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and node.values and isinstance(node.values[0], ast.Constant):
            yield f"{node.values[0].value}*"
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in idle:
            yield node.value


def _said_in_apps() -> set[str]:
    """By all code that acts, and by the rungs of ladders, which are data."""
    modules = [
        path
        for folder in ("apps", "caricom_portal")
        for path in (PROJECT / folder).rglob("*.py")
        if path.name != "manifest.py" and "migrations" not in path.parts
    ]
    said = {text for path in modules for text in _said(path.read_text(encoding="utf-8"))}
    ladders = PROJECT.glob("apps/*/seed/*.toml")
    return said | {
        line.split('"')[1] for path in ladders for line in path.read_text().splitlines() if line[:7] == "event ="
    }


def test_every_event_that_a_manifest_declares_is_sent_by_some_code() -> None:
    said = _said_in_apps()
    codes = [event.code for _app, event in registry.of("events")]
    assert len(codes) > 80
    sent = {code for code in codes if code in said}
    composed = {code for code in codes if f"{code.partition('.')[0]}.*" in said and code.partition(".")[2] in said}
    assert sorted(set(codes) - sent - composed) == []


@pytest.mark.parametrize("code", ["own_account.password", "role.vacant", "action.due_soon"])
def test_the_search_knows_the_ways_in_which_an_event_is_named(code: str) -> None:
    assert code in {event.code for _app, event in registry.of("events")}
    app, name = code.split(".")
    assert code in _said_in_apps() or {f"{app}.*", name} <= _said_in_apps()
    assert code not in set(_said('def tell():\n    """role.vacant"""\n    # action.due_soon\n'))
