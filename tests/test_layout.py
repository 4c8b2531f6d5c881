"""The same names in each app: what a folder of apps/ may hold, and that no declared action is called as another one."""

import ast
from collections import Counter
from pathlib import Path

import pytest
from django.apps import apps

APPS = Path(__file__).resolve().parent.parent / "apps"
NAMES = frozenset(
    {
        *("__init__", "manifest", "apps", "urls", "models", "managers", "queries", "policy"),
        *("refusals", "rules", "actions", "forms", "views", "api", "tasks", "listeners"),
        *("lists", "loaders", "seed", "locale", "migrations", "management", "templatetags", "titles", "tests"),
    }
)
"""Each a module, or a package of modules that are named by a noun."""
OF_FRAMEWORKS = frozenset({"adapters", "authentication", "checks", "middleware", "routing", "sessions", "storage"})
"""What allauth, Django REST framework, Channels and Django themselves call a module."""
BESIDE = {
    "audit": {
        *("anchors", "charts", "exports", "further_checks", "merkle", "receipts", "repeated_refusals", "row_places"),
        *("sentences", "signatures", "spreadsheets", "verb_labels", "witness"),
    },
    "coedit": {"bundle", "live", "yjs"},
    "council": {"papers", "procedures"},
    "documents": {"rendering"},
    "gateway": {"simulator"},
    "impacs": {"obligations", "plan"},
    "manifests": {"paxlst", "pnrgov"},
    "screening": {"matching", "readers"},
    "sealing": {"holder"},
    "taxii": {"protocol", "stix"},
}
"""Readers, writers and engines: packages of their own, pure or a program; parts of an app with the files of an app; and
audit, the lowest layer, whose modules are what all others stand on."""
PARTS = ("council/papers", "council/procedures", "impacs/obligations", "impacs/plan")
FOUNDATION = {"access", "pages"}
"""Access holds the mechanisms by which the others have these names; pages those of their pages."""
BORDERS = ("manifests", "journeys", "carriers", "jrcc", "travellers")
GERUNDS_THAT_ARE_NOUNS = {"marking", "matching", "meeting", "rendering", "routing"}
"""The field's and the frameworks' own words."""
ENGINE = APPS / "screening/matching"
"""Is compiled by the names of its modules, which are its own."""
FOLDERS = sorted(
    {path.parent.name for path in APPS.glob("*/__init__.py")} - FOUNDATION
    | {path for path in PARTS if (APPS / path).is_dir()}
)


@pytest.mark.parametrize("app", FOLDERS)
def test_an_app_holds_the_agreed_names_and_no_others(app):
    held = {path.name.removesuffix(".py") for path in (APPS / app).iterdir() if path.name != "__pycache__"}
    beside = BESIDE.get(app, set()) | OF_FRAMEWORKS
    assert held - NAMES - beside == set()


def test_modules_are_named_by_nouns():
    modules = [path for path in APPS.rglob("*.py") if ENGINE not in path.parents]
    names = {path.stem for path in modules} | {path.parent.name for path in modules}
    apps_themselves = {path.parent.name for path in APPS.glob("*/__init__.py")}
    commands = {path.stem for path in APPS.glob("*/management/commands/*.py")}
    gerunds = {name for name in names if name.endswith("ing")}
    assert gerunds - GERUNDS_THAT_ARE_NOUNS - apps_themselves - commands == set()


def test_no_two_declared_actions_have_one_name():
    """A name can be searched for in the whole tree, and tools can follow it."""
    names = Counter(
        node.name
        for path in APPS.rglob("*.py")
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef) and any(is_declared(one) for one in node.decorator_list)
    )
    assert len(names) > 500
    assert [name for name, count in names.items() if count > 1] == []


def is_declared(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Name) and decorator.func.id == "action"


def test_the_apps_of_borders_share_the_label_that_tables_and_audit_know():
    theirs = [model for model in apps.get_models() if model.__module__.split(".")[1] in BORDERS]
    assert {model._meta.app_label for model in theirs} == {"jrcc"}
    assert {model.__module__.split(".")[1] for model in theirs} == set(BORDERS)
