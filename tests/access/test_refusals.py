"""Every refusal that the code can give is declared, with its sentence, where all who give it may import it."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import get_resolver
from django.utils.translation import override

from apps.access.refusal import STATUS, Refused, sentence_of
from apps.access.refusals import Refusals
from apps.access.verdict import KNOWN, Deny, Refusal

APPS = Path(__file__).resolve().parents[2] / "apps"


@pytest.fixture(scope="module", autouse=True)
def _declared() -> None:
    """All apps have said what they refuse once the addresses are known."""
    assert get_resolver().url_patterns


def _trees() -> Iterator[tuple[str, ast.AST]]:
    for path in APPS.rglob("*.py"):
        yield str(path.relative_to(APPS)), ast.parse(path.read_text(encoding="utf-8"))


def _given(node: ast.AST) -> Iterator[Any]:
    """The codes that an expression refuses with, and those of a declaration's other states."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        if node.func.id == "Deny":
            yield from node.args
        elif node.func.id == "Refused":
            yield from node.args[1:]
    elif isinstance(node, ast.keyword) and node.arg == "otherwise":
        yield node.value


def test_no_code_of_a_refusal_is_written_as_a_mere_string() -> None:
    written = [
        (place, node.lineno, text.value)
        for place, tree in _trees()
        for node in ast.walk(tree)
        for given in _given(node)
        for text in ast.walk(given)
        if isinstance(text, ast.Constant) and text.value in KNOWN
    ]
    assert written == []


def test_a_refusal_alone_is_a_reason_of_the_doors() -> None:
    """`Refused("…")` with one word is one of access' own; a code of a policy is a member."""
    alone = {
        node.args[0].value: place
        for place, tree in _trees()
        if any(isinstance(node, ast.ImportFrom) and node.module == "apps.access.refusal" for node in ast.walk(tree))
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refused"
        if node.args and isinstance(node.args[0], ast.Constant)
    }
    assert {code: place for code, place in alone.items() if code not in STATUS} == {}


def test_no_sentence_stands_there_for_a_refusal_that_nobody_gives() -> None:
    named = {node.attr for _place, tree in _trees() for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert [code for code, member in KNOWN.items() if member.name not in named and code not in STATUS] == []
    assert len(KNOWN) > 290


def test_each_app_declares_its_refusals_in_one_place() -> None:
    homes = {type(member).__module__ for member in KNOWN.values()}
    assert {home for home in homes if home != f"apps.{home.split('.')[1]}.refusals"} == set()
    assert all(member.sentence.endswith((".", "?")) and member == code for code, member in KNOWN.items())


def test_a_code_is_declared_once() -> None:
    with pytest.raises(ValueError, match=r"stale is declared by apps\.access\.refusals"):
        type("Others", (Refusal,), _members("STALE", ("stale", "Something else.")))


def _members(name: str, value: Any) -> Any:
    body = type(Refusal).__prepare__("Others", (Refusal,))
    body[name] = value
    return body


@pytest.mark.parametrize(
    ("refused", "reason", "status"),
    [
        (Refused("not-visible"), "not-visible", 404),
        (Refused(Refusals.NOT_VISIBLE), "not-visible", 404),
        (Refused(Refusals.NEEDS_OFFICER), "may-not", 403),
        (Refused("wrong-state", Refusals.NOT_THE_CLOCK), "wrong-state", 409),
    ],
)
def test_a_refusal_says_its_reason_and_its_code(refused: Refused, reason: str, status: int) -> None:
    assert (refused.reason, refused.status) == (reason, status)
    assert type(refused.code) is str


def test_a_refusal_is_its_code_and_is_read_in_the_readers_language() -> None:
    assert Deny(Refusals.NEEDS_OFFICER) == Deny("needs-officer")
    refused = Refused(Refusals.NEEDS_OFFICER)
    assert refused.message == "Viewers cannot do this. Ask an officer at your desk."
    with override("fr"):
        assert refused.message == sentence_of("needs-officer") != Refusals.NEEDS_OFFICER.sentence
    assert sentence_of("nobody-says-so") == ""
