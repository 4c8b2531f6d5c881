"""Small faults put into a module on purpose, each alone: what the tests should notice.

`faults(tree)` puts in one after the other. The truth tables are asked about every fault of every policy whenever they
are run (tests/test_policies.py). `make mutants` tries a sample of those of doors, managers and rules, each in a copy of
the tree, on the tests that are nearest: those without Django first, then, as long as nothing has failed, the others.
"""

import ast
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests import lanes

OTHERWISE: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
}
RANKS = {"READS": 1, "WORKS": 2, "DECIDES": 3}
TWINS = {"user_id": "seat_id", "seat_id": "user_id", "any": "all", "all": "any", "min": "max", "max": "min"}
NOT_WORK = {"annotation", "returns", "decorator_list", "bases", "type_params", "ctx"}
"""Fields of a tree in which a fault would change nothing that runs."""
MADE_OF = {"frozenset", "set", "getattr", "dict", "list", "tuple"}
"""Calls whose place a bare True cannot take."""
ANOTHER = "another-code"


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: the function or constant it is in, its line, what was written, and what stands there now."""

    where: str
    line: int
    was: str
    now: str

    def __str__(self) -> str:
        return f"{self.where}: `{self.was}` became `{self.now}`"


def faults(tree: ast.Module) -> Iterator[Fault]:
    """Every small fault, put into the tree while it is given; afterwards the tree is as it was."""
    for holder, key, node, where in list(_places(tree, "")):
        was = ast.unparse(node)
        for now in _instead(holder, key, node):
            _put(holder, key, ast.fix_missing_locations(ast.copy_location(now, node)))
            try:
                yield Fault(where, node.lineno, was, ast.unparse(now))
            finally:
                _put(holder, key, node)


Key = tuple[str, int | None]


def _put(holder: Any, key: Key, node: ast.expr) -> None:
    field, index = key
    if index is None:
        setattr(holder, field, node)
    else:
        getattr(holder, field)[index] = node


def _places(holder: ast.AST, where: str) -> Iterator[tuple[ast.AST, Key, ast.expr, str]]:
    """(what holds it, where in that, the expression, the function or constant) for each expression that is work."""
    for field, found in ast.iter_fields(holder):
        if field in NOT_WORK:
            continue
        for index, child in enumerate(found) if isinstance(found, list) else [(None, found)]:
            if not isinstance(child, ast.AST) or _is_no_work(child):
                continue
            inside = _name(child, where)
            if isinstance(child, ast.expr):
                yield holder, (field, index), child, inside
            yield from _places(child, inside)


def _is_no_work(node: ast.AST) -> bool:
    """Imports, docstrings, texts with values in them, and lists of what a module exports."""
    if isinstance(node, ast.Import | ast.ImportFrom | ast.JoinedStr):
        return True
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return True
    return isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"


def _name(node: ast.AST, where: str) -> str:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return f"{where}.{node.name}" if where else node.name
    if isinstance(node, ast.Assign | ast.AnnAssign) and not where:
        return ast.unparse(node.targets[0] if isinstance(node, ast.Assign) else node.target)
    return where


def _instead(holder: ast.AST, key: Key, node: ast.expr) -> Iterator[ast.expr]:
    """What a careless hand could have written in an expression's place."""
    if key[0] in {"test", "ifs"}:
        yield from (ast.UnaryOp(ast.Not(), node), ast.Constant(True), ast.Constant(False))
    if isinstance(holder, ast.Return) and not _is_allow(node):
        yield ast.Constant(True)
    if isinstance(node, ast.Call | ast.Constant):
        yield from (_of_call if isinstance(node, ast.Call) else _of_constant)(holder, node)
    elif type(node) in BY_KIND:
        yield from BY_KIND[type(node)](node)


def _of_comparison(node: ast.Compare) -> Iterator[ast.expr]:
    """The other comparisons of the same two; a chain of them is left alone."""
    if len(node.ops) == 1:
        yield from (ast.Compare(node.left, [other()], node.comparators) for other in OTHERWISE[type(node.ops[0])])


def _of_not(node: ast.UnaryOp) -> Iterator[ast.expr]:
    if isinstance(node.op, ast.Not):
        yield node.operand


def _of_elements(node: ast.Set | ast.List) -> Iterator[ast.expr]:
    """Each element missing once, where others are left."""
    for dropped in node.elts if len(node.elts) > 1 else []:
        yield type(node)(elts=[each for each in node.elts if each is not dropped])


def _of_call(holder: ast.AST, node: ast.Call) -> Iterator[ast.expr]:
    """Yes, whatever was asked."""
    if ast.unparse(node.func) not in MADE_OF and not isinstance(holder, ast.Return):
        yield ast.Constant(True)


def _is_allow(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "ALLOW"


def _of_several(node: ast.BoolOp) -> Iterator[ast.expr]:
    """`and` for `or` and the other way round; and each condition dropped."""
    yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
    for dropped in node.values:
        rest = [each for each in node.values if each is not dropped]
        yield rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)


def _of_constant(holder: ast.AST, node: ast.Constant) -> Iterator[ast.expr]:
    """The next number, another text, no for yes; not what `getattr` gives where there is nothing."""
    if isinstance(holder, ast.Call) and (node.value is None or holder.args[2:] == [node]):
        return
    if isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node.value, int):
        yield from (ast.Constant(node.value + 1), ast.Constant(node.value - 1))
    elif isinstance(node.value, str):
        yield ast.Constant(f"{node.value}-x")
    elif node.value is None:
        yield ast.Constant(False)


def _of_name(node: ast.Name) -> Iterator[ast.expr]:
    """Another rank, the twin of a function, no for yes."""
    if node.id in RANKS:
        yield from (ast.Constant(RANKS[node.id] - 1), ast.Constant(RANKS[node.id] + 1))
    elif node.id in TWINS:
        yield ast.Name(TWINS[node.id], ast.Load())
    elif _is_allow(node):
        yield ast.Constant(False)


def _of_attribute(node: ast.Attribute) -> Iterator[ast.expr]:
    """Another code, another number of the same person."""
    if isinstance(node.value, ast.Name) and node.value.id.endswith("Refusals"):
        yield ast.Constant(ANOTHER)
    elif isinstance(node.value, ast.Name) and node.value.id in {"actor", "_actor"} and node.attr in TWINS:
        yield ast.Attribute(node.value, TWINS[node.attr], ast.Load())


BY_KIND: dict[type[ast.expr], Callable[[Any], Iterator[ast.expr]]] = {
    ast.Compare: _of_comparison,
    ast.BoolOp: _of_several,
    ast.UnaryOp: _of_not,
    ast.IfExp: lambda node: iter((node.body, node.orelse)),
    ast.BinOp: lambda node: iter((node.left, node.right)),
    ast.Set: _of_elements,
    ast.List: _of_elements,
    ast.Name: _of_name,
    ast.Attribute: _of_attribute,
}


MODULES = (
    *("apps/access/declared_actions.py", "apps/access/managers.py", "apps/access/grants.py", "apps/access/marking.py"),
    *("apps/*/managers.py", "apps/*/rules/*.py"),
)
"""What is sampled: who sees a record, how it is changed and shared, and the rules. Policies are never sampled: all."""
LANES = ("pure", "app")
LINKED = (".venv", ".compiled", ".tools", "var")
NEAR_S = 40.0
"""How long the nearest tests of each lane may take by their record."""
LONGEST_S = 400
"""A fault that makes a test run for ever is noticed, too."""


def sampled(patterns: tuple[str, ...], wanted: int, seed: int) -> list[tuple[Path, int]]:
    """(file, number of the fault in it) of that many faults, the same ones for the same seed and tree."""
    files = sorted({file for pattern in patterns for file in lanes.PROJECT.glob(pattern)})
    every = [(file, number) for file in files for number, _fault in enumerate(faults(_tree(file)))]
    return sorted(random.Random(seed).sample(every, min(wanted, len(every))))


def _tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def tried(copy: Path, file: Path, number: int) -> tuple[Fault, str]:
    """The fault, and the lane in which a test noticed it; "" where none did. The copy is as it was afterwards."""
    place, tree = copy / file.relative_to(lanes.PROJECT), _tree(file)
    for at, fault in enumerate(faults(tree)):
        if at == number:
            wrong = ast.unparse(tree) + "\n"
            return fault, next((lane for lane in LANES if _notices(copy, file, lane, place, wrong)), "")
    raise LookupError(number)


def _notices(copy: Path, file: Path, lane: str, place: Path, wrong: str) -> bool:
    place.write_text(wrong, encoding="utf-8")
    try:
        failed = _fails(copy, file, lane)
    finally:
        place.write_bytes(file.read_bytes())
    return failed and _is_sound(copy, file, lane)


@cache
def _is_sound(copy: Path, file: Path, lane: str) -> bool:
    """Whether the nearest tests pass without a fault: what fails anyhow notices nothing."""
    return not _fails(copy, file, lane)


def _fails(copy: Path, file: Path, lane: str) -> bool:
    near = {test: steps for test, steps in lanes.touched([file]).items() if lanes.lane_of(test) == lane}
    records, chosen, spent = lanes.read_records(), [], 0.0
    for test in sorted(near, key=lambda test: (near[test], test)):
        name = str(test.relative_to(lanes.PROJECT))
        spent += records.get(name, {}).get("seconds", lanes.UNKNOWN_S)
        if chosen and spent > NEAR_S:
            break
        chosen.append(name)
    arguments = lanes.PURE if lane == "pure" else ["-m", "not browser"]
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-n0", *arguments, *chosen]
    try:
        return bool(chosen) and bool(
            subprocess.run(command, cwd=copy, timeout=LONGEST_S, capture_output=True).returncode
        )
    except subprocess.TimeoutExpired:
        return True


def main(wanted: int = 60, seed: int = 1, *patterns: str) -> int:
    """Print each fault of a sample with the lane that noticed it, and the share."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        kept = subprocess.run(["git", "ls-files", "-z"], cwd=lanes.PROJECT, capture_output=True, text=True, check=True)
        for name in filter(None, kept.stdout.split("\0")):
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            (copy / name).write_bytes((lanes.PROJECT / name).read_bytes())
        for name in LINKED:
            if (lanes.PROJECT / name).exists() and not (copy / name).exists():
                os.symlink(lanes.PROJECT / name, copy / name)
        for file, number in sampled(patterns or MODULES, wanted, seed):
            fault, lane = tried(copy, file, number)
            found.append(lane)
            sys.stdout.write(f"{lane or 'MISSED':7}{file.relative_to(lanes.PROJECT)}:{fault.line} {fault}\n")
            sys.stdout.flush()
    noticed = sum(map(bool, found))
    sys.stdout.write(f"{noticed} of {len(found)} noticed, {found.count('pure')} of them without Django\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3]), *sys.argv[3:]))
