"""No test is decided by how busy the machine is: none compares how long something took with a few seconds.

What is promised in seconds is measured by `manage.py bench`; tests ask what happened, in which order and how often, and
wait for it as long as only what hangs takes.

Nor by when its run began: none reads the clock while it is imported. The day of a run that goes on over midnight is
another by then.
"""

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

TESTS = Path(__file__).resolve().parent
HANGS_S = 30
CLOCKS = {"time.monotonic", "time.perf_counter", "time.time", "timezone.now", "datetime.now", "datetime.datetime.now"}
Values = dict[str, list[ast.expr]]
"""What a file gives each of its names, wherever."""
MOMENTS = CLOCKS - {"time.monotonic", "time.perf_counter"} | {
    "timezone.localdate", "timezone.localtime", "date.today", "datetime.date.today"
}  # fmt: skip
"""What tells the moment or the day."""
READINGS = {name.rpartition(".")[2] for name in MOMENTS}


def short_limits(source: str) -> Iterator[tuple[int, str]]:
    """(line, comparison) of each difference of a clock, or deadline by it, of less than HANGS_S."""
    tree = ast.parse(source)
    values: Values = defaultdict(list)
    for name, value in _assigned(tree):
        values[name].append(value)
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Lt | ast.LtE | ast.Gt | ast.GtE):
            sides = node.left, *node.comparators
            if any(_reads_clock(side, values) for side in sides) and any(_is_short(side, values) for side in sides):
                yield node.lineno, ast.unparse(node)


def _assigned(tree: ast.AST) -> Iterator[tuple[str, ast.expr]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                pairs = [(target, node.value)]
                if isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple):
                    pairs = list(zip(target.elts, node.value.elts, strict=False))
                yield from ((one.id, value) for one, value in pairs if isinstance(one, ast.Name))


def _reads_clock(side: ast.expr, values: Values, steps: int = 3) -> bool:
    """Whether it is a moment of a clock or a difference of moments, also by names."""
    if isinstance(side, ast.Name):
        return steps > 0 and any(_reads_clock(value, values, steps - 1) for value in values[side.id])
    if isinstance(side, ast.BinOp) and isinstance(side.op, ast.Add | ast.Sub):
        return any(_reads_clock(part, values, steps) for part in (side.left, side.right))
    if isinstance(side, ast.Call) and isinstance(side.func, ast.Attribute) and side.func.attr == "total_seconds":
        return _reads_clock(side.func.value, values, steps)
    if isinstance(side, ast.Call) and ast.unparse(side.func) == "abs":
        return _reads_clock(side.args[0], values, steps)
    return isinstance(side, ast.Call) and ast.unparse(side.func) in CLOCKS


def _is_short(side: ast.expr, values: Values, steps: int = 3) -> bool:
    """Whether it can be a number of seconds below HANGS_S, alone or added to a clock."""
    if isinstance(side, ast.Name):
        return steps > 0 and any(_is_short(value, values, steps - 1) for value in values[side.id])
    if isinstance(side, ast.BinOp) and isinstance(side.op, ast.Add) and _reads_clock(side, values):
        return any(_is_short(part, values) for part in (side.left, side.right) if not _reads_clock(part, values))
    if isinstance(side, ast.Call) and ast.unparse(side.func).endswith("timedelta"):
        return [word.arg for word in side.keywords] == ["seconds"] and _is_short(side.keywords[0].value, values)
    number = _number(side, values)
    return number is not None and 0 < number < HANGS_S


def _number(side: ast.expr, values: Values) -> float | None:
    if isinstance(side, ast.Constant) and isinstance(side.value, int | float):
        return side.value
    if isinstance(side, ast.Name) and values[side.id]:
        return _number(values[side.id][-1], values)
    if isinstance(side, ast.BinOp) and isinstance(side.op, ast.Add | ast.Mult):
        left, right = _number(side.left, values), _number(side.right, values)
        if left is not None and right is not None:
            return left + right if isinstance(side.op, ast.Add) else left * right
    return None


def test_no_test_is_decided_by_a_busy_machine() -> None:
    found = [
        f"{path.relative_to(TESTS)}:{line} {what}"
        for path in sorted(TESTS.rglob("*.py"))
        if path != Path(__file__)
        for line, what in short_limits(path.read_text())
    ]
    assert found == []


def test_a_short_limit_is_found_however_it_is_written() -> None:
    lines = [
        "assert time.monotonic() - began < 5",
        "assert 1.0 + 0.3 > time.perf_counter() - began",
        "assert time.monotonic() - began < SOON_S",
        "assert took < 2",
        "while not done and time.monotonic() < began + 10: pass",
        "while time.monotonic() < end: pass",
        "assert timezone.now() - then < timedelta(seconds=3)",
        "assert (closed, time.monotonic() - began < 2) == (1, True)",
        "assert abs(timezone.now() - then).total_seconds() <= 5",
        "assert time.monotonic() - began < 60",
        "while time.monotonic() < patient: pass",
        "assert row.due_at - timezone.now() < timedelta(days=9)",
    ]
    before = [
        "SOON_S = 1.3",
        "began = then = time.monotonic()",
        "took = time.monotonic() - began",
        "end = time.monotonic() + 2.5",
        "patient = time.monotonic() + 60",
    ]
    found = sorted(line - len(before) for line, _what in short_limits("\n".join(before + lines)))
    assert found == [1, 2, 3, 4, 5, 6, 7, 8, 9]


def told_at_import(source: str, known: Mapping[str, set[str]] | None = None) -> Iterator[tuple[int, str]]:
    """(line, call) of each reading of the clock that importing the file does, itself or by a function of its own.

    `known` are functions that read it, by the module from which they are imported. A year may be told: tests plan for
    the next one, and runs over the turn of a year are rehearsed (tests/on_day.py).
    """
    tree = ast.parse(source)
    names = MOMENTS | readers(tree)
    for node in tree.body:
        if isinstance(node, ast.ImportFrom):
            names |= {
                one.asname or one.name for one in node.names if one.name in (known or {}).get(node.module or "", ())
            }
    for node in _run_at_import(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in names:
            yield node.lineno, ast.unparse(node)


def readers(tree: ast.Module) -> set[str]:
    """The functions of a file that read the clock when they are called."""
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    return {one.name for one in functions if any(_is_moment(node) for node in ast.walk(one))}


def _is_moment(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in READINGS and ast.unparse(node) in MOMENTS


def _run_at_import(node: ast.AST) -> Iterator[ast.AST]:
    """What is evaluated while the file is imported: not what stands in functions, but what decorates them."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            defaults = [*child.args.defaults, *filter(None, child.args.kw_defaults)]
            parts: list[ast.AST] = [*defaults, *getattr(child, "decorator_list", [])]
        else:
            parts = [] if isinstance(child, ast.Attribute) and child.attr == "year" else [child]
        for part in parts:
            yield part
            yield from _run_at_import(part)


def test_no_test_reads_the_clock_while_it_is_imported() -> None:
    sources = {path: path.read_text() for path in sorted(TESTS.rglob("*.py"))}
    modules = {path: ".".join(("tests", *path.relative_to(TESTS).with_suffix("").parts)) for path in sources}
    known = {modules[path]: readers(ast.parse(source)) for path, source in sources.items()}
    found = [
        f"{path.relative_to(TESTS)}:{line} {what}"
        for path, source in sources.items()
        for line, what in told_at_import(source, known)
    ]
    assert found == []


def test_a_clock_that_an_import_reads_is_found_wherever_it_stands() -> None:
    lines = [
        "NOW = timezone.now()",
        "@pytest.mark.parametrize('day', [datetime.date.today()])",
        "def test_a(cast, at=today(EAST)):",
        "    return timezone.now(), lambda: timezone.now()",
        "class Row: at = datetime.datetime.now(datetime.UTC)",
        "LATER = lambda: in_days(3)",
        "SOON = [in_days(3)]",
        "def soon(): return timezone.now()",
        "YEAR = today(EAST).year",
        "FIRST = soon()",
        "FIXED = datetime.date(2008, 3, 8)",
    ]
    found = told_at_import(
        "\n".join(["from tests.days import in_days, today", *lines]), {"tests.days": {"today", "in_days"}}
    )
    assert sorted(line - 1 for line, _what in found) == [1, 2, 3, 5, 7, 10]
