"""Documents that a machine can print: by app the states of its records and the addresses of its API."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Model

from apps.access.declared_actions import REGISTRY, state_table
from caricom_portal.description_files import API, owner_of
from caricom_portal.documentation import LISTING

STATES = """# {name}: states of the records

Drawn from the declared actions by `manage.py draw_states`; `make test` compares. A verb from `[*]` creates.
Verbs marked (automatic) are carried out by the portal's own desks.
"""
ADDRESSES = """# {name}: addresses of the API

Drawn from [their description in OpenAPI]({name}.yaml) by `manage.py draw_api`; `make test` compares. How to sign
in, page, and what answers mean: [API](../api.md).
"""
STATES_LISTED = """# States of the records

What can become of each record, by app.

"""
ADDRESSES_LISTED = """# Addresses of the API

By app, each with its part of the description in OpenAPI beside it; a portal serves the whole under `/api/schema/`.

"""
METHODS = ("get", "post", "put", "patch", "delete")


def states() -> dict[str, str]:
    """The pages of docs/reference/states: a state diagram (Mermaid) and a table for each type of record."""
    import_module(settings.ROOT_URLCONF)  # the addresses load every app, and so every declaration
    by_app: dict[str, list[type[Model]]] = defaultdict(list)
    for model in sorted({spec.model for spec in REGISTRY.values()}, key=lambda model: model._meta.label):
        by_app[model._meta.app_label].append(model)
    pages = {f"{app}.md": STATES.format(name=app) + "".join(map(_drawn, models)) for app, models in by_app.items()}
    return pages | {"index.md": STATES_LISTED + LISTING}


def _drawn(model: type[Model]) -> str:
    lines = [f"\n## {model._meta.label}\n", "```mermaid", "stateDiagram-v2"]
    table = ["| from | verb | to | what it does |", "|---|---|---|---|"]
    for start, verb, end in state_table(model):
        spec = REGISTRY[verb]
        lines.append(f"    {start or '[*]'} --> {end}: {spec.name}")
        mark = " (automatic)" if spec.automatic else ""
        table.append(f"| {start or '–'} | {spec.name}{mark} | {end} | {spec.summary} |")
    return "\n".join([*lines, "```", "", *table, ""])


def addresses(described: Mapping[str, Any]) -> dict[str, str]:
    """The pages of docs/reference/api from a description in OpenAPI: a table for each collection."""
    by_app: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for path, operations in described["paths"].items():
        app, collection = owner_of(path)
        by_app[app][collection or "beside the collections"] += _rows(path, operations)
    pages = {f"{app}.md": ADDRESSES.format(name=app) + "".join(_tables(by_app[app])) for app in sorted(by_app)}
    return pages | {"index.md": ADDRESSES_LISTED + LISTING}


def _rows(path: str, operations: Mapping[str, Any]) -> Iterator[str]:
    for method in METHODS:
        if method in operations:
            said = (operations[method].get("description") or "").strip().partition("\n")[0]
            yield f"| {method.upper()} | `{path.removeprefix(API)}` | {said.replace('|', chr(92) + '|')} |"


def _tables(collections: Mapping[str, list[str]]) -> Iterator[str]:
    for name in sorted(collections):
        yield "\n".join(["", f"## {name}", "", "| | address | what it does |", "|---|---|---|", *collections[name], ""])


def brought_up(folder: Path, pages: Mapping[str, str], *, write: bool) -> list[str]:
    """The names of pages in a folder that were not what they should be; written, or removed, when asked to.

    What is not of the pages' kind (.md or .yaml) is left as it is.
    """
    kinds = {Path(name).suffix for name in pages}
    had = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.*") if path.suffix in kinds}
    old = sorted(name for name in {*had, *pages} if had.get(name) != pages.get(name))
    for name in old if write else ():
        folder.mkdir(parents=True, exist_ok=True)
        if name in pages:
            (folder / name).write_text(pages[name], encoding="utf-8")
        else:
            (folder / name).unlink()
    return old
