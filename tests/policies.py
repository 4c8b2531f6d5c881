"""The truth tables of the policies, `tests/APP/policy.toml`: read, asked, and compared with what a policy can answer.

    may_release_hold = '''
    seat                | record                                       | answer
    *                   | owner_id=JAM.border placed_by_user_id=somebody |
    JAM.border head     |                                              | yes
    JAM.border head     | placed_by_user_id=me                         | own-hold
    JAM.border officer  |                                              | hold-needs-decider
    others head         |                                              | not-hold-desk
    '''

The tables of `apps.council.papers.policy` stand in `tests/council/papers/policy.toml`.

A row with `*` says what the records of the rows below have unless they say otherwise. A row with `never` names a code
that the function hands on in vain, and why. Seats and records are described in tests/seats.py; where a function takes
more than an actor and one record, the words are its arguments, and the seat is `-` where it takes none. The answer is
`yes`, `no`, the code of a refusal, or what else the function gives, as words. Several functions with one table stand
together: `"may_claim may_reopen"`. A section is a module of the policy package. A constant that no policy asks, only
pages and managers, has its words in place of a table: `READERS = "contact intelligence"`.
"""

import ast
import inspect
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from pkgutil import resolve_name
from types import FunctionType, ModuleType
from typing import Any

from apps.access.verdict import Deny
from tests.mutants import Fault, faults
from tests.seats import desks_named, each_seat, record, seat

PROJECT = Path(__file__).resolve().parent.parent
ASKERS = frozenset({"actor", "_actor"})
NO_SEAT = frozenset({"seat", "*", "-", "never"})
"""First words of a table's line that name nobody."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table, its seat and defaults written out."""

    seat: str
    record: str
    answer: str

    def __str__(self) -> str:
        return f"{self.seat} | {self.record} | {self.answer}"


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one function: its module (`apps.council.policy.decisions`), its name."""

    module: str
    name: str
    rows: tuple[Row, ...]
    never: tuple[str, ...] = ()
    """Codes that the function seems to give and cannot."""

    @property
    def is_constant(self) -> bool:
        """Whether it is the words of a constant."""
        return self.name.isupper()

    @property
    def place(self) -> str:
        """What a failing test calls it."""
        return f"{self.module.removeprefix('apps.')}.{self.name}"


def policy_files() -> list[Path]:
    """Every module of a policy."""
    return sorted([*PROJECT.glob("apps/**/policy.py"), *PROJECT.glob("apps/**/policy/*.py")])


def module_name(file: Path) -> str:
    """`apps.council.policy.decisions` of its file."""
    return ".".join(file.relative_to(PROJECT).with_suffix("").parts).removesuffix(".__init__")


@cache
def load(name: str) -> ModuleType:
    """A module by its name: the tables name what they are about, so the graph of imports does not."""
    found: ModuleType = resolve_name(name)
    return found


def functions_of(module: ModuleType) -> dict[str, FunctionType]:
    """The public functions that a policy module defines itself."""
    return {
        name: found
        for name, found in vars(module).items()
        if inspect.isfunction(found) and found.__module__ == module.__name__ and not name.startswith("_")
    }


@cache
def tables() -> Mapping[str, Table]:
    """All tables by their place."""
    found: dict[str, Table] = {}
    for file in sorted((PROJECT / "tests").glob("**/policy.toml")):
        app = ".".join(file.parent.relative_to(PROJECT / "tests").parts)
        for table in _tables(f"apps.{app}.policy", tomllib.loads(file.read_text(encoding="utf-8"))):
            if table.place in found:
                raise ValueError(f"{table.place} has two tables")
            found[table.place] = table
    return found


def _tables(module: str, said: Mapping[str, Any]) -> Iterator[Table]:
    for names, text in said.items():
        if isinstance(text, str):
            rows = tuple(rows_of(text)) if "|" in text else (Row("", "", text),)
            never = tuple(row.answer for row in rows if row.seat == "never")
            rows = tuple(row for row in rows if row.seat != "never")
            yield from (Table(module, name, rows, never) for name in names.split())
        else:
            yield from _tables(f"{module}.{names}", text)


def rows_of(text: str) -> Iterator[Row]:
    """The rows of a table's text; ValueError for a line that is none."""
    lines = [[cell.strip() for cell in line.split("|")] for line in text.splitlines() if line.strip()]
    for cells in lines:
        if len(cells) != 3:
            raise ValueError(f"a row is seat | record | answer: {' | '.join(cells)}")
    named = desks_named(cells[0] for cells in lines if cells[0] not in NO_SEAT)
    usual = ""
    for words, about, answer in lines:
        if words == "seat":
            continue
        if words == "*":
            usual = about
            continue
        for one in each_seat(words, named) if words not in NO_SEAT else [words]:
            yield Row(one, with_usual(usual, about), answer)


def with_usual(usual: str, about: str) -> str:
    """A record's words with those of the row above that it does not say itself."""
    if about == "none" or about.startswith("="):
        return about
    said = {word.partition("=")[0] for word in about.split()}
    return " ".join([*(word for word in usual.split() if word.partition("=")[0] not in said), *about.split()])


def asked(function: Any, row: Row) -> str:
    """What a policy answers to a row, or what a constant is, as the table writes it."""
    if not callable(function):
        return in_words(function)
    names = list(inspect.signature(function).parameters)
    who = [seat(row.seat)] if names[0] in ASKERS else []
    if len(names) == len(who):
        return in_words(function(*who))
    if len(names) == len(who) + 1:
        return in_words(function(*who, record(row.record)))
    return in_words(function(*who, **vars(record(row.record))))


def in_words(answer: Any) -> str:
    """An answer as a table writes it."""
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    if isinstance(answer, Deny):
        return str(answer.code)
    return answer if isinstance(answer, str) else " ".join(sorted(answer))


def wrong_rows(function: Any, rows: Iterable[Row]) -> Iterator[str]:
    """Rows that a function answers otherwise, with its answer."""
    for row in rows:
        try:
            found = asked(function, row)
        except (AttributeError, TypeError, ValueError) as wrong:
            found = str(wrong)
        if found != row.answer:
            yield f"{row}: {found}"


def unnoticed(module: ModuleType) -> Iterator[Fault]:
    """Small faults in a policy module that change no answer of its tables."""
    file = str(module.__file__)
    tree = ast.parse(Path(file).read_text(encoding="utf-8"))
    own = [table for table in tables().values() if table.module == module.__name__]
    for fault in faults(tree):
        tried = ModuleType(module.__name__)
        tried.__package__ = module.__package__
        exec(compile(tree, file, "exec"), vars(tried))
        nearest = sorted(own, key=lambda table: table.name != fault.where)
        if not any(_differs(getattr(tried, table.name), table.rows) for table in nearest):
            yield fault


def _differs(function: Any, rows: Iterable[Row]) -> bool:
    return next(wrong_rows(function, rows), None) is not None


def codes_of(function: FunctionType) -> frozenset[str]:
    """The codes that a function can give, itself or by what it hands on of other functions' verdicts."""
    return _codes(function, 0)


@cache
def _codes(function: FunctionType, arguments: int) -> frozenset[str]:
    """Of a function called with so many arguments: what they are, the caller sees; the others have their defaults."""
    tree = ast.parse(inspect.getsource(function)).body[0]
    given = _Given(function, tree, arguments)
    return frozenset(
        code for node in ast.walk(tree) if isinstance(node, ast.Return) for code in given.codes(node.value)
    )


class _Given:
    """What values of a function can be refusals. A condition's value is none: `yes if may_x(…) else …`."""

    def __init__(self, function: FunctionType, tree: ast.AST, arguments: int) -> None:
        self.names = {**vars(load(function.__module__)), **function.__globals__}
        self.assigned: dict[str, list[ast.expr]] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    if isinstance(target, ast.Name):
                        self.assigned.setdefault(target.id, []).append(node.value)
        if isinstance(tree, ast.FunctionDef):
            first = len(tree.args.args) - len(tree.args.defaults)
            for index, default in enumerate(tree.args.defaults, start=first):
                if index >= arguments:
                    self.assigned.setdefault(tree.args.args[index].arg, []).append(default)

    def codes(self, value: ast.AST | None) -> Iterator[str]:
        """Codes that an expression's value can be."""
        if isinstance(value, ast.Attribute):
            member = self.found(value)
            if isinstance(getattr(member, "sentence", None), str):
                yield str(member)
        if isinstance(value, ast.Call):
            called = self.found(value.func)
            if isinstance(called, FunctionType) and ".policy" in called.__module__:
                yield from _codes(called, len(value.args))
        for each in self.parts(value):
            yield from self.codes(each)

    def parts(self, value: ast.AST | None) -> list[ast.expr]:
        """Expressions that may be a value's value, or go into it."""
        if isinstance(value, ast.Call):
            return value.args
        if isinstance(value, ast.IfExp):
            return [value.body, value.orelse]
        if isinstance(value, ast.BoolOp):
            return value.values if isinstance(value.op, ast.And) else value.values[-1:]
        return self.assigned.get(value.id, []) if isinstance(value, ast.Name) else []

    def found(self, node: ast.AST) -> Any:
        """What a name, or a name of a module, stands for; None where that is known at work only."""
        if isinstance(node, ast.Name):
            return self.names.get(node.id)
        if isinstance(node, ast.Attribute):
            return getattr(self.found(node.value), node.attr, None)
        return None
