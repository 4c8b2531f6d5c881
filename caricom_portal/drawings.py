"""Documents that a machine can print: the states of each record, drawn from the declarations."""

from importlib import import_module

from django.conf import settings
from django.db.models import Model

from apps.access.doors import REGISTRY, state_table

HEAD = """# States of the records

Drawn from the declared actions by `manage.py draw_states`; `make test` compares. A verb from `[*]` creates.
Verbs marked (automatic) are carried out by the portal's own desks.
"""


def states() -> str:
    """docs/states.md: one state diagram (Mermaid) and one table per record type."""
    import_module(settings.ROOT_URLCONF)  # the addresses load every room, and so every declaration
    models = sorted({spec.model for spec in REGISTRY.values()}, key=lambda model: model._meta.label)
    return HEAD + "".join(_drawn(model) for model in models)


def _drawn(model: type[Model]) -> str:
    lines = [f"\n## {model._meta.label}\n", "```mermaid", "stateDiagram-v2"]
    table = ["| from | verb | to | what it does |", "|---|---|---|---|"]
    for start, verb, end in state_table(model):
        spec = REGISTRY[verb]
        lines.append(f"    {start or '[*]'} --> {end}: {spec.name}")
        mark = " (automatic)" if spec.automatic else ""
        table.append(f"| {start or '–'} | {spec.name}{mark} | {end} | {spec.summary} |")
    return "\n".join([*lines, "```", "", *table, ""])
