"""Each code of a refusal is reached by a test: by a truth table, by its verb's other states, or named by a test."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.policies import tables

PROJECT = Path(__file__).resolve().parent.parent
OPEN: frozenset[str] = frozenset()
"""Codes that no test reaches yet. It may only shrink: one that a test names has to leave."""


def _trees(pattern: str) -> Iterator[ast.Module]:
    for path in PROJECT.glob(pattern):
        if path != Path(__file__).resolve():
            yield ast.parse(path.read_text(encoding="utf-8"))


@cache
def declared() -> dict[str, str]:
    """{name in its app: code} of every refusal."""
    found: dict[str, str] = {}
    for path in PROJECT.glob("apps/*/refusals.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Assign) and isinstance(node.value, ast.Tuple):
                code = ast.literal_eval(node.value.elts[0])
                found[f"{path.parent.name}.{ast.unparse(node.targets[0])}"] = code
    return found


def _is_member(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id.endswith("Refusals")


def by_state() -> set[str]:
    """Names of codes that verbs give in other states: tests/access/test_other_states.py asks each verb for them."""
    return {
        node.value.attr
        for tree in _trees("apps/*/actions/**/*.py")
        for node in ast.walk(tree)
        if isinstance(node, ast.keyword) and node.arg == "otherwise" and isinstance(node.value, ast.Attribute)
    }


def named() -> tuple[set[str], set[str]]:
    """(codes, names) that tests name: the code as a text, or at the head of what a refusal says; `Refusals.NAME`."""
    texts, names = set(), set()
    for tree in _trees("tests/**/*.py"):
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value.removeprefix("^").partition(":")[0])
            elif isinstance(node, ast.Attribute) and _is_member(node):
                names.add(node.attr)
    return texts, names


def test_each_code_of_a_refusal_is_reached_by_a_test() -> None:
    texts, names = named()
    names |= by_state()
    texts |= {row.answer for table in tables().values() for row in table.rows}
    unreached = {code for name, code in declared().items() if code not in texts and name.partition(".")[2] not in names}
    assert sorted(unreached - OPEN) == [], "write a test that is refused with it"
    assert sorted(OPEN - unreached) == [], "reached by now, or nobody's code"
    assert len(declared()) > 300
