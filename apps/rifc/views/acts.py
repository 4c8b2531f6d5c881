"""One page for every verb: what it does, its fields, its faults; the same input as over the API."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse

from apps.access import acts as shared
from apps.access.doors import Spec
from apps.rifc.actions.fields import Desks

DANGEROUS = frozenset({"recall", "withdraw_entry", "discard", "revoke", "withdraw"})
"""Verbs whose button is outlined in red, and which ask before they act."""


def buttons(actor: Any, row: Any, place: Callable[[str], str]) -> list[dict[str, Any]]:
    """What the seat may do with a record; what is not its work is absent."""
    return shared.buttons(actor, row, place, DANGEROUS)


def desk_table(form: Any) -> dict[str, Any]:
    """The choice of desks as a table: whole groups, functions as columns, a row for each party with its boxes."""
    if "to" not in form.fields or not isinstance(form.fields["to"], Desks):
        return {}
    groups: list[Any] = []
    functions: dict[str, str] = {}
    parties: dict[str, dict[str, Any]] = {}
    for option in form["to"]:
        party, _dot, function = str(option.data["value"]).partition(".")
        if not function:
            groups.append(option)
            continue
        name, _colon, title = str(option.choice_label).partition(": ")
        functions.setdefault(function, title)
        parties.setdefault(party, {"name": name, "boxes": {}})["boxes"][function] = option
    rows = [
        {"code": code, "name": one["name"], "boxes": [one["boxes"].get(function) for function in functions]}
        for code, one in sorted(parties.items(), key=lambda pair: str(pair[1]["name"]))
    ]
    return {"groups": groups, "functions": list(functions.values()), "rows": rows}


def carry_out(
    request: Any,
    spec: Spec,
    row: Any,
    onward: Callable[[Any], str],
    *,
    run: Callable[..., Any] | None = None,
    initial: dict[str, Any] | None = None,
    **context: Any,
) -> HttpResponse:
    """`apps.access.acts.carry_out` with the choice of desks as a table."""
    template = context.pop("template", "rifc/act.html")
    beside = lambda form: {"desks": desk_table(form)}  # noqa: E731
    return shared.carry_out(request, spec, row, template, onward, run=run, initial=initial, beside=beside, **context)
