"""Code that stands in texts, to be run in another process or by a reader: what it calls exists."""

import ast
import re
import textwrap
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
OURS = ("apps", "bench", "caricom_portal", "demo", "tests")
BEGINS = re.compile(r"^\s*(?:from|import) (?:apps|bench|caricom_portal|demo)\b", re.MULTILINE)
IN_DOCS = re.compile(r"^```python\n(.*?)^```", re.MULTILINE | re.DOTALL)
FILLED_IN = re.compile(r"%s|\{\w*\}|%\(\w+\)s")


def snippets() -> Iterator[tuple[str, ast.Module]]:
    """(file, code) of every text that begins with an import of ours and is Python."""
    for file in sorted([*PROJECT.glob("tests/**/*.py"), *PROJECT.glob("bench/**/*.py"), *PROJECT.glob("docs/**/*.md")]):
        text = file.read_text(encoding="utf-8")
        found = IN_DOCS.findall(text) if file.suffix == ".md" else texts_in(text)
        for each in found:
            if BEGINS.search(each) and (code := parsed(each)) is not None:
                yield str(file.relative_to(PROJECT)), code


def texts_in(source: str) -> list[str]:
    return [
        node.value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


def parsed(text: str) -> ast.Module | None:
    try:
        return ast.parse(textwrap.dedent(FILLED_IN.sub("0", text)))
    except SyntaxError:
        return None


def file_of(module: str) -> Path | None:
    """The file of one of our modules."""
    place = PROJECT.joinpath(*module.split("."))
    found = (one for one in (place.with_suffix(".py"), place / "__init__.py") if one.exists())
    return next(found, None)


@cache
def names_of(module: str) -> frozenset[str]:
    """What a module of ours has: its definitions, its imports, its modules; of what it takes with an asterisk all."""
    file = file_of(module)
    if file is None:
        return frozenset()
    found = {one.stem for one in file.parent.glob("*.py")} | {one.name for one in file.parent.iterdir() if one.is_dir()}
    found = found if file.name == "__init__.py" else set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.ImportFrom) and node.names[0].name == "*":
            found |= names_of(node.module or "")
        elif isinstance(node, ast.Import | ast.ImportFrom):
            found |= {(each.asname or each.name).partition(".")[0] for each in node.names}
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
    return frozenset(found)


def missing(code: ast.Module) -> Iterator[str]:
    """What a snippet imports from us, or calls on a module of ours, that is not there."""
    modules: dict[str, str] = {}
    for node in ast.walk(code):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in OURS:
            for each in node.names:
                if each.name not in names_of(str(node.module)):
                    yield f"{node.module}.{each.name}"
                elif file_of(f"{node.module}.{each.name}") is not None:
                    modules[each.asname or each.name] = f"{node.module}.{each.name}"
    for node in ast.walk(code):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules:
            module = modules[node.value.id]
            if not node.attr.startswith("__") and node.attr not in names_of(module):
                yield f"{module}.{node.attr}"


def test_what_code_in_texts_calls_exists() -> None:
    found = list(snippets())
    assert len(found) > 4
    assert [f"{file}: {name}" for file, code in found for name in missing(code)] == []


def test_a_name_that_is_gone_would_be_seen() -> None:
    people = "apps.people"
    code = ast.parse(f"from {people} import actions\nfrom {people}.queries import no_such\nactions.create_token()")
    assert sorted(missing(code)) == ["apps.people.actions.create_token", "apps.people.queries.no_such"]
