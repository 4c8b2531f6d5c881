"""`manage.py new_app`: what it writes is clean and complete, and a wrong name writes nothing."""

import ast
import importlib
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.core.management.base import CommandError

from caricom_portal.languages import catalogue
from caricom_portal.languages.sources import python_texts
from caricom_portal.management.commands import new_app

PROJECT = Path(new_app.__file__).resolve().parents[3]
RUFF = Path(sys.executable).with_name("ruff")


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """A tree with the files of one new app."""
    (tmp_path / "pyproject.toml").write_text((PROJECT / "pyproject.toml").read_text())
    names = new_app.names_of("travel_cards", "")
    new_app.write(tmp_path, names)
    new_app.sort_imports(tmp_path, "travel_cards")
    new_app.add_layer(tmp_path / "pyproject.toml", "travel_cards")
    return tmp_path


def test_one_line_changes_outside_the_folders_of_the_app(written: Path) -> None:
    before = (PROJECT / "pyproject.toml").read_text().splitlines()
    after = (written / "pyproject.toml").read_text().splitlines()
    assert [line for line in after if line not in before] == ['  "apps.travel_cards",']
    assert len(after) == len(before) + 1
    places = {path.relative_to(written).parts[0] for path in written.rglob("*") if path.is_file()}
    assert places - {".ruff_cache"} == {"apps", "tests", "docs", "pyproject.toml"}


def test_what_is_written_is_clean(written: Path) -> None:
    places = ["apps/travel_cards", "tests/travel_cards"]
    for command in (["check"], ["format", "--check"]):
        done = subprocess.run(
            [RUFF, *command, "--quiet", *places], cwd=written, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stdout) == (0, ""), done.stderr
    assert [
        path for path in written.rglob("*") if path.suffix in {".py", ".md", ".toml"} and "$" in path.read_text()
    ] == []


def test_what_it_imports_of_others_is_there(written: Path) -> None:
    imports = [
        node
        for path in written.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ImportFrom) and "travel_cards" not in str(node.module)
    ]
    missing = {
        f"{node.module}.{name.name}"
        for node in imports
        for name in node.names
        if not hasattr(importlib.import_module(str(node.module)), name.name)
    }
    assert len(imports) > 20
    assert missing == set()


def test_every_text_is_translated(written: Path) -> None:
    said = tomllib.loads((new_app.SOURCE / "words.toml").read_text())
    names = new_app.names_of("travel_cards", "")
    marked = {
        text for path in (written / "apps").rglob("*.py") for _context, text, _plural in python_texts(path.read_text())
    }
    assert {language: marked ^ {new_app.filled(text, names) for text in words} for language, words in said.items()} == {
        language: set() for language in catalogue.HEAD
    }


@pytest.mark.parametrize(
    ("app", "record"), [("Cards", ""), ("1st", ""), ("a__b", ""), ("class", ""), ("cards", "of Mine")]
)
def test_a_name_that_is_none_is_refused(app: str, record: str) -> None:
    with pytest.raises(CommandError, match="a name is small letters"):
        new_app.names_of(app, record)


def test_an_app_that_is_there_is_refused() -> None:
    with pytest.raises(CommandError, match="is there already"):
        new_app.refuse_taken(PROJECT, new_app.names_of("watch", "card"))


def test_a_changed_list_of_layers_is_said_and_not_guessed(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool]\n")
    with pytest.raises(CommandError, match="by hand"):
        new_app.add_layer(tmp_path / "pyproject.toml", "cards")
